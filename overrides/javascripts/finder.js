// Chooses among the situations in place. Without it each choice has a page of its own. Choices stand in the address, so that
// they can be passed on, and nowhere else.
(() => {
  const choices = [...document.querySelectorAll(".choices a")];
  const items = [...document.querySelectorAll("#situations li")];
  const [count, clear] = document.querySelector(".found").children;

  function show() {
    const asked = new URLSearchParams(location.search);
    const chosen = choices.filter((choice) => asked.get(choice.dataset.name) === choice.dataset.value);
    for (const choice of choices) choice.removeAttribute("aria-current");
    for (const choice of chosen) choice.setAttribute("aria-current", "true");
    for (const item of items) {
      item.hidden = !chosen.every(({ dataset }) => item.dataset[dataset.name].split(" ").includes(dataset.value));
    }
    for (const part of document.querySelectorAll("#situations section")) part.hidden = !part.querySelector("li:not([hidden])");
    const found = items.filter((item) => !item.hidden).length;
    count.textContent = `${found} ${found === 1 ? "situation" : "situations"}`;
    clear.hidden = !chosen.length;
  }

  function choose(event, change) {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const asked = new URLSearchParams(location.search);
    change(asked);
    history.replaceState(null, "", `${`${asked}` ? `?${asked}` : location.pathname}`);
    show();
  }

  for (const choice of choices) {
    const { name, value } = choice.dataset;
    choice.addEventListener("click", (event) => choose(event, (asked) => {
      if (asked.get(name) === value) asked.delete(name); else asked.set(name, value);
    }));
  }
  clear.addEventListener("click", (event) => choose(event, (asked) => {
    for (const { dataset } of choices) asked.delete(dataset.name);
    choices[0].focus();
  }));
  show();
})();
