// The calculator works without this file: its button sends the form. Here the result follows what is typed.
const form = document.querySelector("[data-savings]");
const result = document.querySelector("[data-savings-result]");
const status = document.querySelector("[data-savings-status]");
const PAUSE = 500;
let timer;
let asking;

/** Ask the page itself for the result alone. Only the last answer counts; without one the button is still there. */
async function update() {
  asking?.abort();
  asking = new AbortController();
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      headers: { "X-Fragment": "result" },
      cache: "no-store",
      signal: asking.signal,
    });
    if (response.ok) show(await response.text());
  } catch {
    // Offline, or overtaken by a newer question: the old figures stay dimmed until the form is sent.
  }
}

function show(html) {
  const open = new Set([...result.querySelectorAll("details[open]")].map((fold) => fold.className));
  const focused = result.contains(document.activeElement) ? document.activeElement.id : "";
  result.innerHTML = html;
  for (const fold of result.querySelectorAll("details")) fold.open = open.has(fold.className);
  if (focused) document.getElementById(focused)?.focus();
  delete result.dataset.stale;
  const summary = result.querySelector("[data-summary]")?.dataset.summary ?? "";
  if (status.textContent !== summary) status.textContent = summary;
}

form?.addEventListener("input", () => {
  result.dataset.stale = "";
  clearTimeout(timer);
  timer = setTimeout(update, PAUSE);
});
form?.addEventListener("submit", () => clearTimeout(timer));

// Answers that came along from the letter, or that the browser kept, are worked out at once.
if (form?.elements.commute_km.value && form.elements.commute_minutes.value && !result.querySelector("[data-summary]")) update();
