"""What we know: entries, known gaps, contact options and labelled questions."""

from corpus.files import SHIPPED_CORPUS, load_corpus, save_corpus
from corpus.models import (
    Contact,
    Corpus,
    Entry,
    Gap,
    Judgment,
    LabelledSet,
    Promise,
    Query,
)
from corpus.validation import CorpusError, Problem

__all__ = [
    "SHIPPED_CORPUS",
    "Contact",
    "Corpus",
    "CorpusError",
    "Entry",
    "Gap",
    "Judgment",
    "LabelledSet",
    "Problem",
    "Promise",
    "Query",
    "load_corpus",
    "save_corpus",
]
