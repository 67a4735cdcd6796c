// Narrows a list or a table by the menus above it. The whole list is in the page; what does not fit is hidden, a menu's
// value that would leave nothing is switched off, and the choices stand in the address, so that they can be passed on.
(() => {
  for (const form of document.querySelectorAll("form.filters")) narrow(form);

  function narrow(form) {
    const items = [...document.getElementById(form.dataset.for).querySelectorAll("[data-area]")];
    const menus = [...form.querySelectorAll("select")];
    const status = form.querySelector("[role=status]");

    const fits = (item, menu, value = menu.value) => !value || (item.dataset[menu.name] ?? "").split(" ").includes(value);

    function apply() {
      for (const item of items) item.hidden = !menus.every((menu) => fits(item, menu));
      for (const menu of menus) {
        const left = items.filter((item) => menus.every((other) => other === menu || fits(item, other)));
        for (const option of menu.options) option.disabled = !option.selected && !left.some((item) => fits(item, menu, option.value));
      }
      const shown = items.filter((item) => !item.hidden).length;
      const noun = form.dataset.noun + (items.length === 1 ? "" : "s");
      status.textContent = shown === items.length ? `All ${shown} ${noun} are shown.` : `${shown} of ${items.length} ${noun} fit.`;
    }

    function readAddress() {
      const asked = new URLSearchParams(location.search);
      for (const menu of menus) {
        menu.value = asked.get(menu.name) ?? "";
        if (menu.selectedIndex < 0) menu.value = "";
      }
      apply();
    }

    function writeAddress() {
      const query = new URLSearchParams(location.search);
      for (const menu of menus) if (menu.value) query.set(menu.name, menu.value); else query.delete(menu.name);
      history.replaceState(null, "", `${`${query}` ? `?${query}` : location.pathname}${location.hash}`);
    }

    form.addEventListener("change", () => { writeAddress(); apply(); });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const menu of menus) menu.value = "";
      writeAddress();
      apply();
    });
    addEventListener("popstate", readAddress);
    readAddress();
    form.hidden = false;
  }
})();
