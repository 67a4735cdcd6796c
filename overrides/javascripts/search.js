// Search in the reader's own browser: nothing that is typed leaves it. The index (handbook/site/search_index.py) and the engine
// are fetched when they are first needed, as scripts, because a page opened from a file may fetch nothing else.
(() => {
  const root = new URL("../", document.currentScript.src);
  const files = ["javascripts/vendor/minisearch.js", "javascripts/vendor/english-stemmer.js", "search/index.js"];
  const rest = ["search/rest.js"]; // recommendations, bodies of the EU, and how the handbook is written

  // How much a word counts where it stands: what a page is called before what it says.
  const boost = { title: 3, called: 4, terms: 1.5, headings: 1.5, summary: 2.5, text: 1 };
  // How much a page counts by its kind: what to do before lists, and a body only when it is named.
  const kinds = {
    situation: 1.6, guidance: 1.5, decision: 1.5, contacts: 1.3, overview: 1, scenario: 0.9, "case-study": 0.8, exercise: 0.8,
    "training-plan": 0.8, quiz: 0.5, recommendation: 0.5, reference: 0.25, country: 0.6, actor: 0.3,
  };

  const engines = [];
  const texts = new Map();
  let loading = null;
  let completing = null;
  let stemmer = null;
  let stopWords = null;
  let known = null; // what queries mean and lead to

  window.handbookSearch = {
    read, load, complete, find, address, sentence,
    stem: (word) => stemmer.stemWord(word),
    tell: (id, sentences) => texts.set(id, sentences),
  };

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

  // What is not looked for in haste, after the first answer; without it, that one stands.
  function complete() {
    completing ??= load().then(() => fetched(rest)).catch(() => {
      completing = null;
    });
    return completing;
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

  // Pages that have all of two words, or two of five: a whole sentence has words that no page needs. If there is none, those
  // that have the most. What people mean by a word counts half; a page with the very title, or chosen for the words, is first.
  function find(words, chosen = {}) {
    const { single, joined } = parts(words);
    const asked = [...new Set(content(single))];
    const together = new Set(content(joined));
    const meant = new Set(asked.flatMap((word) => known.synonyms[word] ?? []).filter((word) => !asked.includes(word)));
    const isTyped = (term) => !together.has(term) && !meant.has(term);
    const isTitled = (page) => parts(page.title).single.join(" ") === single.join(" ");
    const areAsked = (name) => key(name) && key(name).split(" ").every((word) => asked.includes(word));
    const isNamed = ({ kind, title }) => kind === "actor" && title.split(/[()]/).some(areAsked); // in full or by its acronym
    const weight = (page) => (isNamed(page) ? 3 : kinds[page.kind] ?? 1) * (single.includes(page.kind) ? 2 : 1);
    const search = (fuzzy) => engines.flatMap((engine) => engine.search([...asked, ...together, ...meant].join(" "), {
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      boostTerm: (term) => together.has(term) ? 3 : isTyped(term) ? 1 : 0.5,
      boost,
      boostDocument: (id, term, stored) => weight(stored),
      prefix: (term) => term.length > 3 && isTyped(term),
      fuzzy: (term) => term.length > 4 && isTyped(term) && fuzzy,
      filter: (page) => (!chosen.kind || page.kind === chosen.kind) && (!chosen.area || page.area === chosen.area) &&
        (!chosen.role || page.roles.includes(chosen.role)),
    }));
    const all = () => engines.flatMap((engine) => engine.search(window.MiniSearch.wildcard));
    const exact = asked.length ? search(0.2) : all().filter(isTitled); // such as "What to say"
    const pages = exact.length ? exact : search(0.4);
    const wanted = key(words);
    for (const page of pages) {
      const terms = new Set(page.queryTerms);
      const has = (word) => terms.has(word) || known.synonyms[word]?.some((other) => terms.has(other));
      page.has = page.queryTerms.some((term) => together.has(term)) ? asked.length : asked.filter(has).length;
      if (key(page.title) === wanted) page.score *= 100;
      if (known.firsts[wanted] === page.id) page.score *= 1000;
      if (isTitled(page)) page.score *= 100000;
    }
    const most = Math.max(...pages.map((page) => page.has));
    const need = Math.min(most, asked.length > 2 ? Math.ceil(asked.length * 0.4) : asked.length);
    const kept = pages.filter((page) => page.has >= need || known.firsts[wanted] === page.id);
    return { pages: kept.sort((one, other) => other.score - one.score), near: !exact.length };
  }

  // Where a page is; one opened from a file names its file.
  function address(id) {
    return new URL(id.replace(/(^|\/)$/, location.protocol === "file:" ? "$1index.html" : "$1"), root);
  }

  // The sentence of a page that has most of the words, in parts that say whether they are one of them; null if none has any.
  async function sentence(page, words) {
    const name = `search/text/${page.id.replace(/\/$/, "") || "index"}.js`;
    if (page.told && !texts.has(page.id)) await fetched([name]).catch(() => {});
    const asked = new Set(content(parts(words).single));
    const begins = [...asked].map((word) => word.slice(0, 4));
    let best = null;
    let most = 0;
    for (const text of texts.get(page.id) ?? []) {
      if (!begins.some((begin) => text.toLowerCase().includes(begin))) continue;
      const count = new Set(content(parts(text).single).filter((word) => asked.has(word))).size;
      if (count > most) [best, most] = [text, count];
    }
    const isAsked = (part) => content([part.toLowerCase()]).some((word) => asked.has(word));
    return best && best.split(/([\p{L}\p{N}]+)/u).map((part) => ({ part, isAsked: isAsked(part) }));
  }
})();
