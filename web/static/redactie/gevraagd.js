// Keys of the page of asked questions. Without this script every link and button works by itself.

import { openDialog, prepareDialogs } from "../moderatie/dialogs.js";
import { createKeys } from "../moderatie/keys.js";

document.documentElement.classList.add("has-script");
const overlay = document.querySelector("#toetsen");
const find = (name) => document.querySelector(`main [data-action="${name}"]`);
for (const element of document.querySelectorAll("main [data-script]")) element.hidden = false;

/** Press a link or button, when the page has it. */
const press = (name) => () => {
  const found = find(name);
  if (!found) return false;
  found.click();
  return true;
};

/** Open a part of the form and go to its first field that is still empty. */
const open = (id) => () => {
  const part = document.getElementById(id);
  if (!part) return false;
  part.open = true;
  const fields = [...part.querySelectorAll("input, textarea")];
  (fields.find((field) => !field.value) ?? fields[0]).focus();
  return true;
};

function pick(name) {
  const radio = find(name);
  if (!radio) return false;
  radio.checked = true;
  radio.focus();
  return true;
}

function leave(event) {
  if (!event.target.matches("input, textarea, select")) return false;
  event.target.blur();
  document.querySelector("#groep")?.focus();
  return true;
}

prepareDialogs();
createKeys(overlay, {
  next: press("next"),
  previous: press("previous"),
  pick1: () => pick("pick1"),
  pick2: () => pick("pick2"),
  pick3: () => pick("pick3"),
  phrasing: press("phrasing"),
  entry: open("nieuwe-vraag"),
  gap: open("nieuw-gat"),
  outside: press("outside"),
  aside: press("aside"),
  undo: press("undo"),
  help: () => openDialog(overlay),
  leave,
});
find("help")?.addEventListener("click", () => openDialog(overlay));
