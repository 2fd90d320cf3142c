// The letter builder works without this file. It keeps the draft in step with what is typed, copies and prints.
const PAUSE = 700;
const form = document.querySelector("form[data-letter]");
const fold = document.querySelector("[data-preview]");
const wide = window.matchMedia("(min-width: 68rem)");

/** Whether the draft can be seen: on a wide screen always, elsewhere when it is unfolded. */
const seen = () => fold.open || wide.matches;

if (form && fold) {
  const sheet = fold.querySelector("[data-preview-sheet]");
  const status = document.querySelector("[data-preview-status]");
  let timer = 0;
  let asking = null;
  let stale = false;

  /** One polite sentence a pause, and only when the draft did change. */
  const say = () => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = fold.dataset.said; });
  };

  const refresh = async () => {
    if (!seen()) { stale = true; return; }
    stale = false;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(window.location.pathname, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { "X-Fragment": "preview" },
        cache: "no-store",
        signal: asking.signal,
      });
      if (!answer.ok) return;
      const draft = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      if (draft.textContent === sheet.textContent) return;
      sheet.replaceChildren(...draft.childNodes);
      say();
    } catch (error) {
      // Out of reach or overtaken by the next key: the draft stays as it was until the next change or step.
      if (error.name !== "AbortError") stale = true;
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  fold.addEventListener("toggle", () => { if (fold.open && stale) refresh(); });

  /** In browsers without ::details-content the draft must be opened where its button is hidden. */
  const unfold = () => {
    if (!CSS.supports("selector(::details-content)") && wide.matches) fold.open = true;
    if (stale) refresh();
  };
  unfold();
  wide.addEventListener("change", unfold);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
