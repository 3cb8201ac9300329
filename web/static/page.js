// What a page to read offers when script runs: print, and copy its address.

for (const button of document.querySelectorAll("[data-print]")) {
  button.parentElement.hidden = false;
  button.addEventListener("click", () => window.print());
}

const copy = document.getElementById("kopieer");
// Browsers offer the clipboard over HTTPS and on localhost only.
if (copy && navigator.clipboard) {
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(location.href);
    document.getElementById("gekopieerd").textContent = "De link is gekopieerd.";
  });
} else {
  copy?.remove();
}
