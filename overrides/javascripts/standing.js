// Lets a team mark where it stands with each recommendation. The marks are in the fields of the page and nowhere else: they
// are saved as a file of the team's, as JSON or as a table, and loaded from one. A file is taken whole or not at all.
(() => {
  const FORMAT = "where-we-stand";
  const VERSION = 1;
  const LARGEST = 1_000_000; // bytes
  const LONGEST = 1000; // characters of a note
  const MOST = 2000; // entries of a file
  const MOST_TOLD = 5; // of the faults of a file
  const MOST_NAMED = 12; // of what is new or changed; the list shows the others
  const MARKS = { "": "Not marked", "done": "Done", "planned": "Planned", "not for us": "Not for us" };
  const COLUMNS = ["id", "title", "mark", "note", "date", "digest", "project", "version", "release", "day"];

  const list = document.querySelector(".standing");
  const { project, release } = list.dataset;
  const rows = new Map([...list.querySelectorAll("[data-digest]")].map((item) => [item.id.toUpperCase(), equip(item)]));
  const areas = [...list.querySelectorAll("details")].map((area) => ({ area, name: area.firstElementChild.textContent, count: area.firstElementChild.appendChild(make("span")) }));
  const plan = list.parentElement.appendChild(make("section", { className: "plan", hidden: true }));
  const status = make("div", { className: "said" });
  status.setAttribute("role", "status");
  let others = []; // marked in the file, and not in the list
  let isUnsaved = false;

  function make(tag, properties = {}, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function equip(item) {
    const link = item.querySelector("a");
    const title = link.textContent.slice(item.id.length + 1);
    const radios = Object.keys(MARKS).map((value) => make("input", { type: "radio", name: item.id, value, checked: !value }));
    const note = make("textarea", { rows: 1, maxLength: LONGEST, autocomplete: "off" });
    const date = make("input", { type: "date", max: "9999-12-31" });
    const since = make("strong", { className: "since" });
    item.prepend(make("fieldset", {}, make("legend", {}, link, " ", since),
      make("p", { className: "marks" }, ...radios.map((radio) => make("label", {}, radio, ` ${MARKS[radio.value]}`))),
      make("p", { className: "marks" }, make("label", {}, "Note ", note), make("label", {}, "Date ", date))));
    return {
      item, since, title,
      digest: `sha256:${item.dataset.digest}`, // so that no spreadsheet takes it for a number
      get mark() { return radios.find((radio) => radio.checked).value; },
      get note() { return note.value; },
      get date() { return date.value; },
      fill(entry) {
        radios.find((radio) => radio.value === (entry?.mark ?? "")).checked = true;
        note.value = entry?.note ?? "";
        date.value = entry?.date ?? "";
      },
    };
  }

  // What is shown of the marks: how many each area has, and all of them as a plan.
  const isMarked = ({ mark, note, date }) => mark !== "" || note !== "" || date !== "";
  const entries = () => [...[...rows].map(([id, { title, mark, note, date, digest }]) => ({ id, title, mark, note, date, digest })), ...others];
  const inWords = (day) => new Date(`${day}T12:00`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

  function refresh() {
    const tables = [];
    for (const { area, name, count } of areas) {
      const within = [...rows].filter(([, row]) => area.contains(row.item));
      const marked = within.filter(([, row]) => isMarked(row));
      count.textContent = `: ${marked.length} of ${within.length} marked`;
      if (marked.length) tables.push(table(name, marked.map(([id, row]) => [[`${id} ${row.title}`], row])));
    }
    if (others.length) tables.push(table("Not in the list", others.map((entry) => [[`${entry.id} ${entry.title} (`, ...fate(entry.id), ")"], entry])));
    const all = entries().filter(isMarked);
    const sums = Object.entries(MARKS).map(([mark, words]) => [all.filter((entry) => entry.mark === mark).length, words.toLowerCase()]);
    plan.replaceChildren(
      make("h2", {}, "Your plan"),
      make("p", {}, `${inWords(today())}: ${sums.filter(([count]) => count).map(([count, words]) => `${count} ${words}`).join(", ")}.`),
      ...tables);
    plan.hidden = !all.length;
  }

  function table(caption, marked) {
    const head = (words) => make("th", { scope: "col" }, words);
    return make("table", { className: "rows" }, make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...["Recommendation", "Where we stand", "Note", "Date"].map(head))),
      make("tbody", {}, ...marked.map(([words, { mark, note, date }]) => make("tr", {}, make("th", { scope: "row" }, ...words),
        ...[MARKS[mark], note, date && inWords(date)].map((cell) => make("td", {}, cell))))));
  }

  // What became of a recommendation that is not in the list.
  function fate(id) {
    const successor = list.querySelector(`[data-retired="${id}"] a`);
    return successor ? ["retired: replaced by ", successor.cloneNode(true)] : ["not in this list"];
  }

  function say(isFault, ...children) {
    status.classList.toggle("notice", isFault);
    status.replaceChildren(...children);
  }

  // Saving
  const today = () => {
    const now = new Date();
    return `${now.getFullYear()}-${`${now.getMonth() + 1}`.padStart(2, "0")}-${`${now.getDate()}`.padStart(2, "0")}`;
  };
  // As in the other tables of the handbook: a spreadsheet runs what begins like a formula.
  const RUN = /^'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])/;
  const harmless = (text) => (RUN.test(text) ? `'${text}` : text);
  const original = (cell) => (cell.startsWith("'") && RUN.test(cell) ? cell.slice(1) : cell);
  const quoted = (cell) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const head = () => ({ project, version: VERSION, release, day: today() });
  const asJson = () => `${JSON.stringify({ format: FORMAT, ...head(), entries: entries() }, null, 1)}\n`;
  const asTable = () => `\ufeff${[COLUMNS, ...entries().map((entry) => COLUMNS.map((name) => harmless(`${{ ...entry, ...head() }[name]}`)))]
    .map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`;

  function save(text, type, ending) {
    const name = `${FORMAT}-${today()}.${ending}`;
    const href = URL.createObjectURL(new Blob([text], { type }));
    make("a", { href, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    isUnsaved = false;
    say(false, `Handed to your browser to save as ${name}. Load it here next time.`);
  }

  // Loading
  class Refusal extends Error {}

  async function load(file) {
    try {
      const found = read(await decoded(file));
      if (isUnsaved && !confirm("Some marks are not saved yet. Replace them by those in the file?")) {
        say(false, "Nothing was loaded. Your marks are as they were.");
      } else {
        take(found, file.name);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const [first, ...faults] = error.message.split("\n");
      say(true, make("p", {}, `“${file.name}” was not loaded: ${first} Your marks are as they were.`), ...(faults.length ? [make("ul", {}, ...faults.map((fault) => make("li", {}, fault)))] : []));
    }
  }

  async function decoded(file) {
    if (file.size > LARGEST) throw new Refusal(`it has ${file.size.toLocaleString("en-GB")} bytes, and ${LARGEST.toLocaleString("en-GB")} is the most. Choose a file that you saved on this page.`);
    let bytes;
    try {
      bytes = await file.arrayBuffer();
    } catch {
      throw new Refusal("your browser cannot read it. Choose a file, and not a folder.");
    }
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new Refusal("it is not text in UTF-8. If a spreadsheet program saved it, save it again as “CSV UTF-8”.");
    }
  }

  function read(text) {
    const isJson = /^\s*[{[]/.test(text);
    const { about, entries } = isJson ? fromJson(text) : fromTable(text);
    if (about.project !== project) throw new Refusal(`it is of another project, “${about.project}”. Choose a file that you saved on this page.`);
    if (`${about.version}` !== `${VERSION}`) throw new Refusal(`it has version ${about.version} of the format, and this page reads version ${VERSION}. Open it with the release of the handbook that saved it, or with a newer one.`);
    if (entries.length > MOST) throw new Refusal(`it has ${entries.length} entries, and ${MOST} is the most. Choose a file that you saved on this page.`);
    const faults = entries.flatMap(({ place, entry }) => faultsOf(entry).map((fault) => `${place}: ${fault}`));
    const seen = new Set();
    for (const { place, entry } of entries) if (seen.has(entry.id)) faults.push(`${place}: “${entry.id}” stands there twice; delete one.`); else seen.add(entry.id);
    if (faults.length) {
      const more = faults.length > MOST_TOLD ? [`And ${faults.length - MOST_TOLD} more.`] : [];
      throw new Refusal(["some of its values are wrong. Correct them and load it again.", ...faults.slice(0, MOST_TOLD), ...more].join("\n"));
    }
    return { about, isJson, entries: new Map(entries.map(({ entry }) => [entry.id, entry])) };
  }

  function fromJson(text) {
    let about;
    try {
      about = JSON.parse(text);
    } catch {
      throw new Refusal("it begins like JSON, but cannot be read as such. It may have been cut off; choose another copy.");
    }
    if (about.format !== FORMAT || !Array.isArray(about.entries)) throw new Refusal("it is JSON of another kind. Choose a file that you saved on this page.");
    return { about, entries: about.entries.map((entry, at) => ({ place: `Entry ${at + 1}`, entry: { ...entry } })) };
  }

  function fromTable(text) {
    const [names = [], ...lines] = cellsOf(text.replace(/^\ufeff/, ""));
    const heads = names.map((name) => name.trim().toLowerCase());
    if (!["id", "mark"].every((name) => heads.includes(name))) throw new Refusal("it is neither JSON nor a table with the columns “id” and “mark”. Choose a file that you saved on this page.");
    const records = lines.map((cells, at) => [at + 2, cells]).filter(([, cells]) => cells.some((cell) => cell.trim())).map(([number, cells]) => {
      const record = Object.fromEntries(COLUMNS.map((name) => [name, original(cells[heads.indexOf(name)] ?? "")]));
      record.mark = record.mark.trim().toLowerCase();
      record.date = isoDate(record.date.trim());
      return { place: `Row ${number}`, entry: record };
    });
    const { project: of, version, release: by, day } = records[0]?.entry ?? {};
    return { about: { project: of || project, version: version || VERSION, release: by, day: isoDate(day ?? "") }, entries: records };
  }

  // RFC 4180, with the separator that the first line has most of: some spreadsheet programs write semicolons or tabs.
  function cellsOf(text) {
    const first = text.split("\n", 1)[0];
    const separator = [",", ";", "\t"].reduce((most, mark) => (first.split(mark).length > first.split(most).length ? mark : most));
    const lines = [[]];
    const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|((?!")[^${separator}\\r\\n]*))(${separator}|\\r?\\n|\\r|$)`, "y");
    while (cell.lastIndex < text.length) {
      const found = cell.exec(text);
      if (!found) throw new Refusal(`row ${lines.length} of the table cannot be read. Check its quotation marks.`);
      lines.at(-1).push(found[1]?.replaceAll('""', '"') ?? found[2]);
      if (found[3] !== separator && cell.lastIndex < text.length) lines.push([]);
    }
    return lines;
  }

  // Spreadsheet programs rewrite dates; in Europe the day comes first.
  const isoDate = (text) => text.replace(/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/, (_, day, month, year) => `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  const isDate = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text;

  function faultsOf({ id, title, mark, note, date, digest }) {
    if (typeof id !== "string" || !/^[A-Z]{3}-\d{2,4}$/.test(id)) return [`“${id}” is no id; write one such as “PRI-11”.`];
    const texts = Object.entries({ title, note, digest }).filter(([, value]) => typeof (value ?? "") !== "string" || (value ?? "").length > LONGEST);
    return [
      ...texts.map(([name]) => `“${name}” of ${id} must be text of ${LONGEST} characters at most.`),
      ...(typeof mark === "string" && Object.hasOwn(MARKS, mark) ? [] : [`“${mark}” is no mark of ${id}; write “done”, “planned”, “not for us” or nothing.`]),
      ...((date ?? "") === "" || (typeof date === "string" && isDate(date)) ? [] : [`“${date}” is no date of ${id}; write one such as “2026-11-29”.`]),
    ];
  }

  function take({ about, isJson, entries: found }, name) {
    const added = [];
    const changed = [];
    for (const [id, row] of rows) {
      const entry = found.get(id);
      row.fill(entry);
      row.since.textContent = since(row, entry, isJson);
      if (row.since.textContent) (entry ? changed : added).push([id, row]);
    }
    others = [...found.values()].filter((entry) => !rows.has(entry.id) && isMarked({ note: "", date: "", ...entry }))
      .map(({ id, title = "", mark, note = "", date = "", digest = "" }) => ({ id, title, mark, note, date, digest }));
    isUnsaved = false;
    refresh();
    for (const { area } of areas) area.open = [...added, ...changed].some(([, { item }]) => area.contains(item));
    const count = entries().filter(isMarked).length;
    const origin = [isDate(about.day ?? "") ? `of ${inWords(about.day)}` : "", about.release ? `release ${about.release}` : ""].filter(Boolean).join(", ");
    const linked = (all) => [
      ...all.slice(0, MOST_NAMED).flatMap(([id, { item }], at) => [at ? ", " : "", make("a", { href: `#${item.id}` }, id)]),
      all.length > MOST_NAMED ? ` and ${all.length - MOST_NAMED} more, as the list shows.` : ".",
    ];
    const lines = [
      ...(added.length ? [[isJson ? "New since your file: " : "Not in your file: ", ...linked(added)]] : []),
      ...(changed.length ? [["Changed since your file: ", ...linked(changed)]] : []),
      ...others.map((entry) => [`${entry.id} ${entry.title}: `, ...fate(entry.id), ". Your mark stands at the end of your plan."]),
    ];
    say(false, make("p", {}, `Loaded “${name}”${origin && ` (${origin})`}: ${count} marked.`), ...(lines.length ? [make("ul", {}, ...lines.map((line) => make("li", {}, ...line)))] : []));
  }

  function since(row, entry, isJson) {
    if (!entry) return isJson ? "New since your file" : "Not in your file";
    if (entry.title && entry.title !== row.title) return `Title changed since your file; it was “${entry.title}”`;
    return entry.digest && entry.digest !== row.digest ? "Wording changed since your file" : "";
  }

  // The tools, and what else happens on the page
  const chooser = make("input", { type: "file", accept: ".json,.csv" });
  const button = (words, act) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", act);
    return made;
  };
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (file) await load(file);
    chooser.value = "";
  });
  list.before(make("div", { className: "keeping" },
    make("p", {}, make("label", {}, "Load your file ", chooser), " or drop it on the page."),
    make("p", { className: "tools" },
      button("Save as JSON", () => save(asJson(), "application/json", "json")),
      button("Save as a table (CSV)", () => save(asTable(), "text/csv", "csv")),
      button("Print", () => print())),
    status));
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files.length) load(event.dataTransfer.files[0]);
  });
  list.addEventListener("input", () => { isUnsaved = true; });
  list.addEventListener("change", refresh);
  addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });

  // Links from the list of what is new lead into what may be closed. Paper has no way to open anything.
  const shown = () => [...areas].filter(({ area }) => location.hash && area.contains(document.getElementById(location.hash.slice(1))));
  const show = () => { for (const { area } of shown()) area.open = true; };
  addEventListener("hashchange", show);
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = areas.filter(({ area }) => !area.open);
    for (const { area } of closed) area.open = true;
  });
  addEventListener("afterprint", () => { for (const { area } of closed) area.open = false; });
  for (const { area } of areas) area.open = false;
  show();
  refresh();
})();
