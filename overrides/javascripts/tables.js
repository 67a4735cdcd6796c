// Makes the heads of a table's columns into buttons that sort its rows; the order stands in the address, as `sort=area`, or
// `sort=-area` for the reverse. A cell that is not sorted by its words says by what in `data-value`.
(() => {
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(table);

  function makeSortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const names = heads.map((head) => head.textContent.trim().toLowerCase().replace(/\s+/g, "-"));
    const status = table.parentElement.querySelector("form.filters [role=status]");
    const value = (row, column) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();

    function sort(column, down) {
      const sorted = column < 0 ? rows : [...rows].sort((a, b) => (down ? -1 : 1) * order.compare(value(a, column), value(b, column)));
      table.tBodies[0].append(...sorted);
      heads.forEach((head, at) => {
        if (at === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
    }

    function readAddress() {
      const asked = new URLSearchParams(location.search).get("sort") ?? "";
      sort(names.indexOf(asked.replace(/^-/, "")), asked.startsWith("-"));
    }

    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        const query = new URLSearchParams(location.search);
        query.set("sort", (down ? "-" : "") + names[column]);
        history.replaceState(null, "", `?${query}${location.hash}`);
        sort(column, down);
        if (status) status.textContent = `Sorted by ${button.textContent.trim()}, ${down ? "descending" : "ascending"}.`;
      });
    });
    addEventListener("popstate", readAddress);
    readAddress();
  }
})();
