// Narrows a list or a table by the menus above it. The whole list is in the page; what does not fit is hidden, a menu's
// value that would leave nothing is switched off, and the choices stand in the address, so that they can be passed on.
(() => {
  for (const form of document.querySelectorAll("form.filters")) narrow(form);

  function narrow(form) {
    const target = document.getElementById(form.dataset.for);
    const items = [...target.querySelectorAll("[data-role]")];
    const heads = [...(target.tHead?.rows[0].cells ?? [])].map((head) => head.textContent.trim());
    const menus = [...form.querySelectorAll("select")];
    const status = form.querySelector("[role=status]");

    const fits = (item, menu, option = menu.selectedOptions[0]) => !option.value || says(item, menu, option);

    // A row that says in a column the very words of a menu does not say the value again.
    function says(item, menu, option) {
      if (menu.name in item.dataset) return item.dataset[menu.name].split(" ").includes(option.value);
      return item.cells?.[heads.indexOf(menu.labels[0].textContent)]?.textContent.trim() === option.text;
    }

    function apply() {
      for (const item of items) item.hidden = !menus.every((menu) => fits(item, menu));
      for (const menu of menus) {
        const left = items.filter((item) => menus.every((other) => other === menu || fits(item, other)));
        for (const option of menu.options) option.disabled = !option.selected && !left.some((item) => fits(item, menu, option));
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
