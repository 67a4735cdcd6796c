// Leaving a page on which a reader may be watched: at once, and without an entry for "Back" to lead to. Nothing is kept.
(() => {
  const exit = document.getElementById("exit");
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    document.title = "";
    // From a memory stick there may be no network to leave to.
    location.replace(location.protocol === "file:" ? "about:blank" : exit.href);
  });
})();
