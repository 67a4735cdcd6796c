// Search in the reader's own browser: nothing that is typed leaves it. The index (handbook/site/search_index.py) and the engine
// are fetched when they are first needed, as scripts, because a page opened from a file may fetch nothing else.
(() => {
  const root = new URL("../", document.currentScript.src);
  const files = ["javascripts/vendor/minisearch.js", "javascripts/vendor/english-stemmer.js", "search/index.js"];
  const rest = ["search/rest.js"]; // recommendations, EU bodies and lists

  // How much a word counts where it stands: what a page is called before what it says.
  const boost = { title: 3, called: 4, terms: 1.5, headings: 1.5, summary: 2.5, text: 1 };
  // How much a page counts by its kind: what to do before lists, and a body only when it is named.
  const kinds = {
    situation: 1.6, guidance: 1.5, decision: 1.5, contacts: 1.3, overview: 1, scenario: 0.9, "case-study": 0.8, exercise: 0.8,
    "training-plan": 0.8, quiz: 0.5, recommendation: 0.5, reference: 0.4, country: 0.6, actor: 0.3,
  };

  const engines = [];
  let loading = null;
  let stemmer = null;
  let known = null; // what the first index says of words
  let stopWords = null;

  window.handbookSearch = { read, load, find, stem: (word) => stemmer.stemWord(word), root };

  function read(data) {
    if (data.stopWords) {
      known = data;
      stopWords = new Set(data.stopWords);
      stemmer = new window.EnglishStemmer();
    }
    engines.push(window.MiniSearch.loadJS(data.index, { fields: known.fields, storeFields: [] }));
  }

  function fetched(names) {
    return Promise.all(names.map((name) => new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(name, root);
      script.async = false; // fetched together, run in this order
      script.onload = resolve;
      script.onerror = () => reject(new Error(name));
      document.head.append(script);
    })));
  }

  function load() {
    loading ??= fetched(files).catch((error) => {
      loading = null; // the next search tries again
      throw error;
    });
    return loading;
  }

  // Words as they stand, and joined: those with a hyphen, and each with the next, because some write as one what others do not.
  function parts(text) {
    const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[-\u2010\u2011][\p{L}\p{N}]+)*/gu) ?? [];
    const single = words.map((word) => word.match(/[\p{L}\p{N}]+/gu));
    const joined = single.filter((word) => word.length > 1).map((word) => word.join(""));
    const pairs = single.slice(1).map((word, i) => [...single[i], ...word].join(""));
    return { single: single.flat(), joined: [...joined, ...pairs] };
  }

  function content(words) {
    return words.filter((word) => word.length > 1 && !stopWords.has(word)).map((word) => stemmer.stemWord(word));
  }

  const key = (text) => [...new Set(content(parts(text).single))].sort().join(" ");

  function find(words, chosen = {}) {
    const { single, joined } = parts(words);
    const asked = [...new Set(content(single))];
    const together = new Set(content(joined));
    const meant = new Set(asked.flatMap((word) => known.synonyms[word] ?? []).filter((word) => !asked.includes(word)));
    const search = (fuzzy) => engines.flatMap((engine) => engine.search([...asked, ...together, ...meant].join(" "), {
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      boostTerm: (term) => together.has(term) ? 3 : meant.has(term) ? SYN : 1,
      boost,
      boostDocument: (id, term, stored) => (kinds[stored.kind] ?? 1) * (single.includes(stored.kind) ? 2 : 1),
      prefix: (term) => term.length > 3 && !together.has(term) && !meant.has(term),
      fuzzy: (term) => term.length > 4 && !together.has(term) && !meant.has(term) && fuzzy,
      filter: (page) => (!chosen.kind || page.kind === chosen.kind) && (!chosen.area || page.area === chosen.area) &&
        (!chosen.role || page.roles.includes(chosen.role)),
    }));
    const exact = search(0.2);
    const near = !exact.length;
    let pages = near ? search(0.4) : exact;
    const wanted = key(words);
    const first = known.firsts[wanted];
    for (const page of pages) {
      const terms = new Set(page.queryTerms);
      const has = asked.filter((word) => terms.has(word) || known.synonyms[word]?.some((other) => terms.has(other))).length;
      page.has = page.queryTerms.some((term) => together.has(term)) ? asked.length : has;
      if (key(page.title) === wanted) page.score *= 100;
      if (page.id === first) page.score *= 1000;
    }
    const need = asked.length <= ALLMAX ? asked.length : Math.ceil(asked.length * SHARE);
    const most = Math.max(...pages.map((page) => page.has));
    pages = pages.filter((page) => page.has >= Math.min(need, most) || page.id === first);
    pages.sort((one, other) => other.score - one.score);
    return { pages, near };
  }
})();
