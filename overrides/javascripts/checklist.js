// Checklists can be ticked without this; it adds printing and clearing. What is ticked stays on the page and nowhere else.
(() => {
  for (const list of document.querySelectorAll(".task-list")) {
    const tools = document.createElement("p");
    tools.className = "tools";
    const add = (text, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", act);
      tools.append(button);
    };
    add("Print this checklist", () => {
      list.classList.add("printed");
      document.documentElement.classList.add("print-list");
      print();
    });
    add("Clear all ticks", () => {
      for (const box of list.querySelectorAll("input")) box.checked = false;
    });
    list.after(tools);
  }
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("print-list");
    document.querySelector(".printed")?.classList.remove("printed");
  });
})();
