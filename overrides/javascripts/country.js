// Whom to call in the reader's own country. Who opens the page of a country has chosen it: the choice goes with the
// address from page to page, and is kept on the device only if the reader asks for that.
(() => {
  const KEY = "country";

  // From a memory stick, some browsers refuse to keep anything: then the choice stays in the address.
  const kept = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const keep = (id) => {
    try { if (id) localStorage.setItem(KEY, id); else localStorage.removeItem(KEY); } catch { return false; }
    return kept() === id;
  };

  const script = document.currentScript.src;
  const box = document.querySelector("[data-country].keep");
  const place = document.querySelector(".whom");
  const asked = new URLSearchParams(location.search).get(KEY);
  const chosen = box?.dataset.country ?? asked ?? kept();
  if (box) offer(box);
  if (place && chosen) load(place);
  if (chosen && chosen !== kept()) carry();

  function offer({ firstElementChild: button, lastElementChild: status }) {
    const keeps = button.textContent;
    const show = () => {
      const is = kept() === chosen;
      button.textContent = is ? "Keep no country on this device" : keeps;
      return is;
    };
    button.addEventListener("click", () => {
      const wanted = kept() === chosen ? null : chosen;
      const done = keep(wanted);
      show();
      status.textContent = done ? (wanted ? "Kept: other pages show it." : "Nothing is kept.") : "This browser keeps nothing here.";
    });
    show();
    box.hidden = false;
  }

  // The address of the next page says the country, too.
  function carry() {
    const root = new URL("../", script).href;
    const add = (event) => {
      const link = event.target.closest("a[href]");
      if (!link?.href.startsWith(root) || !/(\/|\.html)$/.test(link.pathname) || link.pathname === location.pathname) return;
      const to = new URL(link.href);
      to.searchParams.set(KEY, chosen);
      link.href = to;
    };
    addEventListener("click", add, true);
    addEventListener("auxclick", add, true);
  }

  function load(target) {
    const all = target.querySelector("a");
    window.handbookCountry = {
      read(countries) {
        if (!Object.hasOwn(countries, chosen)) return;
        const country = countries[chosen];
        const own = new URL(all.href);
        own.pathname = own.pathname.replace(/(index\.html)?$/, (file) => `${chosen}/${file}`);
        target.replaceChildren(`${country.name}: `);
        for (const [what, number, address] of country.lines) {
          const call = document.createElement("a");
          call.href = address;
          call.textContent = number;
          target.append(`${what} `, call, ". ");
        }
        const more = document.createElement("a");
        more.href = own;
        more.textContent = country.lines.length ? "All contacts" : "Whom to call, by name";
        all.textContent = "Another country";
        target.append(more, ". ", all, ".");
      },
    };
    const lines = document.createElement("script");
    lines.src = new URL("lines.js", all.href);
    document.head.append(lines);
  }
})();
