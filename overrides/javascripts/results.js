// The page of the search: words and filters stand in the address, so that a search can be kept and passed on.
(() => {
  const page = 10;
  const filters = ["kind", "area", "role"];
  const search = window.handbookSearch;
  const form = document.getElementById("search");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  const more = document.getElementById("search-more");
  const narrow = document.getElementById("search-narrow");
  const empty = document.getElementById("search-empty");
  const field = form.elements.q;
  const fields = ["q", ...filters].map((name) => form.elements[name]);
  const label = (name, value) => form.elements[name].querySelector(`option[value="${CSS.escape(value)}"]`)?.text;
  let left = [];
  let shown = "";

  function readAddress() {
    const asked = new URLSearchParams(location.search);
    for (const control of fields) control.value = asked.get(control.name) ?? "";
    for (const select of fields.slice(1)) if (select.selectedIndex < 0) select.value = "";
    narrow.open = fields.slice(1).some((select) => select.value);
    show();
  }

  function writeAddress() {
    const said = fields.filter((control) => control.value.trim()).map((control) => [control.name, control.value.trim()]);
    const query = new URLSearchParams(said).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
  }

  async function show() {
    const words = field.value.trim();
    document.body.classList.toggle("searching", Boolean(words));
    narrow.hidden = !words;
    if (!words) {
      say("", [], false);
      return;
    }
    if (!status.textContent) status.textContent = "Loading the index …";
    try {
      await search.load();
    } catch {
      say("The index could not be loaded. Use the lists below, or try again.", [], true);
      return;
    }
    answer(words);
    await search.complete();
    if (list.children.length <= page) answer(words); // who has asked for more keeps the place
  }

  function answer(words) {
    if (words !== field.value.trim()) return;
    const chosen = Object.fromEntries(filters.map((name) => [name, form.elements[name].value]));
    const { pages, near } = search.find(words, chosen);
    const without = pages.length ? 0 : search.find(words).pages.length;
    const now = [words, ...pages.map((page) => page.id)].join("\n");
    if (now === shown) return; // the second index had nothing to add
    say(summed(words, pages.length, near, without), pages, !pages.length || near);
    shown = now;
  }

  function summed(words, count, near, without) {
    const pages = (number) => `${number} ${number === 1 ? "page" : "pages"}`;
    if (without) return `No page for “${words}” with these filters, ${pages(without)} without them.`;
    if (!count) return `No page for “${words}”.`;
    return near ? `No page has “${words}”. Nearest: ${pages(count)}.` : pages(count);
  }

  function say(words, pages, isEmpty) {
    if (status.textContent !== words) status.textContent = words;
    shown = "";
    list.replaceChildren();
    left = pages;
    add();
    empty.hidden = !isEmpty;
  }

  function add() {
    list.append(...left.slice(0, page).map(item));
    left = left.slice(page);
    more.hidden = !left.length;
  }

  function item(found) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = search.address(found.id);
    link.textContent = found.title;
    const summary = document.createElement("p");
    summary.textContent = found.summary;
    const match = document.createElement("p");
    match.className = "match";
    const kind = document.createElement("p");
    kind.className = "kind";
    kind.textContent = [label("kind", found.kind), found.area && label("area", found.area)].filter(Boolean).join(" · ");
    entry.append(link, summary, match, kind);
    search.sentence(found, field.value).then((parts) => parts && match.append("“", ...parts.map(marked), "”"));
    return entry;
  }

  function marked({ part, isAsked }) {
    if (!isAsked) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { writeAddress(); show(); }, 150);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    writeAddress();
    show();
  });
  more.addEventListener("click", () => {
    const { length } = list.children;
    add();
    list.children[length].querySelector("a").focus();
  });
  addEventListener("popstate", readAddress);
  document.getElementById("search-unscripted").hidden = true;
  readAddress();
  if (!field.value) field.focus();
})();
