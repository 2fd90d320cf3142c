// Texts to copy stand in a field that anybody can select; where the browser allows it, a button does it at once.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const text = document.getElementById(button.dataset.copy);
  const status = button.parentElement.querySelector("[data-copy-status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = button.dataset.copied;
    } catch {
      // The browser does not allow it: the text is marked instead, ready for the keyboard.
      text.focus();
      text.select();
    }
  });
}
