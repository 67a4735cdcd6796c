// The menu of a narrow screen: closed until its button opens it. Without scripts its doors are open, and their pages at the end.
(() => {
  const root = document.documentElement;
  const wide = matchMedia("(min-width: 60em)");
  const broad = matchMedia("(min-width: 76em)");
  root.classList.add("scripted");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("menu-button");
    const menus = document.querySelectorAll("#doors, #menu");
    const contents = document.getElementById("contents");

    const set = (open) => {
      button.setAttribute("aria-expanded", String(open));
      root.classList.toggle("menu-open", open);
      for (const menu of menus) menu.inert = !open && !wide.matches;
    };
    const close = () => {
      const inside = document.activeElement.closest("#doors, #menu");
      set(false);
      if (inside) button.focus();
    };

    button.addEventListener("click", () => set(button.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") close();
    });
    wide.addEventListener("change", () => set(false));
    set(false);

    // Where there is room beside the text, the list of its parts stands open.
    if (contents) {
      contents.open = broad.matches;
      broad.addEventListener("change", () => { contents.open = broad.matches; });
    }
  });
})();

// The field at the top: what answers while one types (`suggestions.js`) is fetched when it is first used. Where there is no room for
// the field, it opens below the bar; the page of the search has one of its own.
(() => {
  const answers = new URL("suggestions.js", document.currentScript.src);
  document.addEventListener("focusin", function fetchOnce({ target }) {
    if (target.id !== "find") return;
    document.removeEventListener("focusin", fetchOnce);
    const script = document.createElement("script");
    script.src = answers;
    document.head.append(script);
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".find-link")) return;
    event.preventDefault();
    document.querySelector(".find").classList.add("open");
    (document.getElementById("words") ?? document.getElementById("find")).focus();
  });
})();
