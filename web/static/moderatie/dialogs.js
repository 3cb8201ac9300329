// Native dialogs: Esc closes them, and focus goes back to what opened them.

export function prepareDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      const close = event.target.closest("[data-close]");
      if (!close) return;
      event.preventDefault();
      dialog.close();
    });
  }
}

/** Open a dialog, with this HTML in it when given. */
export function openDialog(dialog, html) {
  const opener = document.activeElement;
  if (html !== undefined) dialog.innerHTML = html;
  for (const element of dialog.querySelectorAll("[data-script]")) element.hidden = false;
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus(), { once: true });
  dialog.showModal();
  return dialog;
}
