// Suggestions under one field, after the ARIA combobox pattern (list, manual selection).
import { createRanking, marked } from "./words.js";

const REST = 500; // ms without typing before the number of suggestions is read out

/** Make `input` a combobox over `items` ({id, text}); `onPick(item)` when one is chosen. */
export function createCombobox(input, items, status, onPick) {
  const rank = createRanking(items);
  const list = document.createElement("ul");
  let shown = [];
  let active = -1;
  let timer = 0;

  list.id = `${input.id}-lijst`;
  list.className = "combo-list";
  list.role = "listbox";
  list.ariaLabel = "Vragen die hierop lijken";
  list.hidden = true;
  input.parentElement.append(list);
  input.role = "combobox";
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function update() {
    const typed = input.value.trim();
    shown = typed.length < 2 ? [] : rank(typed);
    active = -1;
    list.replaceChildren(...shown.map((item, index) => option(item, index, typed)));
    open(shown.length > 0);
    clearTimeout(timer);
    timer = setTimeout(announce, REST);
  }

  function option(item, index, typed) {
    const element = document.createElement("li");
    element.id = `${list.id}-${index}`;
    element.role = "option";
    element.ariaSelected = "false";
    element.append(marked(item.text, typed));
    // The field must keep focus, or the list would close before the click arrives.
    element.addEventListener("mousedown", (event) => event.preventDefault());
    element.addEventListener("click", () => pick(index));
    return element;
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) place();
    else activate(-1);
  }

  /** Open on the side of the field where there is most room. */
  function place() {
    const box = input.getBoundingClientRect();
    const below = window.innerHeight - box.bottom;
    list.parentElement.classList.toggle("combo-below", below > list.offsetHeight + 16 || below > box.top);
  }

  function activate(index) {
    active = index;
    for (const [i, element] of [...list.children].entries()) {
      element.ariaSelected = String(i === index);
    }
    if (index < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index].scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    if (list.hidden) update();
    if (!shown.length) return;
    const places = shown.length + 1; // one place is the field itself
    activate(((active + 1 + step + places) % places) - 1);
  }

  function pick(index) {
    const item = shown[index];
    close();
    onPick(item);
  }

  function announce() {
    if (list.hidden) return;
    const count = shown.length === 1 ? "1 vraag lijkt" : `${shown.length} vragen lijken`;
    status.textContent = `${count} op wat je typt. Kies met de pijltjes.`;
  }

  function close() {
    clearTimeout(timer);
    status.textContent = "";
    shown = [];
    open(false);
  }

  input.addEventListener("input", update);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && active >= 0) pick(active);
    else return;
    event.preventDefault();
  });
  return { close };
}
