// Keeps the speaker's view up to date; the question being read is never replaced by the same one.

const EVERY = 2000; // ms
const place = document.getElementById("vragen");
const live = document.getElementById("live");
const lost = document.getElementById("verbroken");
const status = document.getElementById("melder");
let etag = "";
let told = 0;

document.documentElement.classList.add("has-script");

async function look() {
  try {
    const headers = { "X-Requested-With": "fetch", ...(etag && { "If-None-Match": etag }) };
    const response = await fetch(location.href, { headers, cache: "no-store" });
    if (response.status === 200) show(await response.json(), response.headers.get("ETag") ?? "");
    else if (response.status !== 304) throw new Error(String(response.status));
    connected(true);
  } catch {
    connected(false);
  }
  setTimeout(look, EVERY);
}

function show(found, tag) {
  if (etag) {
    place.innerHTML = found.html;
    if (Date.now() - told > 5000) {
      status.textContent = found.count === 1 ? "1 vraag klaar" : `${found.count} vragen klaar`;
      told = Date.now();
    }
  }
  etag = tag;
}

function connected(is) {
  live.hidden = !is;
  lost.hidden = is;
}

look();
