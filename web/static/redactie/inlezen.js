// Shows what is in a document as soon as it is chosen. Without script a button does the same.

const form = document.getElementById("inlezen");
const place = document.getElementById("voorbeeld");
let latest = 0;

form.addEventListener("submit", (event) => {
  // The form holds what was recognised, so the document itself need not be sent again.
  if (event.submitter?.value === "propose") document.getElementById("bestand").value = "";
  if (event.submitter?.value !== "preview") return;
  event.preventDefault();
  look(true);
});
document.getElementById("bestand").addEventListener("change", () => look(false));

async function look(takeFocus) {
  const mine = ++latest;
  place.ariaBusy = "true";
  const slow = setTimeout(() => say("We lezen het document. Een lang document duurt even.", "status"), 1000);
  const body = new FormData(form);
  body.set("action", "preview");
  body.delete("carried");
  try {
    const response = await fetch(location.href, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (mine !== latest) return;
    if (![200, 413, 422].includes(response.status) || response.redirected) throw new Error(String(response.status));
    const html = await response.text();
    clearTimeout(slow);
    place.innerHTML = html;
  } catch {
    if (mine !== latest) return;
    clearTimeout(slow);
    say("Het inlezen lukte niet. Kijk of je verbinding hebt, en probeer het nog een keer.", "alert");
  } finally {
    clearTimeout(slow);
    place.ariaBusy = "false";
  }
  if (takeFocus) place.focus();
}

function say(text, role) {
  const line = document.createElement("p");
  line.className = role === "alert" ? "error" : "busy";
  line.role = role;
  line.textContent = text;
  place.replaceChildren(line);
}
