// The hub works without this file. It folds and unfolds what CSS alone cannot in older browsers.
const wide = window.matchMedia("(min-width: 62rem)");

/** In browsers without ::details-content, menu and filters must be opened on a wide screen, where their button is hidden. */
function unfoldOnWideScreens() {
  if (CSS.supports("selector(::details-content)")) return;
  for (const fold of document.querySelectorAll("[data-menu], [data-filters]")) fold.open = wide.matches;
}
unfoldOnWideScreens();
wide.addEventListener("change", unfoldOnWideScreens);

/** Escape closes the menu and gives the focus back to its button. */
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("[data-menu][open]");
  if (menu && !wide.matches) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/** A page that the browser kept comes back with its filters as they were sent, not as they were being changed. */
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("main form[method=get]")) form.reset();
});

/** Print every answer, not the folded ones only. */
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details")) fold.open = true;
});
