// Helps to read a page: printing, what to say to copy, the step in view, and sources closed on a narrow screen until a number
// leads to one. Without this everything is open. What is copied goes to the clipboard and nowhere else.
(() => {
  const narrow = matchMedia("(max-width: 44.9375em)").matches;
  const article = document.querySelector("article");
  const contents = document.getElementById("contents");
  const steps = [...article.querySelectorAll("h3:has(.numeral)")];
  const sources = article.querySelector("ol.sources");

  if (contents) offerPrinting(document.getElementById("print"));
  if (contents && narrow) contents.addEventListener("click", (event) => { contents.open &&= !event.target.closest("a"); });
  if (contents && steps.length) tellStep(document.getElementById("step"));
  if (sources && narrow) fold(sources);
  if (navigator.clipboard) {
    const quoted = /"([^"]+)"[.\s\u2060]*(\[[^\]]*\][\s\u2060]*)*$/;
    for (const said of article.querySelectorAll(".kind-guidance li, .card :is(td, p), .answer li")) {
      const words = said.textContent.match(quoted)?.[1];
      if (words?.includes(" ")) offerCopy(said, words);
    }
    for (const text of article.querySelectorAll(".citing p, .citing pre")) offerCopy(text, text.textContent);
  }

  function offerPrinting(button) {
    button.addEventListener("click", () => print());
    button.hidden = false;
  }

  function offerCopy(place, words) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    const say = (done) => {
      button.textContent = done;
      button.setAttribute("aria-label", `${done}: ${words.slice(0, 60)}`);
    };
    button.addEventListener("click", () => navigator.clipboard.writeText(words).then(() => say("Copied"), () => say("Not allowed")));
    say("Copy");
    if (place.matches("pre")) place.after(button);
    else place.append(" ", button);
  }

  function tellStep(place) {
    const list = document.createElement("ul");
    for (const { id, firstChild, childNodes } of steps) {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${id}`;
      link.textContent = firstChild.textContent + childNodes[1].textContent;
      entry.append(link);
      list.append(entry);
    }
    contents.querySelector("[href='#steps']")?.after(list);
    const tell = () => {
      const passed = steps.filter((step) => step.getBoundingClientRect().top < innerHeight / 2).length;
      const end = article.querySelector("#what-to-avoid")?.getBoundingClientRect().top;
      place.textContent = passed && !(end < innerHeight / 2) ? ` · step ${passed} of ${steps.length}` : "";
    };
    const seen = new IntersectionObserver(tell, { rootMargin: "0px 0px -50%" });
    for (const heading of article.querySelectorAll("h2, h3")) seen.observe(heading);
  }

  function fold(list) {
    const box = document.createElement("details");
    const line = document.createElement("summary");
    line.textContent = `Show ${list.children.length} sources`;
    list.replaceWith(box);
    box.append(line, list);
    const open = () => {
      const asked = document.getElementById(location.hash.slice(1));
      if (!box.contains(asked)) return;
      box.open = true;
      asked.scrollIntoView();
    };
    addEventListener("hashchange", open);
    addEventListener("beforeprint", () => { box.open = true; });
    open();
  }
})();
