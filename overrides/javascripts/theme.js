// Light or dark: the system's choice, until the reader makes one. Only then is anything kept, and only on this device.
(() => {
  const KEY = "colours";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const sheet = document.getElementById("dark");

  // From a memory stick, some browsers refuse to keep anything: then the choice holds for this page.
  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const keep = (choice) => {
    try { localStorage.setItem(KEY, choice); } catch { /* see above */ }
  };

  let choice = kept();
  const dark = () => (choice ? choice === "dark" : system.matches);
  const show = () => {
    sheet.media = choice ? (choice === "dark" ? "screen" : "not all") : "screen and (prefers-color-scheme: dark)";
    document.getElementById("theme")?.setAttribute("aria-pressed", String(dark()));
  };

  show();
  system.addEventListener("change", show);
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.addEventListener("click", () => {
      choice = dark() ? "light" : "dark";
      keep(choice);
      show();
    });
    show();
  });
})();
