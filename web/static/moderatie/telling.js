// Tells what happened: to a screen reader at most once in five seconds, and in a toast.

const QUIET = 5000; // ms between two announcements
const SHOWN = 10000; // ms that a toast stays

/** Give a function that announces a text in `region`; what comes too soon waits, the latest wins. */
export function createAnnouncer(region) {
  let last = 0;
  let timer = 0;
  let next = "";

  function speak() {
    last = Date.now();
    timer = 0;
    region.textContent = next;
  }

  return (text) => {
    next = text;
    if (!timer) timer = setTimeout(speak, Math.max(0, last + QUIET - Date.now()));
  };
}

/** Give a function that shows a toast; `place` holds one at a time, made from `template`. */
export function createToasts(place, template, prepare) {
  let timer = 0;

  function hideLater(toast) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) hideLater(toast);
      else toast.remove();
    }, SHOWN);
  }

  return (text, onUndo) => {
    const toast = template.content.cloneNode(true).firstElementChild;
    toast.querySelector("[data-text]").textContent = text;
    const button = toast.querySelector("button");
    if (onUndo) button.addEventListener("click", () => { toast.remove(); onUndo(); });
    else button.remove();
    prepare(toast);
    place.replaceChildren(toast);
    hideLater(toast);
  };
}
