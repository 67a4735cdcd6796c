// Leads on a reader who comes with the address that a source had before: the list's own page and the source's short name, or
// another part of the list. The page that has all short names knows the place of each.
(() => {
  function lead() {
    const name = location.hash.slice(1);
    const found = document.getElementById(name);
    const all = document.querySelector("a.whole-list");
    if (found?.matches(".shelves a")) location.replace(found.href);
    else if (name && !found && all) location.replace(`${all.href}#${name}`);
  }
  addEventListener("hashchange", lead);
  lead();
})();
