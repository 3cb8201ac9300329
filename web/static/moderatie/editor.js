// The chosen card and its answers: pick, type, keep the draft, copy.
import { copyText } from "./copy.js";

const REST = 500; // ms without typing before a draft is sent
const STAY = 40000; // ms of work after which a claim is made to last

/** `doing` holds act(name, fields) and announce(text). */
export function createEditor(card, answers, webinar, doing) {
  let timer = 0;
  let touched = Date.now();
  const form = () => card.querySelector("#kaart-form");
  const field = () => card.querySelector("#antw");
  const entry = () => form()?.elements.entry_id;
  const draftName = (id) => `vraagwijzer.concept.${webinar}.${id}`;
  const number = (name) => Number(form()?.dataset[name]) || null;
  let dirty = false;

  function put(found) {
    clearTimeout(timer);
    card.innerHTML = found.card;
    answers.innerHTML = found.suggestions;
    start();
  }

  /** Bring back what was typed and not yet saved, here or before a crash. */
  function start() {
    dirty = false;
    const text = field();
    if (!text) return;
    const kept = localStorage.getItem(draftName(number("card")));
    if (kept !== null && kept !== text.value) {
      text.value = kept;
      changed();
    }
    count();
  }

  function changed() {
    dirty = true;
    try {
      localStorage.setItem(draftName(number("card")), field().value);
    } catch {
      // Storage is full or closed: the draft is still sent to the server.
    }
    clearTimeout(timer);
    timer = setTimeout(flush, REST);
    count();
  }

  /** Send the draft now. */
  function flush() {
    clearTimeout(timer);
    if (!dirty || !field()) return;
    dirty = false;
    doing.act("draft", { text: field().value, entry_id: entry().value });
    say("Bezig met bewaren");
  }

  function saved(result, item) {
    if (localStorage.getItem(draftName(item.card)) === item.fields.text) forget(item.card);
    if (form() === null || number("card") !== result.id) return;
    const fresh = document.createElement("div");
    fresh.innerHTML = result.card;
    Object.assign(form().dataset, fresh.querySelector("#kaart-form").dataset);
    form().elements.version.value = result.version;
    const top = fresh.querySelector(".card-top");
    if (top && !card.querySelector(".card-top").contains(document.activeElement)) card.querySelector(".card-top").replaceWith(top);
    card.dispatchEvent(new CustomEvent("bewaard"));
    if (!dirty) say(fresh.querySelector("[data-saved]")?.textContent ?? "");
  }

  function say(text) {
    const place = card.querySelector("[data-saved]");
    if (place) place.textContent = text;
  }

  function forget(id) {
    localStorage.removeItem(draftName(id));
  }

  function count() {
    const place = card.querySelector("[data-length]");
    if (place && field()) place.textContent = `${field().value.length} tekens`;
  }

  /** Take the answer of a suggestion over. */
  function pick(index) {
    const chosen = answers.querySelectorAll("[data-entry]")[index];
    if (!chosen || !field() || !chosen.querySelector("button")) return;
    field().value = chosen.querySelector(".sugg-text").textContent;
    entry().value = chosen.dataset.entry;
    for (const other of answers.querySelectorAll("[data-entry]")) {
      const is = other === chosen;
      other.classList.toggle("is-picked", is);
      other.querySelector("button").setAttribute("aria-pressed", String(is));
      other.querySelector("[data-picked]").hidden = !is;
      other.querySelector("[data-unpicked]").hidden = is;
    }
    changed();
    flush();
  }

  function answer() {
    const text = field();
    if (!text) return card.querySelector("[data-again]")?.click();
    if (!text.value.trim()) {
      doing.announce("Het antwoord is nog leeg.");
      text.focus();
      return;
    }
    copyText(text.value);
    send("answer");
  }

  /** Do an action that takes the text along. */
  function send(name, more = {}) {
    clearTimeout(timer);
    dirty = false;
    doing.act(name, { text: field()?.value ?? "", entry_id: entry()?.value ?? "", ...more });
  }

  function insert(text) {
    const place = field();
    if (!place) return;
    place.setRangeText(text, place.selectionStart, place.selectionEnd, "end");
    place.focus();
    changed();
  }

  /** Put both texts of a conflict in the field, to be made one by hand. */
  function merge() {
    const mine = card.querySelector("[data-mine-text]").value;
    const theirs = card.querySelector("[data-theirs-text]").value;
    const id = number("card");
    localStorage.setItem(draftName(id), `${mine}\n\n${theirs}`);
    const isAnswered = form().dataset.state === "beantwoord";
    if (isAnswered) doing.act("reopen");
    else card.dispatchEvent(new CustomEvent("samen", { detail: id }));
  }

  async function keepingPlace(change) {
    const inText = document.activeElement === field();
    const range = inText ? [field().selectionStart, field().selectionEnd] : null;
    const action = card.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    await change();
    if (range && field()) {
      field().focus();
      field().setSelectionRange(...range);
    } else if (action) card.querySelector(`[data-action="${action}"]`)?.focus();
  }

  /** Count a claim of somebody else down, and keep one's own while there is work on it. */
  function tick() {
    const until = Number(form()?.dataset.until) || 0;
    const place = card.querySelector("[data-countdown]");
    if (place) place.textContent = `over ${Math.max(0, Math.round(until - Date.now() / 1000))} seconden`;
    if (form()?.dataset.mine !== "ja" || Date.now() - touched < STAY || Date.now() - worked > STAY) return;
    touched = Date.now();
    doing.act("touch");
  }

  let worked = Date.now();
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => { worked = Date.now(); }, true);
  card.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    changed();
    const before = field().value.slice(0, field().selectionStart);
    if (!before.endsWith("::")) return;
    field().setRangeText("", before.length - 2, before.length, "end");
    card.dispatchEvent(new CustomEvent("vaste-tekst"));
  });
  card.addEventListener("submit", (event) => event.target === form() && submit(event));
  card.addEventListener("click", (event) => {
    if (event.target.closest("[data-copy]")) {
      copyText(card.querySelector("[data-answer]").textContent);
      doing.announce("Gekopieerd.");
    } else if (event.target.closest("[data-merge]")) merge();
  });
  window.addEventListener("pagehide", flush);

  function submit(event) {
    event.preventDefault();
    const [name, id] = (event.submitter?.value ?? "").split(":");
    if (name === "pick") return pick([...answers.querySelectorAll("[data-entry]")].findIndex((other) => other.dataset.entry === id));
    if (name === "again") copyText(card.querySelector("[data-answer]")?.textContent ?? "");
    else if (event.submitter?.dataset.action === "answer") return answer();
    const fields = Object.fromEntries(["confirm", "question", "of"].map((key) => [key, form().elements[key]?.value]).filter(([, value]) => value));
    const wordings = [...form().querySelectorAll("[name=wording]:checked, [name=wording][type=hidden]")].map((box) => box.value);
    if (wordings.length) fields.wording = wordings.join(",");
    const mine = card.querySelector("[data-mine-text]");
    if (mine) return send(name, { ...fields, text: mine.value });
    if (name !== "claim") flush();
    if (["live", "later"].includes(name)) return send(name, fields);
    doing.act(name, fields);
  }

  return {
    put,
    start,
    flush,
    saved,
    forget,
    pick,
    answer,
    insert,
    tick,
    keepingPlace,
    focusText: () => (card.querySelector("[data-merge]") ? merge() : field()?.focus()),
    get card() { return number("card"); },
    get version() { return number("version"); },
    get stamp() { return form()?.dataset.stamp; },
    get isDirty() { return dirty; },
  };
}
