// Ticks and notes of the guide. Without this file the boxes and lines are there for a pen.
import { ERASED, TROUBLE, erase, read, write } from "./device.js";

const texts = (list) => (Array.isArray(list) ? list.filter((item) => typeof item === "string") : []);

/** What is kept for one page of the guide, the same in both languages. */
function kept(key) {
  const found = read(key) ?? {};
  return { ticks: texts(found.ticks), notes: typeof found.notes === "string" ? found.notes : "" };
}

function part(root) {
  const key = root.dataset.guidePage, boxes = new Map();

  function tickable(list, place) {
    list.classList.add("tickable");
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", list.querySelector(".block-title")?.textContent ?? "");
    [...list.querySelectorAll("li")].forEach((item, row) => {
      const box = Object.assign(document.createElement("input"), { type: "checkbox" });
      const label = document.createElement("label"), words = document.createElement("span");
      words.append(...item.childNodes);
      label.append(box, words);
      item.append(label);
      boxes.set(item.dataset.item || `${place}-${row}`, box);
      box.addEventListener("change", keep);
    });
  }

  const section = root.querySelector("[data-notes]");
  const written = section?.querySelector("[data-written]");
  let field;
  if (section) {
    section.classList.remove("paper-only");
    section.querySelector("template").after(section.querySelector("template").content.cloneNode(true));
    field = section.querySelector("textarea");
    field.addEventListener("input", keep);
  }

  function onPaper() {
    if (!field) return;
    written.textContent = field.value;
    section.classList.toggle("has-notes", field.value.trim() !== "");
  }

  /** Ticks of points that the page no longer shows are kept: another version of it may show them again. */
  function keep() {
    const gone = kept(key).ticks.filter((id) => !boxes.has(id));
    const ticks = [...boxes].filter(([, box]) => box.checked).map(([id]) => id);
    write(key, { ticks: [...gone, ...ticks], notes: field?.value ?? kept(key).notes });
    rememberStep();
    onPaper();
  }

  function show() {
    const { ticks, notes } = kept(key);
    for (const [id, box] of boxes) box.checked = ticks.includes(id);
    if (field) field.value = notes;
    onPaper();
  }

  root.querySelectorAll(".checklist").forEach(tickable);
  show();
  return show;
}

/** The one line that says where things are kept, and its button. */
function deviceLine(line) {
  const [rest, ask, said] = ["[data-rest]", "[data-ask]", "[data-said]"].map((name) => line.querySelector(name));
  const button = line.querySelector("[data-erase]");
  line.hidden = false;

  function asking(open) {
    rest.hidden = open;
    ask.hidden = !open;
    (open ? line.querySelector("[data-no]") : button).focus();
  }

  button.addEventListener("click", () => {
    said.textContent = "";
    asking(true);
  });
  line.querySelector("[data-no]").addEventListener("click", () => asking(false));
  ask.addEventListener("keydown", (event) => event.key === "Escape" && asking(false));
  line.querySelector("[data-yes]").addEventListener("click", () => {
    erase();
    asking(false);
    said.textContent = said.dataset.done;
  });
  document.addEventListener(TROUBLE, () => {
    if (said.textContent !== said.dataset.trouble) said.textContent = said.dataset.trouble;
  });
}

/** Reading leaves nothing behind: the open step is remembered from the first tick or note on, until all is erased. */
function rememberStep() {
  const here = document.querySelector("[data-step-here]");
  if (here) write("last", here.dataset.guidePage);
}

/** The guide's own page offers the step that was open last. */
function offerLastStep() {
  const offer = document.querySelector("[data-continue]"), last = read("last");
  const step = [...document.querySelectorAll("[data-step]")].find((item) => item.dataset.step === last);
  if (!offer) return;
  offer.hidden = !step;
  if (!step) return;
  offer.querySelector("a").href = step.querySelector("a").href;
  offer.querySelector("[data-continue-title]").textContent = step.querySelector(".step-title").textContent;
}

const parts = [...document.querySelectorAll("[data-guide-page]")].map(part);
document.querySelectorAll("[data-device]").forEach(deviceLine);
if (read("last")) rememberStep();
offerLastStep();

function showAll() {
  for (const show of parts) show();
  offerLastStep();
}
document.addEventListener(ERASED, showAll);
// A page that the browser kept whole may be older than what is on the device.
window.addEventListener("pageshow", (event) => event.persisted && showAll());
