// Shows the answer as readers will see it while an editor types, and counts the short answer.
// The server renders, so what is shown is what is published.

const WAIT = 400; // milliseconds of rest before the preview is asked for

const form = document.getElementById("vraag-formulier");
const place = document.getElementById("zo");
const short = document.getElementById("short_answer");
const counter = document.getElementById("teller");
const maximum = Number(counter.dataset.max);
let waiting = 0;
let latest = 0;
let isSaved = true;

form.addEventListener("input", () => {
  isSaved = false;
  clearTimeout(waiting);
  waiting = setTimeout(show, WAIT);
});
short.addEventListener("input", count);
form.addEventListener("submit", () => { isSaved = true; });
addEventListener("beforeunload", (event) => { if (!isSaved) event.preventDefault(); });
count();

/** Count as the server does: characters, not code units, and blanks as one. */
function count() {
  const length = [...short.value.trim().replace(/\s+/g, " ")].length;
  counter.textContent = `${length} van ${maximum} tekens`;
  counter.classList.toggle("is-over", length > maximum);
}

async function show() {
  const mine = ++latest;
  const body = new FormData(form);
  body.set("action", "preview");
  try {
    const response = await fetch(location.href, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (mine !== latest || !response.ok || response.redirected) return;
    const html = await response.text();
    if (mine === latest) place.innerHTML = html;
  } catch {
    // Without a connection the preview stays as it was; saving tells what is wrong.
  }
}
