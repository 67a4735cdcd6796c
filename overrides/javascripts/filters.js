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

    const facts = new Map(items.map((item) => [item, new Map()]));
    for (const menu of menus) note(menu);

    // Notes once what each item says for a menu. A row that says in a column the very words of a menu does not say the value again.
    function note(menu) {
      const values = new Map([...menu.options].map((option) => [option.text, option.value]));
      const column = heads.indexOf(menu.labels[0].textContent);
      for (const item of items) {
        const said = item.dataset[menu.name]?.split(" ") ?? [values.get(item.cells?.[column]?.textContent.trim())];
        facts.get(item).set(menu, said);
      }
    }

    const fits = (item, menu, value) => !value || facts.get(item).get(menu).includes(value);

    function apply() {
      const chosen = new Map(menus.map((menu) => [menu, menu.value]));
      for (const item of items) item.hidden = !menus.every((menu) => fits(item, menu, chosen.get(menu)));
      for (const menu of menus) {
        const left = items.filter((item) => menus.every((other) => other === menu || fits(item, other, chosen.get(other))));
        const kept = new Set(left.flatMap((item) => facts.get(item).get(menu)));
        for (const option of menu.options) option.disabled = !option.selected && option.value !== "" && !kept.has(option.value);
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
