// Filter the list while typing, by the same rule as the server: each word, or its beginning.
import { wordsOf } from "./words.js";
import "./page.js";

const byId = (id) => document.getElementById(id);
const form = byId("zoeken");
const field = byId("zoek");
const entries = [...document.querySelectorAll(".entry-list li")].map((element) => ({
  element,
  words: wordsOf(element.textContent),
}));
const isWhole = field.value === ""; // after a search without script the page holds a part only

function filter() {
  const wanted = wordsOf(field.value);
  let count = 0;
  for (const { element, words } of entries) {
    element.hidden = !wanted.every((start) => words.some((word) => word.startsWith(start)));
    count += element.hidden ? 0 : 1;
  }
  for (const section of document.querySelectorAll(".section-list > section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  const isSearching = wanted.length > 0;
  document.querySelector(".toc").hidden = isSearching;
  byId("niets").hidden = !isSearching || count > 0;
  byId("niets-vraag").value = field.value;
  const text = count === 1 ? "1 vraag gevonden." : `${count} vragen gevonden.`;
  byId("zoek-uitslag").textContent = isSearching ? text : "";
}

if (isWhole) {
  field.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
}
