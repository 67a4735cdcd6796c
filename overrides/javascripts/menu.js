// The menu of a narrow screen: closed until its button opens it. Without scripts it stands at the end of the page.
(() => {
  const root = document.documentElement;
  const wide = matchMedia("(min-width: 60em)");
  const broad = matchMedia("(min-width: 76em)");
  root.classList.add("scripted");

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("menu-button");
    const menu = document.getElementById("menu");
    const contents = document.getElementById("contents");

    const set = (open) => {
      button.setAttribute("aria-expanded", String(open));
      root.classList.toggle("menu-open", open);
      menu.inert = !open && !wide.matches;
    };
    const close = () => {
      const inside = menu.contains(document.activeElement);
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
