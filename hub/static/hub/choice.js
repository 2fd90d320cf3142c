// Ticked cases stay ticked from page to page of the list: the choice goes into the address, the links and the filters'
// form as it is made. Without this file a button does it.
const form = document.querySelector("#choosing");
const filters = document.querySelector("#filters");
// Links that go on with the choice; on the map, those of places narrow the list and those of cases leave it.
const ONWARD = ".pagination a, a.chip, a.chip-clear, .empty a, .languages a, .map-list a[href*='?']";

/** What each "Remove" takes from the choice as the page came with it. */
const removing = [...document.querySelectorAll(".choice-remove")].map((link) => {
  const others = new URL(link.href).searchParams.getAll("case");
  return [link, new FormData(form).getAll("case").find((slug) => !others.includes(slug))];
});

function carrying(address, slugs) {
  const url = new URL(address);
  url.searchParams.delete("case");
  for (const slug of slugs) url.searchParams.append("case", slug);
  return url.href;
}

function carry() {
  const slugs = new FormData(form).getAll("case");
  for (const link of document.querySelectorAll(ONWARD)) link.href = carrying(link.href, slugs);
  for (const [link, slug] of removing) link.href = carrying(link.href, slugs.filter((each) => each !== slug));
  for (const field of filters.querySelectorAll("[name=case]")) field.remove();
  for (const slug of slugs) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "case", value: slug });
    filters.append(field);
  }
  history.replaceState(history.state, "", carrying(location.href, slugs));
}

/** A page that the browser shows again has the boxes of its address ticked. */
function tick() {
  const slugs = new URL(location.href).searchParams.getAll("case");
  for (const box of form.querySelectorAll("[type=checkbox]")) box.checked = slugs.includes(box.value);
  carry();
}

if (form && filters) {
  for (const button of form.querySelectorAll("[name=keep]")) button.hidden = true;
  form.addEventListener("change", carry);
  window.addEventListener("pageshow", (event) => event.persisted && tick());
}
