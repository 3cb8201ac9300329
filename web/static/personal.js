// Warns, in the browser alone, when the question seems to hold personal data. It is coarser than
// what the server takes out before it stores anything (corpus/privacy.py); tests compare the two.
const EMAIL = /[\w.+%'-]{1,64}(?:@|\s?[([]\s?(?:at|apenstaartje)\s?[)\]]\s?)[\w-]{1,63}(?:\.[\w-]{2,63}){1,5}/iu;
const IBAN = /(?<![\p{L}\d])[a-z]{2}\s?\d{2}[\s.-]?(?:[a-z]{4}[\s.-]?(?:\d[\s.-]?){10}|(?:\d[\s.-]?){11,26})(?![\p{L}\d])/iu;
const GAP = "[ .\\u00a0\\u2011\\u2013/-]{0,3}";
const PHONE = new RegExp(
  `(?<![\\w+€])(?<!\\d[.,-])(?!\\d\\d?([-./ ])\\d\\d?\\1(?:19|20)\\d\\d(?!\\d))(?:` +
    `(?:(?:\\+|00)\\s?31${GAP}(?:\\(0\\)${GAP})?|0)[1-9](?:${GAP}\\d){8}` +
    `|\\(0\\d{2,3}\\)${GAP}\\d(?:${GAP}\\d){5,6}` +
    `|\\+(?!31)[1-9]\\d{0,2}(?:${GAP}\\d){7,12}|00(?!31)[1-9]\\d{0,2}(?:${GAP}\\d){8,12}` +
    `)(?!\\d)(?![.,-]\\d)`,
  "u",
);
const BSN = /(?<![\w€+])(?<!\d[.,-])(?:\d{9}|\d{3}([ .-])\d{3}\1\d{3}|\d{4}([ .-])\d{2}\2\d{3})(?![\w%])(?![.,-]\d)/gu;
const OTHER_NUMBER = /(?:zaak|dossier|kenmerk|code|id|order|bestel|factuur|ticket|melding)[ -]?(?:nummer|nr)?[^\p{L}\d]{0,3}(?:is )?$/iu;
const POSTCODE = "[1-9]\\d{3}\\s{0,2}(?!S[ADS])[A-Z]{2}";
const ADDRESS = new RegExp(
  `(?<![\\w.,-])${POSTCODE}[,;:]?\\s{0,2}(?:(?:huis)?(?:nummer|nr\\.?)\\s)?\\d{1,5}` +
    `|\\p{L}{2}\\s\\d{1,5}[\\s-]?(?:bis|hs|\\p{L}|\\d{1,4})?,?\\s{1,2}${POSTCODE}(?!\\p{L})`,
  "u",
);
const NAME = /(?<!\p{L})(?:(?:mijn|m['’]n|mn) (?:(?:volledige|echte|eigen) )?(?:voor|achter|roep)?naam(?: is| luidt|:)|ik heet)\s+(?:(?:trouwens|hier|dus)\s+)?(?!haas\b|niet\b|geen\b|al\b|nog\b|ook\b|wel\b|hetzelfde\b|te\b|in\b|op\b|onbekend\b|fout\b|verkeerd\b)\p{L}/iu;
const I_AM = /(?<!\p{L})[Ii]k ben\s+(?:(?:trouwens|dus|ook)\s+)?(?:\p{Lu}\.\s?)?(?!de Koning|Nederland)(?:(?:van|de|der|den|el|ter|ten)\s+){0,2}(\p{Lu}[\p{Ll}'’]+)/u;
const ROLE = /(?:adviseur|medewerker|leider|manager|ambtenaar|kundige|secretaris|lid|specialist|jurist|consulent|inspecteur|analist|nieuw|benieuwd|bang|trots|er)$/iu;

/** Give in words which kinds of personal data a text seems to hold. */
export function findPersonal(text) {
  return [
    ["een mailadres", EMAIL.test(text)],
    ["een rekeningnummer", IBAN.test(text)],
    ["een telefoonnummer", PHONE.test(text)],
    ["een burgerservicenummer", holdsBsn(text)],
    ["een adres", ADDRESS.test(text)],
    ["een naam", holdsName(text)],
  ].flatMap(([name, found]) => (found ? [name] : []));
}

function holdsName(text) {
  const found = I_AM.exec(text);
  return NAME.test(text) || (found !== null && !ROLE.test(found[1]));
}

function holdsBsn(text) {
  return [...text.matchAll(BSN)].some((match) => {
    const digits = [...match[0].replace(/\D/g, "")].map(Number);
    const total = digits.reduce((sum, digit, place) => sum + digit * (place === 8 ? -1 : 9 - place), 0);
    return total !== 0 && total % 11 === 0 && !OTHER_NUMBER.test(text.slice(0, match.index));
  });
}

/** Show the warning while somebody types; say it anew only when it changes. */
export function warn(text, place) {
  const found = findPersonal(text);
  const words = found.length > 1 ? `${found.slice(0, -1).join(", ")} en ${found.at(-1)}` : found[0];
  const message = words ? `Dit lijkt op ${words}. Haal dat liever weg: het is niet nodig voor een goed antwoord.` : "";
  if (place.textContent !== message) place.textContent = message;
  return found.length > 0;
}

const place = globalThis.document?.getElementById("vraag-privacy");
if (place) {
  document.addEventListener("input", (event) => {
    if (event.target.id !== "vraag" || !warn(event.target.value, place)) return;
    document.dispatchEvent(new Event("personal")); // suggestions would lie over the warning
  });
  // A question that was sent leaves an empty field, which no input event tells of.
  document.addEventListener("submit", () => (place.textContent = ""));
  const field = document.getElementById("vraag");
  if (field.value) warn(field.value, place);
}
