// Leads on a reader who comes with the address that a source had before: the list's own page and the source's short name, or
// another part of the list. The page that has all short names knows the place of each. It leads nowhere but to this site.
(() => {
  const root = new URL("../", document.currentScript.src).href;
  const go = (address) => {
    if (address.startsWith(root)) location.replace(address);
  };

  function lead() {
    const name = location.hash.slice(1);
    const found = document.getElementById(name);
    const all = document.querySelector("a.whole-list");
    if (found?.matches(".bibliography a")) go(found.href);
    else if (name && !found && all) go(`${all.href}#${name}`);
  }
  addEventListener("hashchange", lead);
  lead();
})();
