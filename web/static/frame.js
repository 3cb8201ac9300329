// What a page does inside the frame of another site's page: it never leads that site's visitors to
// a third site within the frame, and passes Escape on to the button that opened it.
if (window.parent !== window) {
  document.documentElement.classList.add("in-frame");

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !link.protocol.startsWith("http") || link.origin === location.origin) return;
    link.target = "_blank";
    link.rel = "noopener";
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // To any page: it says nothing but that a key was pressed.
    window.parent.postMessage("vraagwijzer:sluit", "*");
  });
}
