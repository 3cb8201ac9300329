// Sends actions one after the other, in order, each once: every action has a key of its own, and
// waits in the browser's storage while there is no connection, through a reload or a crash.

const AGAIN = 2000; // ms before the next try

/**
 * `told` holds functions: token(), done(item, result), conflict(item, result), refused(item, text),
 * signedOut(), waiting(number, isOffline).
 */
export function createOutbox(name, told) {
  let items = read();
  let busy = false;
  let offline = false;
  let timer = 0;

  function read() {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      localStorage.setItem(name, JSON.stringify(items));
    } catch {
      // Storage is full or closed: the actions still wait in this page.
    }
    told.waiting(items.length, offline);
  }

  /** Add an action: {path, card, version, fields}. A draft takes the place of one that waits. */
  function add(item) {
    const waiting = busy ? items.slice(1) : items;
    const last = waiting.at(-1);
    if (item.fields.action === "draft" && last?.fields.action === "draft" && last.card === item.card) {
      Object.assign(last.fields, item.fields);
    } else {
      items.push({ ...item, key: uniqueKey() });
    }
    keep();
    pump();
  }

  async function pump() {
    clearTimeout(timer);
    if (busy || !items.length) return;
    busy = true;
    const item = items[0];
    let isSent = false;
    try {
      isSent = await send(item);
      if (isSent) offline = false;
    } catch {
      offline = true;
    }
    busy = false;
    keep();
    if (isSent) pump();
    else if (items.length) timer = setTimeout(pump, AGAIN);
  }

  /** Send one action; gives whether the next one may go. Throws without a connection. */
  async function send(item) {
    const body = new URLSearchParams({ ...item.fields, key: item.key, version: item.version ?? 0 });
    const response = await fetch(item.path, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch", "X-CSRF-Token": told.token() },
      redirect: "error",
    });
    if (response.status === 401 || response.status === 403) {
      told.signedOut();
      return false;
    }
    if (response.status >= 500 || response.status === 429) throw new Error(String(response.status));
    const result = await response.json().catch(() => ({}));
    items = items.filter((other) => other !== item);
    if (response.ok) {
      rebase(item, result.version);
      told.done(item, result);
    } else if (response.status === 409) {
      // What was meant to follow on this card was meant for another state of it.
      items = items.filter((other) => other.card === null || other.card !== item.card);
      told.conflict(item, result);
    } else {
      told.refused(item, result.detail ?? "Dat lukte niet.");
    }
    return true;
  }

  /** Let later actions on the card build on the version that this one made, not on others' work. */
  function rebase(item, version) {
    for (const other of items) {
      if (other.card === item.card && other.version === item.version) other.version = version;
    }
  }

  window.addEventListener("online", () => {
    offline = false; // with nothing to send, no answer would ever say so
    told.waiting(items.length, offline);
    pump();
  });
  window.addEventListener("offline", () => {
    offline = true;
    told.waiting(items.length, offline);
  });
  return { add, pump, holds: (card) => items.some((item) => item.card === card), start: () => { keep(); pump(); } };
}

function uniqueKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID needs HTTPS
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
