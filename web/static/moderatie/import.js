// Looks into a chat as soon as it is chosen, and again when its format or columns are corrected.
// The file stays in the form, so nothing of it has to be kept on the server in between.

const form = document.getElementById("inlezen");
const place = document.getElementById("voorbeeld");
let latest = 0;

form.addEventListener("submit", (event) => {
  if (event.submitter?.value !== "preview") return;
  event.preventDefault();
  look(true);
});
form.addEventListener("change", (event) => {
  // Another chat may have another format: what was chosen for the one before does not hold.
  if (event.target.id === "bestand") place.replaceChildren();
  if (event.target.id !== "tekst" || event.target.value.trim()) look(false);
});

async function look(takeFocus) {
  const mine = ++latest;
  const held = document.activeElement?.id;
  place.ariaBusy = "true";
  const body = new FormData(form);
  body.set("action", "preview");
  try {
    const response = await fetch(location.href, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (mine !== latest) return;
    if (![200, 413, 422].includes(response.status) || response.redirected) throw new Error(String(response.status));
    place.innerHTML = await response.text();
    for (const hint of place.querySelectorAll(".no-script")) hint.remove();
  } catch {
    if (mine !== latest) return;
    const line = document.createElement("p");
    line.className = "error";
    line.role = "alert";
    line.textContent = "Het inlezen lukte niet. Kijk of je verbinding hebt, en probeer het nog een keer.";
    place.replaceChildren(line);
  } finally {
    place.ariaBusy = "false";
  }
  if (takeFocus) place.focus();
  else if (held) document.getElementById(held)?.focus();
}
