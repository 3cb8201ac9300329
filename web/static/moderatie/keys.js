// Keys of the console. The help overlay is the registry: what stands in it works, and nothing else.

const KEYS = "vraagwijzer.toetsen";
const LETTERS = "vraagwijzer.losse-letters";
const TWICE = 1000; // ms within which the key of "canned" must come again

/** Connect the registry in `overlay` to `handlers` ({name: function}). */
export function createKeys(overlay, handlers) {
  const rows = [...overlay.querySelectorAll("[data-name]")];
  const registry = rows.map((row) => ({
    row,
    name: row.dataset.name,
    fixed: "fixed" in row.dataset,
    own: row.dataset.keys.split(" "),
  }));
  const switchBox = overlay.querySelector("#letters");
  const error = overlay.querySelector("#toets-fout");
  let changed = stored(KEYS, {});
  let lettersOn = stored(LETTERS, true);
  let lastCanned = 0;

  const lost = registry.filter(({ name }) => !handlers[name]);
  if (lost.length) throw new Error(`keys without a handler: ${lost.map(({ name }) => name)}`);

  const keyOf = (entry) => (entry.fixed ? entry.own : [changed[entry.name] ?? entry.own[0]]);

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
    const entry = registry.find((item) => matches(item, event));
    if (!entry) return;
    if (entry.name === "canned" && !secondTime()) return;
    if (handlers[entry.name](event) !== false) event.preventDefault();
  }

  function matches(entry, event) {
    const keys = keyOf(entry);
    if (entry.fixed) {
      const withControl = keys[0] === "Control";
      return event.key === keys.at(-1) && (event.ctrlKey || event.metaKey) === withControl && !event.altKey;
    }
    if (!lettersOn || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return false;
    return event.key.toLowerCase() === keys[0];
  }

  function secondTime() {
    const now = Date.now();
    const second = now - lastCanned < TWICE;
    lastCanned = second ? 0 : now;
    return second;
  }

  /** Show the keys in use on buttons and labels below `root`. */
  function apply(root = document) {
    document.documentElement.classList.toggle("has-letters-off", !lettersOn);
    for (const entry of registry) {
      const keys = keyOf(entry);
      for (const button of root.querySelectorAll(`[data-action="${entry.name}"]`)) {
        if (entry.fixed || lettersOn) button.setAttribute("aria-keyshortcuts", keys.join("+"));
        else button.removeAttribute("aria-keyshortcuts");
      }
      if (entry.fixed) continue;
      for (const key of root.querySelectorAll(`kbd[data-key="${entry.name}"]`)) key.textContent = keys[0];
    }
  }

  function edit(isOn) {
    for (const { row, fixed, ...entry } of registry) {
      if (fixed) continue;
      const input = row.querySelector("input");
      input.hidden = !isOn;
      input.value = keyOf({ fixed, ...entry })[0];
      row.querySelector("kbd").hidden = isOn;
    }
    overlay.querySelector("#herstel").hidden = !isOn;
    overlay.querySelector("#wijzig").setAttribute("aria-pressed", String(isOn));
    say("");
  }

  function say(text) {
    error.hidden = !text;
    error.textContent = text;
  }

  function change(name, key) {
    const wanted = key.toLowerCase();
    const other = registry.find((item) => item.name !== name && !item.fixed && keyOf(item)[0] === wanted);
    if (!wanted.trim()) return say("Typ één letter, cijfer of teken.");
    if (other) return say(`Deze toets hoort al bij: ${other.row.querySelector("dt").textContent}.`);
    changed = { ...changed, [name]: wanted };
    localStorage.setItem(KEYS, JSON.stringify(changed));
    say("");
    apply();
  }

  overlay.addEventListener("change", (event) => {
    const row = event.target.closest("[data-name]");
    if (row) change(row.dataset.name, event.target.value);
  });
  overlay.querySelector("#wijzig").addEventListener("click", () => edit(overlay.querySelector("#herstel").hidden));
  overlay.querySelector("#herstel").addEventListener("click", () => {
    changed = {};
    localStorage.removeItem(KEYS);
    apply();
    edit(true);
  });
  overlay.addEventListener("close", () => edit(false));
  switchBox.checked = lettersOn;
  switchBox.addEventListener("change", () => {
    lettersOn = switchBox.checked;
    localStorage.setItem(LETTERS, JSON.stringify(lettersOn));
    apply();
  });
  document.addEventListener("keydown", onKey);
  apply();
  return { apply };
}

export function isTyping(element) {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit])");
}

export function stored(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // another program wrote there
  }
}
