"""Give what simple, well-known ways of matching would do with the same corpus and questions.

Each scores a question against every known wording; an entry scores as its best wording. They
know no gaps and decide nothing, so only ranking measures hold for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz import fuzz, process, utils
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.evaluation.observations import Observation, Scored
from assistant.evaluation.questions import LabelledQuestion, is_faq
from assistant.evaluation.statistics import Floats
from assistant.text import stems
from corpus import Corpus

Similarity = Callable[[Sequence[str], Sequence[str]], Floats]
"""Takes questions and wordings, gives a row a question and a column a wording; 0 is no overlap."""


class MissingPackageError(Exception):
    """Tell which optional package a baseline needs and how to install it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Describe one way of matching."""

    name: str
    similarity: Similarity
    knows_phrasings: bool = True
    """False: only the FAQ's own questions are known, as in a plain FAQ search."""

    def observe(
        self, corpus: Corpus, questions: Sequence[LabelledQuestion]
    ) -> tuple[Observation, ...]:
        """Rank the FAQ entries for each question."""
        wordings, owners = _wordings(corpus, self.knows_phrasings)
        scores = self.similarity([question.text for question in questions], wordings)
        entries, starts = np.unique(owners, return_index=True)
        best = np.maximum.reduceat(scores, starts, axis=1)
        return tuple(
            Observation(question, _ranking(entries.tolist(), row))
            for question, row in zip(questions, best, strict=True)
        )


def naive(questions: Sequence[str], wordings: Sequence[str]) -> Floats:
    """Give the mean of word TF-IDF cosine and token_set_ratio: the design most tools start with."""
    cosine = _cosine(TfidfVectorizer(), questions, wordings)
    return (cosine + fuzzy(questions, wordings)) / 2


def char_tfidf(questions: Sequence[str], wordings: Sequence[str]) -> Floats:
    """Give the TF-IDF cosine over characters within words."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    return _cosine(vectorizer, questions, wordings)


def bm25(questions: Sequence[str], wordings: Sequence[str]) -> Floats:
    """Give BM25 over Dutch word stems.

    Robertson and Zaragoza (2009), "The probabilistic relevance framework: BM25 and beyond";
    computed by bm25s, Lù (2024), arXiv:2407.03618.
    """
    try:
        import bm25s
    except ImportError:
        message = "BM25 vraagt een extra pakket: pip install 'vraagwijzer[baselines]'"
        raise MissingPackageError(message) from None
    retriever = bm25s.BM25()
    retriever.index([stems(wording) for wording in wordings], show_progress=False)
    nothing = np.zeros(len(wordings))
    rows = [stems(question) for question in questions]
    return np.array([retriever.get_scores(row) if row else nothing for row in rows], np.float64)


def fuzzy(questions: Sequence[str], wordings: Sequence[str]) -> Floats:
    """Give rapidfuzz's token_set_ratio, the best of its scorers here.

    Its default, WRatio, was right on 13 of 100 questions where this was on 61: it rewards short
    wordings that are part of a long question.
    """
    scores = process.cdist(
        questions,
        wordings,
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        workers=-1,
    )
    return scores.astype(np.float64) / 100


BASELINES: Final = (
    Baseline("naive", naive, knows_phrasings=False),
    Baseline("char TF-IDF", char_tfidf),
    Baseline("BM25", bm25),
    Baseline("rapidfuzz", fuzzy),
)


def _cosine(
    vectorizer: TfidfVectorizer, questions: Sequence[str], wordings: Sequence[str]
) -> Floats:
    known = vectorizer.fit_transform(wordings)
    return np.asarray((vectorizer.transform(questions) @ known.T).toarray(), np.float64)


def _wordings(corpus: Corpus, knows_phrasings: bool) -> tuple[list[str], list[str]]:
    """Give every known wording of an FAQ entry with its owner, sorted by owner."""
    pairs = [(entry.id, entry.question) for entry in corpus.entries if is_faq(entry.id)]
    if knows_phrasings:
        pairs = [(owner, text) for text, owner in corpus.labelled_phrasings() if is_faq(owner)]
        labels = corpus.training.labels
        freely_asked = ((labels.get(q.id, ""), q.text) for q in corpus.training.queries)
        pairs += [(owner, text) for owner, text in freely_asked if is_faq(owner)]
    pairs.sort()
    return [text for _, text in pairs], [owner for owner, _ in pairs]


def _ranking(entries: Sequence[str], scores: Floats) -> tuple[Scored, ...]:
    # The sort is stable and entries are sorted, so equal scores stand in order of id.
    order = np.argsort(-scores, kind="stable")
    return tuple(Scored(entries[place], float(scores[place])) for place in order)
