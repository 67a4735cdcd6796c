// Answers while words are typed into the field at the top of a page: a combobox with the first five pages, as the ARIA Authoring
// Practices describe it. Nothing is fetched before the field is used, and what is typed goes nowhere until Enter.
(() => {
  const root = new URL("../", document.currentScript.src);
  const most = 5;
  const field = document.getElementById("find");
  const { form } = field;
  const list = document.createElement("div");
  const status = document.createElement("p");
  let loading = null;
  let active = -1;

  list.id = "find-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Pages");
  list.hidden = true;
  status.className = "unseen";
  status.setAttribute("role", "status");
  const combobox = { type: "text", role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" };
  for (const [name, value] of Object.entries(combobox)) field.setAttribute(name, value);

  function load() {
    loading ??= new Promise((resolve, reject) => {
      form.append(list, status);
      if (window.handbookSearch) {
        resolve();
        return;
      }
      const script = document.createElement("script");
      script.src = new URL("javascripts/search.js", root);
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }).then(() => window.handbookSearch.load()).catch(() => {
      loading = null; // without answers, Enter leads to the page of the search, which says so
    });
    return loading;
  }

  async function suggest() {
    const words = field.value.trim();
    await load();
    if (words !== field.value.trim() || !loading || document.activeElement !== field) return;
    show(words ? window.handbookSearch.find(words).pages.slice(0, most) : []);
  }

  function show(pages) {
    list.replaceChildren(...pages.map(option));
    list.hidden = !pages.length;
    field.setAttribute("aria-expanded", String(pages.length > 0));
    status.textContent = pages.length ? `${pages.length} suggested` : "";
    mark(-1);
  }

  function option(page, i) {
    const entry = document.createElement("a");
    const summary = document.createElement("span");
    entry.id = `find-${i}`;
    entry.setAttribute("role", "option");
    entry.tabIndex = -1;
    entry.href = window.handbookSearch.address(page.id);
    entry.textContent = page.title;
    summary.textContent = page.summary;
    entry.append(summary);
    return entry;
  }

  function mark(i) {
    active = i;
    [...list.children].forEach((entry, position) => entry.setAttribute("aria-selected", String(position === i)));
    if (i < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[i].id);
  }

  field.addEventListener("input", suggest);
  field.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key === "Escape" && count) {
      show([]);
    } else if (event.key === "Enter" && active >= 0) {
      list.children[active].click();
    } else if (steps[event.key] && count) {
      mark((active + 1 + steps[event.key] + count + 1) % (count + 1) - 1); // after the last comes the field
    } else {
      return;
    }
    event.preventDefault();
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show([]);
  });
  suggest(); // of what was typed before this was here
})();
