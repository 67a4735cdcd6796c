// Search in the reader's own browser: nothing that is typed leaves it. The index (handbook/site/search_index.py) and the engine are
// fetched when the first word is looked for, as scripts, because a page opened from a file may fetch nothing else.
// What is looked for and the filters stand in the address, so that a search can be kept and passed on.
(() => {
  const root = new URL("../", document.currentScript.src);
  const files = ["javascripts/vendor/minisearch.js", "javascripts/vendor/english-stemmer.js", "search/index.js"];
  const most = 30;
  const filters = ["kind", "area", "role"];

  // How much a word counts where it stands: what a page is called before what it says, guidance before lists.
  const boost = { title: 3, called: 4, terms: 1.5, headings: 1.5, summary: 2.5, text: 1 };
  const kinds = {
    guidance: 1.5, decision: 1.3, overview: 1, scenario: 0.9, "case-study": 0.8, exercise: 0.8, "training-plan": 0.8,
    actor: 0.8, quiz: 0.5,
    recommendation: 0.5, reference: 0.4,
  };

  let loading = null;
  let engine = null;
  let stem = null;
  let stopWords = null;

  window.handbookSearch = {
    read(data) {
      const stemmer = new window.EnglishStemmer();
      stopWords = new Set(data.stopWords);
      stem = (word) => stemmer.stemWord(word);
      engine = window.MiniSearch.loadJS(data.index, { fields: data.fields, storeFields: filters });
    },
    load,
    find,
    stem: (word) => stem(word),
  };

  function load() {
    loading ??= Promise.all(files.map((file) => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(file, root);
      script.async = false; // fetched together, run in this order
      script.onload = resolve;
      script.onerror = () => {
        loading = null; // the next search tries again
        reject(new Error(file));
      };
      document.head.append(script);
    })));
    return loading;
  }

  // Words as they stand, and joined: those with a hyphen, and each with the next, because some write as one what others do not.
  function parts(text) {
    const words = text.match(/[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu) ?? [];
    const single = words.map((word) => word.match(/[\p{L}\p{N}]+/gu));
    const joined = single.filter((word) => word.length > 1).map((word) => word.join(""));
    const pairs = single.slice(1).map((word, i) => [...single[i], ...word].join(""));
    return { single: single.flat(), joined: [...joined, ...pairs] };
  }

  function find(words, chosen = {}) {
    const joined = new Set(parts(words).joined.map((word) => stem(word.toLowerCase())));
    const search = (fuzzy) => engine.search(words, {
      tokenize: (text) => Object.values(parts(text)).flat(),
      processTerm: (term) => {
        const word = term.toLowerCase();
        return word.length > 1 && !stopWords.has(word) && stem(word);
      },
      boostTerm: (term) => joined.has(term) ? 3 : 1,
      boost,
      boostDocument: (id, term, stored) => kinds[stored.kind] ?? 1,
      prefix: (term) => term.length > 3 && !joined.has(term),
      fuzzy: (term) => term.length > 4 && !joined.has(term) && fuzzy,
      filter: (page) => (!chosen.kind || page.kind === chosen.kind) && (!chosen.area || page.area === chosen.area) &&
        (!chosen.role || page.roles.includes(chosen.role)),
    });
    const exact = search(0.2);
    return exact.length ? { pages: exact, near: false } : { pages: search(0.4), near: true };
  }

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("search");
    const status = document.getElementById("search-status");
    const list = document.getElementById("search-results");
    const empty = document.getElementById("search-empty");
    const field = form.elements.q;
    document.getElementById("search-unscripted").hidden = true;
    const fields = ["q", ...filters].map((name) => form.elements[name]);
    const label = (name, value) => form.elements[name].querySelector(`option[value="${CSS.escape(value)}"]`)?.text;

    function readAddress() {
      const asked = new URLSearchParams(location.search);
      for (const control of fields) control.value = asked.get(control.name) ?? "";
      for (const select of fields.slice(1)) if (select.selectedIndex < 0) select.value = "";
      show();
    }

    function writeAddress() {
      const said = fields.filter((control) => control.value.trim()).map((control) => [control.name, control.value.trim()]);
      const query = new URLSearchParams(said).toString();
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
    }

    async function show() {
      const words = field.value.trim();
      if (!words) {
        say("", [], false);
        return;
      }
      if (!engine) status.textContent = "Loading the index …";
      try {
        await load();
      } catch {
        say("The index could not be loaded. Use the lists below, or try again.", [], true);
        return;
      }
      if (words !== field.value.trim()) return;
      const chosen = Object.fromEntries(filters.map((name) => [name, form.elements[name].value]));
      const { pages, near } = find(words, chosen);
      const without = pages.length ? 0 : find(words).pages.length;
      say(summed(words, pages.length, near, without), pages, !pages.length || near);
    }

    function summed(words, count, near, without) {
      const pages = (number) => `${number} ${number === 1 ? "page" : "pages"}`;
      if (without) return `No page for “${words}” with these filters, ${pages(without)} without them.`;
      if (!count) return `No page for “${words}”.`;
      const said = near ? `No page has “${words}”. Nearest: ${pages(count)}.` : `${pages(count)} for “${words}”.`;
      return count > most ? `${said} The first ${most} are shown.` : said;
    }

    function say(words, pages, isEmpty) {
      status.textContent = words;
      list.replaceChildren(...pages.slice(0, most).map(item));
      empty.hidden = !isEmpty;
    }

    function item(page) {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(page.id.replace(/(^|\/)$/, location.protocol === "file:" ? "$1index.html" : "$1"), root);
      link.textContent = page.title;
      const summary = document.createElement("p");
      summary.textContent = page.summary;
      const kind = document.createElement("p");
      kind.className = "kind";
      kind.textContent = [label("kind", page.kind), page.area && label("area", page.area)].filter(Boolean).join(" · ");
      entry.append(link, summary, kind);
      return entry;
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
    addEventListener("popstate", readAddress);
    readAddress();
  });
})();
