// Watches work that goes on at the server, and shows the page anew once it is done.

const EVERY = 2000; // ms

async function look() {
  try {
    const response = await fetch(location.pathname, { headers: { "X-Requested-With": "fetch" } });
    if (response.ok) {
      const { busy, step } = await response.json();
      if (!busy) return location.reload();
      const place = document.querySelector("[data-step]");
      if (place && step && place.textContent !== step) place.textContent = step;
    }
  } catch {
    // no connection now: the next look may have one
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
