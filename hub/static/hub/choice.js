// Ticked cases stay ticked from page to page of the list: the choice goes into the address, the links and the filters'
// form as it is made. Without this file a button does it.
const form = document.querySelector("#choosing");
const filters = document.querySelector("#filters");

function carrying(address, slugs) {
  const url = new URL(address);
  url.searchParams.delete("case");
  for (const slug of slugs) url.searchParams.append("case", slug);
  return url.href;
}

function carry() {
  const slugs = new FormData(form).getAll("case");
  for (const link of document.querySelectorAll(".pagination a, a.chip, a.chip-clear, .empty a")) {
    link.href = carrying(link.href, slugs);
  }
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
