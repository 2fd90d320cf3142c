// Suggestions under the search fields: the editable combobox of WAI-ARIA 1.2. Without this file the fields just search.
const SHORTEST = 2, PAUSE = 150;

function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  return target;
}

const element = (name, attributes) => set(document.createElement(name), attributes);

function combobox(input) {
  const words = input.dataset, known = new Map(), id = `${input.id}-list`;
  const list = element("div", { id, class: "suggestions", role: "listbox", "aria-label": words.listed, hidden: "" });
  // The search takes the words as "q"; other fields end their address with the name of their own.
  const address = words.suggestions.includes("?") ? words.suggestions : `${words.suggestions}?q=`;
  const voice = element("div", { class: "visually-hidden", role: "status" });
  let marked = -1, timer, request;

  const asked = () => input.value.trim().toLowerCase();

  function typed() {
    stop();
    mark(-1);
    if (asked().length < SHORTEST) close();
    else if (known.has(asked())) show();
    else timer = setTimeout(ask, PAUSE, asked());
  }

  async function ask(text) {
    const { signal } = (request = new AbortController());
    try {
      const answer = await fetch(address + encodeURIComponent(text), { signal });
      known.set(text, (await answer.json()).suggestions);
      if (text === asked() && input === document.activeElement) show();
    } catch {
      if (!signal.aborted) close(); // no network: the field searches all the same
    }
  }

  function show() {
    const found = known.get(asked()), count = found.length;
    list.replaceChildren(
      ...found.map(({ text, url }, place) => {
        const option = element("a", { id: `${id}-${place}`, href: url, role: "option", tabindex: -1 });
        option.textContent = text;
        return option;
      }),
    );
    open(count > 0);
    voice.textContent = count > 1 ? words.several.replace("#", count) : count ? words.one : words.none;
  }

  function open(wide) {
    list.hidden = !wide;
    input.setAttribute("aria-expanded", wide);
    mark(-1);
  }

  function stop() {
    clearTimeout(timer);
    request?.abort();
  }

  function close() {
    stop();
    voice.textContent = "";
    open(false);
  }

  /** Point at an option, or at none: -1, or past the end. */
  function mark(place) {
    const options = [...list.children];
    marked = place < options.length ? place : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === marked));
    if (marked < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[marked].id);
    options[marked].scrollIntoView({ block: "nearest" });
  }

  /** Whether the key was for the list, and so not for the field. */
  function pressed({ key, altKey, isComposing }) {
    const last = list.children.length - 1, step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (isComposing) return;
    if (step) {
      if (list.hidden) {
        typed();
        if (!altKey && !list.hidden) mark(step > 0 ? 0 : last);
      } else if (altKey && step < 0) close();
      else mark(step < 0 && marked < 0 ? last : marked + step);
    } else if (key === "Escape" && (input.value || !list.hidden)) {
      if (list.hidden) input.value = "";
      close();
    } else if (marked < 0) return;
    else if (key === "Home" || key === "End") mark(key === "Home" ? 0 : last);
    else if (key === "Enter") list.children[marked].click();
    else return /^Arrow/.test(key) && mark(-1);
    return true;
  }

  input.after(list, voice);
  // A search field may not be a combobox; a text field may.
  set(input, { type: "text", enterkeyhint: "search", role: "combobox", "aria-autocomplete": "list", "aria-controls": id });
  input.addEventListener("input", typed);
  input.addEventListener("keydown", (event) => pressed(event) && event.preventDefault());
  input.addEventListener("blur", close);
  addEventListener("pagehide", close);
  // Keep the focus in the field while an option is clicked.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  close();
}

document.querySelectorAll("input[data-suggestions]").forEach(combobox);
