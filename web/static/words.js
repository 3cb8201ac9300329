// Compare words as people type them: no case, no accents, the beginning of a word is enough.

// Words that many questions share, whatever they are about: they count, but little.
const COMMON = new Set(
  `aan al als bij dan dat de deze die dit doe doen een en er ga gaan geen heb hebben heeft het hij
  hoe ik in is ja je jij kan kun kunnen kunt maar mag me mee meer met mij mijn moet moeten naar
  nee niet nog nu of om ons ook op over te tot u uit van veel voor waar waarom wanneer was wat we
  weet wel welke wie wij wil worden wordt zal ze zich zij zijn zo zou`.split(/\s+/),
);

/** Give the words of a text, folded. */
export function wordsOf(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/(?<=\w)['’](?=\w)/g, "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Make a function that gives the (at most five) texts that fit what is typed, best first. */
export function createRanking(items, limit = 5) {
  const rows = items.map((item) => ({ ...item, words: wordsOf(item.text) }));
  const rarity = (word) => {
    const holders = rows.filter((row) => row.words.some((w) => w.startsWith(word))).length;
    const weight = holders ? Math.log(1 + rows.length / holders) : 0;
    return COMMON.has(word) ? weight / 5 : weight;
  };
  return (typed) => {
    const wanted = [...new Set(wordsOf(typed))];
    const weights = new Map(wanted.map((word) => [word, rarity(word)]));
    const scored = rows.map((row, order) => {
      let score = 0;
      for (const [word, weight] of weights) {
        if (row.words.includes(word)) score += 1.2 * weight;
        else if (row.words.some((w) => w.startsWith(word))) score += weight;
      }
      return { row, order, score };
    });
    const best = Math.max(...scored.map((item) => item.score));
    return scored
      .filter((item) => item.score > 0 && item.score >= best / 2)
      .sort((a, b) => b.score - a.score || a.order - b.order)
      .slice(0, limit)
      .map((item) => item.row);
  };
}

/** Give a text as nodes, with the words that fit what is typed in <mark>. */
export function marked(text, typed) {
  const wanted = wordsOf(typed);
  const fragment = document.createDocumentFragment();
  for (const piece of text.split(/([\p{L}\p{N}\p{M}]+(?:['’][\p{L}]+)?)/u)) {
    const word = wordsOf(piece)[0];
    if (word && wanted.some((w) => word.startsWith(w))) {
      const mark = document.createElement("mark");
      mark.textContent = piece;
      fragment.append(mark);
    } else {
      fragment.append(piece);
    }
  }
  return fragment;
}
