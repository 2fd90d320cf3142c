// The task table adds up while one types and stays on the device. Without this file its button does the sum.
import { ERASED, read, write } from "./device.js";

const SHOWN = 3, TO_LETTER = 5, DAYS_A_WEEK = 5, LONGEST_WEEK = 3600, DAY = [120, 720];
const MOVABLE = ["remote", "grouped"], MARKS = [...MOVABLE, "on_site"];

/** The minutes that "2", "2,5", "2 h 30" or "45 min" say, as guides/task_table.py reads them. */
function minutes(text) {
  const words = text.trim().toLowerCase();
  let found = /^(\d{1,3})\s*[h:]\s*([0-5]?\d)?\s*(?:min)?$/.exec(words);
  if (found) return 60 * found[1] + Number(found[2] ?? 0);
  found = /^(\d{1,4})\s*min$/.exec(words);
  if (found) return Number(found[1]);
  found = /^(\d{1,3}(?:[.,]\d{1,2})?)\s*h?$/.exec(words);
  return found ? Math.round(60 * found[1].replace(",", ".")) : NaN;
}

const blank = (row) => !row.task && !row.hours && !row.mark;

/** What was kept, as rows of plain strings; null when it is not that. */
function keptTable(key) {
  const found = read(`${key}:tasks`);
  if (!Array.isArray(found?.rows)) return null;
  const text = (value) => (typeof value === "string" ? value : "");
  const rows = found.rows.map((row) => ({ task: text(row?.task), hours: text(row?.hours), mark: text(row?.mark) }));
  return { day: text(found.day), rows: rows.filter((row) => !blank(row)) };
}

function table(form) {
  const key = form.dataset.taskTable, day = form.elements.day, usualDay = day.defaultValue || "7";
  const rows = [...form.querySelectorAll("[data-row]")].map((element, index) => ({
    element,
    fields: Object.fromEntries(["task", "hours", "mark"].map((part) => [part, form.elements[`${part}_${index + 1}`]])),
  }));
  const more = form.querySelector("[data-more]"), sum = form.parentElement.querySelector("[data-sum]");
  const carry = sum.querySelector("[data-carry]");
  const number = new Intl.NumberFormat(sum.dataset.language, { maximumFractionDigits: 2 });
  let shown = SHOWN;

  const typed = () =>
    rows.map(({ fields }) => Object.fromEntries(Object.entries(fields).map(([part, field]) => [part, field.value])));

  function fill(values) {
    rows.forEach(({ fields }, index) => {
      for (const [part, field] of Object.entries(fields)) field.value = values[index]?.[part] ?? "";
    });
  }

  function showRows() {
    const last = typed().findLastIndex((row) => !blank(row));
    shown = Math.max(shown, last + 1);
    rows.forEach(({ element }, index) => (element.hidden = index >= shown));
    more.hidden = shown >= rows.length;
  }

  function figure(name, value) {
    const place = sum.querySelector(`[data-figure=${name}]`), words = number.format(value);
    if (place.textContent !== words) place.textContent = words;
  }

  function letter(names, days) {
    if (!carry) return;
    carry.querySelectorAll("[data-carried]").forEach((field) => field.remove());
    const sent = names.slice(0, TO_LETTER).map((name, index) => [`task_${index + 1}`, name]);
    for (const [name, value] of days ? [...sent, ["days", days]] : sent) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      field.dataset.carried = "";
      carry.append(field);
    }
    carry.hidden = !names.length;
    carry.querySelector("[data-when=more]").hidden = names.length <= TO_LETTER;
  }

  function add() {
    const tasks = [];
    let unread = false;
    for (const { task, hours, mark } of typed()) {
      const length = minutes(hours);
      unread ||= hours.trim() !== "" && !(length > 0 && length <= LONGEST_WEEK);
      if (task.trim() && hours.trim() && MARKS.includes(mark)) tasks.push({ task, length, mark });
    }
    const total = tasks.reduce((all, { length }) => all + length, 0);
    const away = tasks.filter(({ mark }) => MOVABLE.includes(mark));
    const movable = away.reduce((all, { length }) => all + length, 0);
    const aDay = minutes(day.value || usualDay);
    sum.hidden = unread || !total || total > LONGEST_WEEK || !(aDay >= DAY[0] && aDay <= DAY[1]);
    if (sum.hidden) return letter([], 0);
    const days = Math.min(Math.floor(movable / aDay), DAYS_A_WEEK);
    figure("days", days);
    figure("movable", movable / 60);
    figure("left_over", (movable - days * aDay) / 60);
    figure("total", total / 60);
    figure("share", Math.floor((200 * movable + total) / (2 * total)));
    sum.querySelector("[data-when=none]").hidden = days > 0;
    sum.querySelector("[data-when=some]").hidden = days === 0;
    letter(away.map(({ task }) => task.trim()), days);
  }

  function keep() {
    write(`${key}:tasks`, { day: day.value, rows: typed() });
    write("last", key);
  }

  /** Tasks that come back from the letter find their hours again, and the others stay. */
  function merged(carried, found) {
    const known = new Map(found.map((row) => [row.task.trim(), row]));
    const first = carried.filter((row) => !blank(row)).map((row) => known.get(row.task.trim()) ?? row);
    return [...first, ...found.filter((row) => !first.includes(row))].slice(0, rows.length);
  }

  function start() {
    const found = keptTable(key);
    if (form.dataset.typed === "carried") fill(merged(typed(), found?.rows ?? []));
    else if (!form.dataset.typed && found) {
      fill(found.rows);
      day.value = found.day || usualDay;
    }
    if (form.dataset.typed) keep();
    showRows();
    add();
    paper(key);
  }

  form.addEventListener("input", () => {
    add();
    keep();
    paper(key);
  });
  more.querySelector("button").addEventListener("click", () => {
    shown += 1;
    showRows();
    rows[shown - 1].fields.task.focus();
  });
  document.addEventListener(ERASED, () => {
    fill([]);
    day.value = usualDay;
    shown = SHOWN;
    showRows();
    add();
    paper(key);
  });
  window.addEventListener("pageshow", (event) => event.persisted && start());
  start();
}

/** The table that is printed, filled in as far as the device knows. */
function paper(key) {
  const found = keptTable(key)?.rows ?? [];
  for (const place of document.querySelectorAll("[data-task-paper]")) {
    [...place.tBodies[0].rows].forEach((row, index) => {
      const { task = "", hours = "", mark = "" } = found[index] ?? {};
      const marked = MARKS.includes(mark) ? place.dataset[mark] : "";
      [task, hours, marked].forEach((text, cell) => (row.cells[cell].textContent = text));
    });
  }
}

const form = document.querySelector("[data-task-table]"), sheet = document.querySelector("[data-task-paper]");
if (form) table(form);
else if (sheet) {
  paper(sheet.dataset.taskPaper);
  document.addEventListener(ERASED, () => paper(sheet.dataset.taskPaper));
}
