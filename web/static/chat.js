// Answers without a reload. Without this script every form here posts and gets a whole page.
import { createCombobox } from "./combobox.js";

const SLOW = 1000; // ms before "Vraagwijzer zoekt" appears
const TIMEOUT = 20000; // ms before we say that it went wrong
const NEAR_LIMIT = 100; // characters before the limit at which the counter appears

const byId = (id) => document.getElementById(id);
const composer = byId("vraag-formulier");
const button = byId("vraag-knop");
const counter = byId("vraag-teller");
const status = byId("vraag-status");
const maximum = Number(counter.dataset.max);
let field = byId("vraag");
let busy = false;

const items = [...byId("suggesties").content.querySelectorAll("li")].map((item) => ({
  id: item.dataset.id,
  text: item.textContent,
}));
let suggestions = suggest();

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-ask]")) return;
  event.preventDefault();
  if (busy) return;
  const body = new URLSearchParams(new FormData(event.target));
  if (event.submitter?.name) body.append(event.submitter.name, event.submitter.value);
  if (event.target === composer && hasProblem(field.value)) return;
  send(body, event.target);
});

function suggest() {
  if (field.localName !== "input") return null; // a long text needs no suggestions
  return createCombobox(field, items, status, (item) => {
    field.value = item.text;
    const body = new URLSearchParams(new FormData(composer));
    body.set("action", `pick:${item.id}`);
    send(body, composer);
  });
}

async function send(body, form) {
  suggestions?.close();
  setBusy(true);
  const waiting = setTimeout(() => showWaiting(body), SLOW);
  try {
    const response = await fetch("/", {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch" },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok && ![422, 429].includes(response.status)) throw new Error(response.status);
    clearTimeout(waiting);
    hideWaiting();
    setBusy(false);
    show(new DOMParser().parseFromString(await response.text(), "text/html"), form);
  } catch {
    clearTimeout(waiting);
    hideWaiting();
    setBusy(false);
    byId("storing-plaats").replaceChildren(byId("storing").content.cloneNode(true));
    if (form === composer) field.focus();
  }
}

/** Put what came back in its place: a new turn, a follow-up, a notice or an error. */
function show(received, form) {
  const conversation = received.querySelector("[name=conversation]");
  for (const input of document.querySelectorAll("[name=conversation]")) {
    input.value = conversation.value;
  }
  const error = received.querySelector(".error");
  showError(error);
  byId("storing-plaats").replaceChildren(...received.querySelectorAll(".notice:not(.answer .notice)"));
  if (error) return;
  const turn = received.querySelector(".turn");
  if (turn) showTurn(turn, form);
  const follow = received.querySelector(".follow:not(.turn .follow)");
  if (follow) showFollow(follow);
}

function showTurn(turn, form) {
  const isFirst = document.querySelector("[data-start]") !== null;
  if (isFirst) leaveStart();
  byId("gesprek").append(turn);
  if (form === composer || isFirst) {
    emptyField();
    field.focus({ preventScroll: true });
  }
  turn.scrollIntoView({ block: "start" });
}

function showFollow(follow) {
  byId(follow.id).replaceWith(follow);
  follow.focus({ preventScroll: true });
  follow.scrollIntoView({ block: "nearest" });
}

/** Turn the start page into the page of a conversation. */
function leaveStart() {
  for (const element of document.querySelectorAll("[data-start]")) element.remove();
  const started = document.querySelector("[data-started]");
  const heading = document.createElement("h1");
  heading.className = "visually-hidden";
  heading.textContent = document.title.split(" - ")[0];
  started.prepend(heading);
  started.hidden = false;
  composer.classList.add("composer-sticky");
}

function showError(error) {
  byId("vraag-melding").replaceChildren(...(error ? [error] : []));
  if (error) {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "vraag-fout vraag-hulp");
    field.focus();
  } else {
    field.removeAttribute("aria-invalid");
    field.setAttribute("aria-describedby", "vraag-hulp");
  }
}

/** Say what the server would say of an empty or a long text; a long one gets a larger field. */
function hasProblem(text) {
  const length = [...text.trim()].length;
  if (length > 0 && length <= maximum) return false;
  const error = byId(length ? "te-lang" : "leeg").content.firstElementChild.cloneNode(true);
  if (length) {
    error.querySelector("b").textContent = length;
    replaceField("textarea");
    count();
  }
  showError(error);
  return true;
}

function emptyField() {
  if (field.localName === "textarea") replaceField("input");
  field.value = "";
  count();
}

function replaceField(name) {
  if (field.localName === name) return;
  const fresh = document.createElement(name);
  for (const attribute of ["id", "name", "class", "aria-describedby", "autocomplete"]) {
    if (field.hasAttribute(attribute)) fresh.setAttribute(attribute, field.getAttribute(attribute));
  }
  if (name === "textarea") fresh.rows = 4;
  fresh.value = field.value;
  byId("vraag-lijst")?.remove();
  field.replaceWith(fresh);
  field = fresh;
  suggestions = suggest();
  field.addEventListener("input", count);
}

function count() {
  const length = [...field.value.trim()].length;
  const isNear = length > maximum - NEAR_LIMIT;
  counter.textContent = isNear ? `${length} van ${maximum} tekens` : "";
  counter.classList.toggle("is-over", length > maximum);
}

/** Read-only and aria-disabled, never disabled: focus must not be lost. */
function setBusy(isBusy) {
  busy = isBusy;
  field.readOnly = isBusy;
  button.setAttribute("aria-disabled", String(isBusy));
}

function showWaiting(body) {
  const asked = body.get("action") ? "" : body.get("question");
  byId("bezig-vraag").textContent = asked;
  byId("bezig").querySelector(".asked").hidden = !asked;
  byId("bezig").hidden = false;
  byId("bezig").scrollIntoView({ block: "nearest" });
  status.textContent = "Vraagwijzer zoekt het antwoord.";
}

function hideWaiting() {
  byId("bezig").hidden = true;
  status.textContent = "";
}

document.addEventListener("personal", () => suggestions?.close());
field.addEventListener("input", count);
count();
