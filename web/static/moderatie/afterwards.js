// The page with draft entries: keys, and dragging as another way to do what its buttons do.
import { openDialog, prepareDialogs } from "./dialogs.js";
import { createKeys } from "./keys.js";

const form = document.getElementById("concepten");
const root = document.querySelector("[data-afterwards]");
const overlay = document.getElementById("toetsen");
const groups = () => [...root.querySelectorAll("[data-group]")];
const box = (group) => group.querySelector("[name=group]");
const press = (name) => root.querySelector(`button[data-action="${name}"]`)?.click();
const current = () => document.activeElement?.closest?.("[data-group]");
let dragged = null;

function step(by) {
  const all = groups();
  const at = all.indexOf(current());
  const next = all[at < 0 ? 0 : at + by];
  if (!next) return;
  box(next).focus();
  next.scrollIntoView({ block: "nearest" });
}

function edit() {
  const details = current()?.querySelector("[data-edit]");
  if (!details) return;
  details.open = true;
  details.querySelector("input").focus();
}

document.documentElement.classList.add("has-script");
prepareDialogs();
for (const element of root.querySelectorAll("[data-script]")) element.hidden = false;
const keys = createKeys(overlay, {
  next: () => step(1),
  previous: () => step(-1),
  choose: () => { const group = current(); if (group) box(group).click(); },
  edit,
  merge: () => press("merge"),
  move: () => press("move"),
  undo: () => press("undo"),
  help: () => openDialog(overlay),
});
keys.apply(root);
root.querySelector('[data-action="help"]')?.addEventListener("click", () => openDialog(overlay));

// ---- Dragging: it checks the boxes that a keyboard would check, and presses the same button ----
function only(selector) {
  for (const other of form.querySelectorAll("[name=group], [name^=wording-]")) other.checked = false;
  for (const chosen of form.querySelectorAll(selector)) chosen.checked = true;
}

for (const element of form?.querySelectorAll("[data-group], [data-wording]") ?? []) element.draggable = true;
form?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("[data-wording]") ?? event.target.closest("[data-group]");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
});
form?.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});
form?.addEventListener("dragover", (event) => {
  const target = event.target.closest("[data-group]");
  const isElsewhere = dragged && target && target !== dragged.closest("[data-group]");
  mark(isElsewhere ? target : null);
  if (isElsewhere) event.preventDefault();
});
form?.addEventListener("drop", (event) => {
  const target = event.target.closest("[data-group]");
  if (!dragged || !target) return;
  event.preventDefault();
  const to = `[name=group][value="${target.dataset.group}"]`;
  if (dragged.dataset.wording) {
    only(to);
    dragged.querySelector("input").checked = true;
    press("move");
  } else {
    only(`${to}, [name=group][value="${dragged.dataset.group}"]`);
    press("merge");
  }
});

function mark(target) {
  for (const other of groups()) other.classList.toggle("is-target", other === target);
}
