// Puts a button on a page of another site; it opens the chat page in a frame that can be closed.
// Paste: <script src="https://ADDRESS/embed.js" async></script>. The frame is asked for at the first
// click, so that a visitor who does not use it sends nothing. Styles live in a shadow root, made by
// script: they neither meet the page's own nor need 'unsafe-inline' in its policy.
(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("[data-vraagwijzer]")) return;
  const address = new URL(".", script.src);
  const SMALL = matchMedia("(max-width: 40rem), (max-height: 32rem)");

  const STYLE = `
    :host { all: initial; color-scheme: light dark;
      --ink: light-dark(#231d25, #f2eef3); --surface: light-dark(#ffffff, #211d25);
      --line: light-dark(#82788a, #92889a); --accent: light-dark(#74245c, #eaaed6);
      --on-accent: light-dark(#ffffff, #2e0d24); --focus: light-dark(#0b57d0, #9cc2ff); }
    * { box-sizing: border-box; }
    button, a { font: 600 1rem/1.3 system-ui, sans-serif; min-height: 44px; }
    button { cursor: pointer; border-radius: 8px; padding: 8px 16px; border: 2px solid transparent; }
    :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
    .open { position: fixed; inset: auto 16px 16px auto; z-index: 2147483000; max-width: calc(100vw - 32px);
      background: var(--accent); color: var(--on-accent); box-shadow: 0 4px 16px rgb(0 0 0 / .3); }
    dialog { position: fixed; inset: auto 16px 76px auto; z-index: 2147483000; margin: 0; padding: 0;
      width: min(28rem, calc(100vw - 32px)); height: min(44rem, calc(100vh - 108px));
      max-width: none; max-height: none; overflow: hidden; flex-direction: column;
      border: 2px solid var(--line); border-radius: 12px; background: var(--surface); color: var(--ink);
      box-shadow: 0 8px 32px rgb(0 0 0 / .35); }
    dialog[open] { display: flex; }
    header { flex: none; display: flex; flex-wrap: wrap; align-items: center;
      justify-content: space-between; gap: 0 16px; padding: 4px 8px 4px 16px; }
    header a { display: inline-flex; align-items: center; color: var(--accent); }
    header button { background: transparent; color: inherit; border-color: var(--line); }
    iframe { flex: 1; width: 100%; min-height: 0; border: 0; border-top: 1px solid var(--line);
      color-scheme: light dark; }
    @media (max-width: 40rem), (max-height: 32rem) {
      dialog { inset: 0; width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; border-width: 0; }
    }
    @media (prefers-reduced-motion: no-preference) {
      dialog[open] { animation: rise 160ms ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    }
    @media (forced-colors: active) { .open { border-color: ButtonText; } }
    @media print { .open, dialog { display: none; } }`;

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const opener = make("button", { className: "open", type: "button" }, script.dataset.label || "Stel je vraag");
  const closer = make("button", { type: "button" }, "Sluit");
  const link = make("a", { href: address.href, target: "_blank", rel: "noopener" }, "Nieuw venster");
  const frame = make("iframe", { title: "Vraagwijzer: stel je vraag" });
  const dialog = make("dialog", { id: "venster" }, make("header", {}, link, closer), frame);
  dialog.setAttribute("aria-label", "Stel je vraag");
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-expanded", "false");

  function open() {
    if (!frame.src) frame.src = address.href;
    // Beside a page it leaves the page in use; where it fills the screen, the page behind it rests.
    if (SMALL.matches) dialog.showModal();
    else dialog.show();
    opener.setAttribute("aria-expanded", "true");
    closer.focus();
  }

  opener.addEventListener("click", () => (dialog.open ? dialog.close() : open()));
  closer.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
  });
  SMALL.addEventListener("change", () => {
    if (!dialog.open) return;
    dialog.close();
    open();
  });
  // Keys that are pressed inside the frame reach its own page only; that page passes Escape on.
  addEventListener("message", (event) => {
    const isOurs = event.source === frame.contentWindow && event.origin === address.origin;
    if (isOurs && event.data === "vraagwijzer:sluit" && dialog.open) dialog.close();
  });

  function place() {
    const host = make("div");
    host.dataset.vraagwijzer = "";
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(opener, dialog);
    document.body.append(host);
  }
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place);
})();
