// The console: choose a card, choose an answer, copy it. Without this script every part of the
// page posts a form and gets a whole page; the same parts come from the same templates here.
import { openDialog, prepareDialogs } from "./dialogs.js";
import { createEditor } from "./editor.js";
import { createKeys, stored } from "./keys.js";
import { createLive } from "./live.js";
import { createOutbox } from "./outbox.js";
import { createQueue } from "./queue.js";
import { createAnnouncer, createToasts } from "./telling.js";

const CLOSES = new Set(["answer", "live", "later", "again", "speaker", "aside", "reject", "noise", "duplicate"]);
const TURNS = new Set(["first", "earlier", "later-turn"]); // the order of the speaker's list
const GO_ON = "vraagwijzer.doorgaan";
const LOOK = ["toon", "zoek", "volgorde", "kaart"]; // parts of the address that say what is looked at
const DAY = 24 * 3600 * 1000; // ms after which a webinar opens at its first question again
const byId = (id) => document.getElementById(id);
const root = document.querySelector("[data-console]");
const base = root.dataset.base;
const webinar = base.split("/").at(-1);
const PLACE = `vraagwijzer.plaats.${webinar}.${root.dataset.actor}`;
const announce = createAnnouncer(byId("melder"));
const look = new URLSearchParams(location.search);
const closing = new Set(); // cards with an action under way that finishes them
let loading = null;
let isReady = true;
let connection = true;
let inWait = 0;
let noNetwork = false;

document.documentElement.classList.add("has-script");
const queue = createQueue(byId("wachtrij"), Number(root.dataset.sequence), announce);
const editor = createEditor(byId("kaart"), byId("antwoorden"), webinar, { act, announce });
const outbox = createOutbox(`vraagwijzer.acties.${webinar}.${root.dataset.actor}`, {
  token: () => root.dataset.token,
  done,
  conflict,
  refused: (item, text) => {
    closing.delete(item.card);
    toast(text);
  },
  signedOut,
  waiting: showWaiting,
});
const handlers = {
  next: () => step(1),
  previous: () => step(-1),
  pick1: () => editor.pick(0),
  pick2: () => editor.pick(1),
  pick3: () => editor.pick(2),
  none: () => press("none"),
  answer: () => editor.answer(),
  edit: () => editor.focusText(),
  canned: () => canned(),
  claim: () => press("claim"),
  takeover: () => press("takeover"),
  split: () => split(),
  speaker: () => press("speaker"),
  earlier: () => press("earlier"),
  "later-turn": () => press("later-turn"),
  live: () => press("live"),
  duplicate: () => press("duplicate"),
  aside: () => press("aside"),
  noise: () => press("noise"),
  show: () => showNew(),
  undo: () => undo(),
  filter: () => turn("[data-filter]"),
  hidden: () => lookAt(root.querySelector(`[data-filter="${look.get("toon") === "ruis" ? "open" : "ruis"}"]`).href),
  order: () => turn("[data-order]"),
  search: () => byId("zoek").focus(),
  help: () => openDialog(byId("toetsen")),
  leave: (event) => leave(event),
};
// While a card is on its way, keys would land on the one before it; these have nothing to do with it.
const FREE = new Set(["next", "previous", "help", "search", "undo", "filter", "hidden", "order"]);
const guarded = Object.fromEntries(
  Object.entries(handlers).map(([name, run]) => [name, (event) => (isReady || FREE.has(name) ? run(event) : undefined)]),
);
const keys = createKeys(byId("toetsen"), guarded);
const toast = createToasts(byId("toast-plaats"), byId("toast"), (element) => {
  keys.apply(element);
  announce(element.querySelector("[data-text]").textContent);
});

prepareDialogs();
prepare(document);
editor.start();
queue.restore();
outbox.start();
createLive(base, Number(root.dataset.sequence), { news, state: (is) => { connection = is; showWaiting(); }, signedOut });

resume();

const goOn = byId("doorgaan");
goOn.checked = stored(GO_ON, true);
goOn.addEventListener("change", () => localStorage.setItem(GO_ON, JSON.stringify(goOn.checked)));

// ---- Choosing ----
function step(by) {
  const id = queue.neighbour(queue.current ?? editor.card, by);
  if (id) select(id, true);
}

async function select(id, takeFocus) {
  editor.flush();
  isReady = false;
  queue.choose(id, takeFocus);
  look.set("kaart", id);
  remember();
  const found = await get(`${base}/kaart/${id}?${look}`);
  if (found && found.card_id === Number(id)) put(found);
  else if (!found && isReady && editor.card) {
    // It did not come: the list must not point at another card than the one that is shown.
    look.set("kaart", editor.card);
    queue.choose(editor.card, takeFocus);
  }
}

/** Choose a card by pointer; where the card stands below the list, go there. */
async function open(id) {
  await select(id, true);
  if (window.matchMedia("(max-width: 56rem)").matches) byId("h-k")?.focus();
}

async function get(address) {
  loading?.abort();
  const mine = (loading = new AbortController());
  try {
    const response = await fetch(address, { headers: { "X-Requested-With": "fetch" }, signal: mine.signal });
    if (response.status === 401) signedOut();
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } catch (error) {
    if (error.name !== "AbortError") toast("De vraag is niet op te halen. Kijk of je verbinding hebt.");
    return null;
  } finally {
    if (mine === loading) isReady = true;
  }
}

function put(found) {
  editor.put(found);
  prepare(byId("kaart"));
  prepare(byId("antwoorden"));
}

/** Show what only works with script, and the keys in use. */
function prepare(part) {
  for (const element of part.querySelectorAll("[data-script]")) element.hidden = false;
  keys.apply(part);
}

// ---- Acting ----
/** Press the button of an action, where the card has one. */
function press(name) {
  const button = root.querySelector(`#kaart [data-action="${name}"], #antwoorden [data-action="${name}"]`);
  button?.click();
}

function act(name, fields = {}) {
  const card = editor.card;
  if (closing.has(card)) return name === "touch" ? undefined : toast("Deze vraag is al afgerond. De actie wacht op verbinding.");
  outbox.add({
    path: `${base}/kaart/${card}`,
    card,
    version: editor.version,
    fields: { ...Object.fromEntries(look), action: name, ...fields },
  });
  if (CLOSES.has(name)) {
    closing.add(card);
    queue.mark(card);
    goToNext(card);
  }
}

function goToNext(card) {
  const id = goOn.checked ? queue.nextOpen(card) : null;
  if (id) select(id, true);
  else queue.focus(card);
}

function done(item, result) {
  if (result.row) queue.update(result);
  showCounts(result.counts);
  const name = item.fields.action;
  closing.delete(item.card);
  if (name === "touch") return;
  if (name === "draft") return editor.saved(result, item);
  if (item.path.endsWith("/ongedaan")) {
    loading?.abort(); // the card that comes back is the one to look at
    isReady = true;
    queue.choose(result.id, true);
    put(result);
  } else if (editor.card === result.id) {
    if (!CLOSES.has(name)) put(result);
    else if (isReady) {
      put(result);
      goToNext(result.id);
    }
  } else {
    editor.forget(item.card);
  }
  if (name === "answer") editor.forget(item.card);
  if (result.changed?.length && (!TURNS.has(name) || look.get("toon") === "spreker")) refresh();
  const said = name === "answer" ? `Gekopieerd. ${result.said}` : result.said;
  if (said) toast(said, result.event && name !== "undo" ? () => undo(result.event) : null);
}

/** Somebody else was first: show both versions, on their card. */
function conflict(item, result) {
  closing.delete(item.card);
  if (!result.card) return toast("Iemand anders was je voor. Laad de pagina opnieuw.");
  queue.update(result);
  queue.choose(result.id, false);
  put(result);
  byId("h-k")?.focus();
}

function undo(sequence) {
  editor.flush();
  outbox.add({ path: `${base}/ongedaan`, card: null, fields: { action: "undo", ...(sequence && { sequence }) } });
}

function split() {
  const details = root.querySelector("[data-split]");
  if (!details) return;
  details.open = true;
  details.querySelector("input").focus();
}

function leave(event) {
  if (!event.target.matches("textarea, input")) return false;
  editor.flush();
  if (editor.card) queue.focus(editor.card);
  else event.target.blur();
}

async function canned() {
  const response = await fetch("/moderatie/vaste-teksten", { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!response?.ok) return toast("De vaste teksten zijn niet op te halen.");
  openDialog(byId("venster"), await response.text());
}

// ---- What others do ----
function news(found) {
  for (const card of found.cards) queue.update(card);
  showCounts(found.counts);
  byId("aanwezig").textContent = found.present;
  const mine = found.cards.find((card) => card.id === editor.card);
  if (mine && mine.stamp !== editor.stamp && !editor.isDirty && !outbox.holds(editor.card)) reload(mine.id);
}

/** Show a card again that somebody else changed; focus and cursor stay where they are. */
async function reload(id) {
  const response = await fetch(`${base}/kaart/${id}?${look}`, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!response?.ok || editor.card !== id || editor.isDirty) return;
  editor.keepingPlace(async () => put(await response.json()));
}

async function showNew() {
  if (!queue.waiting) return;
  await refresh();
  announce("De nieuwe vragen staan in de lijst.");
}

/** Show the queue as it is now; the chosen card stays chosen and keeps the focus. */
async function refresh() {
  const found = await get(`${base}?${look}`);
  if (found) queue.put(found, editor.card);
  if (found && !editor.card && found.card_id) put(found);
}

async function lookAt(address) {
  const url = new URL(address, location.href);
  editor.flush();
  for (const name of LOOK) look.delete(name);
  for (const [name, value] of url.searchParams) look.set(name, value);
  remember();
  const found = await get(`${base}?${look}`);
  if (!found) return;
  queue.put(found, found.card_id);
  put(found);
  if (url.searchParams.has("kaart")) queue.show(found.card_id);
}

/** Choose the next of a row of links, and after the last one the first. */
function turn(links) {
  const all = [...root.querySelectorAll(links)].filter((link) => link.offsetParent);
  const at = all.findIndex((link) => link.hasAttribute("aria-current"));
  if (all.length) lookAt(all[(at + 1) % all.length].href);
}

/** Keep what is looked at: in the address for a reload, in storage for a tab that was closed. */
function remember() {
  history.replaceState(null, "", `?${look}`);
  try {
    localStorage.setItem(PLACE, JSON.stringify({ look: look.toString(), at: Date.now() }));
  } catch {
    // Storage is full or closed: a reload still finds its place.
  }
}

/** Go on where this moderator was in this webinar, when the page was opened without saying where. */
function resume() {
  const kept = stored(PLACE, null);
  if (!LOOK.some((name) => look.has(name)) && kept?.look && Date.now() - kept.at < DAY) lookAt(`?${kept.look}`);
}

// ---- What the page shows of it ----
function showWaiting(number = inWait, isOffline = noNetwork) {
  inWait = number;
  noNetwork = isOffline;
  const lost = noNetwork || !connection;
  root.querySelector("[data-live]").hidden = lost;
  root.querySelector("[data-offline]").hidden = !lost;
  const text = inWait === 1 ? "1 actie wacht." : `${inWait} acties wachten.`;
  root.querySelector("[data-waiting]").textContent = lost && inWait ? `${text} We sturen ze zodra het kan.` : "";
}

function showCounts(counts) {
  for (const [name, number] of Object.entries(counts ?? {})) {
    const shown = root.querySelector(`[data-filter="${name}"] b`);
    if (!shown) continue;
    shown.textContent = number;
    shown.closest("a").dataset.some = number ? "ja" : "nee";
  }
}

function signedOut(status) {
  toast(status === 404 ? "Dit webinar is verwijderd." : "Je bent afgemeld. Laad de pagina opnieuw en meld je aan. Wat je deed, staat nog klaar.");
}

// ---- Clicks and forms ----
root.addEventListener("click", (event) => {
  const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const link = event.target.closest("a");
  const button = event.target.closest("button");
  if (link && plain) {
    const row = link.closest("li[data-card]");
    if (row) { event.preventDefault(); open(Number(row.dataset.card)); }
    else if (link.dataset.filter || link.dataset.order || link.closest(".empty a[href*='toon=']")) { event.preventDefault(); lookAt(link.href); }
    else if (link.dataset.go) { event.preventDefault(); editor.forget(Number(link.dataset.go)); select(Number(link.dataset.go), true); }
    else if (link.dataset.action === "duplicate") { event.preventDefault(); chooseDuplicate(link.href); }
  } else if (button?.dataset.action === "show") showNew();
  else if (button?.dataset.action === "help") openDialog(byId("toetsen"));
});

root.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[role=search]")) {
    event.preventDefault();
    lookAt(`?${new URLSearchParams(new FormData(form))}`);
  } else if (form.dataset.act) {
    event.preventDefault();
    const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => name === "of"));
    form.closest("dialog").close();
    act(form.dataset.act, fields);
  }
});

async function chooseDuplicate(address) {
  const response = await fetch(address, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!response?.ok) return toast("De vragen zijn niet op te halen.");
  const dialog = openDialog(byId("venster"), await response.text());
  const search = dialog.querySelector("#dubbel-zoek");
  search?.addEventListener("input", () => {
    for (const choice of dialog.querySelectorAll(".pick-list label")) {
      choice.hidden = !choice.textContent.toLowerCase().includes(search.value.trim().toLowerCase());
    }
  });
  search?.focus();
}

byId("venster").addEventListener("click", (event) => {
  const button = event.target.closest("[data-canned]");
  if (!button) return;
  byId("venster").close();
  editor.insert(button.querySelector("[data-text]").textContent);
});
byId("kaart").addEventListener("vaste-tekst", canned);
byId("kaart").addEventListener("bewaard", () => prepare(byId("kaart")));
byId("kaart").addEventListener("samen", (event) => select(event.detail, false));
setInterval(() => editor.tick(), 1000);
