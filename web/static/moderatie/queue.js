// The list of cards. It never moves by itself: cards change in their place, new ones wait.

/** Hold the list in `column`; cards that arrived after event `seen` wait behind the button. */
export function createQueue(column, seen, announce) {
  const place = column.querySelector("#rijen");
  const bar = column.querySelector(".new-bar");
  const waiting = new Set();
  const scroll = `vraagwijzer.plek.${location.pathname}`;
  const item = (id) => place.querySelector(`li[data-card="${id}"]`);
  const link = (id) => item(id)?.querySelector("a");
  const isOpenPart = () => (new URLSearchParams(location.search).get("toon") ?? "open") === "open";

  function update(card) {
    const found = link(card.id);
    if (found) {
      found.innerHTML = card.row;
      found.dataset.open = card.is_open ? "ja" : "nee";
    }
    const before = waiting.size;
    if (!found && card.is_open && card.arrived > seen) waiting.add(card.id);
    else waiting.delete(card.id);
    if (waiting.size !== before) showWaiting(waiting.size > before);
  }

  function showWaiting(isMore) {
    const text = waiting.size === 1 ? "1 nieuwe vraag" : `${waiting.size} nieuwe vragen`;
    bar.hidden = waiting.size === 0;
    bar.querySelector("[data-text]").textContent = `${text} tonen`;
    if (isMore) announce(text);
  }

  /** Say in the list that an action on this card is under way. */
  function mark(id) {
    const found = link(id);
    if (found) found.dataset.open = "nee";
  }

  function put(found, card) {
    const hadFocus = place.contains(document.activeElement) || document.activeElement === bar;
    const top = scroller().scrollTop;
    place.innerHTML = found.queue;
    column.querySelector("#filters").innerHTML = found.filters;
    seen = found.sequence;
    waiting.clear();
    showWaiting(false);
    choose(card, hadFocus);
    if (!hadFocus) scroller().scrollTop = top;
  }

  function choose(id, takeFocus) {
    place.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link(id)?.setAttribute("aria-current", "true");
    if (takeFocus) focus(id);
  }

  function focus(id) {
    link(id)?.focus();
  }

  /** Bring a card into view, without the focus. */
  function show(id) {
    link(id)?.scrollIntoView({ block: "nearest" });
  }

  function neighbour(id, by) {
    const all = [...place.querySelectorAll("li[data-card]")];
    const at = all.findIndex((other) => other.dataset.card === String(id));
    return Number(all[at < 0 ? 0 : at + by]?.dataset.card) || null;
  }

  /** Give the card to go on with: the next open one, else the first open one. */
  function nextOpen(id) {
    if (!isOpenPart()) return neighbour(id, 1);
    const all = [...place.querySelectorAll("li[data-card]")];
    const at = all.findIndex((other) => other.dataset.card === String(id));
    const open = [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))];
    return Number(open.find((other) => other.querySelector('a[data-open="ja"]'))?.dataset.card) || null;
  }

  const scroller = () => (column.scrollHeight > column.clientHeight ? column : document.scrollingElement);
  window.addEventListener("pagehide", () => sessionStorage.setItem(scroll, String(scroller().scrollTop)));
  return {
    update,
    mark,
    put,
    choose,
    focus,
    show,
    neighbour,
    nextOpen,
    get current() { return Number(place.querySelector("li:has([aria-current])")?.dataset.card) || null; },
    get waiting() { return waiting.size; },
    restore: () => { scroller().scrollTop = Number(sessionStorage.getItem(scroll)) || 0; },
  };
}
