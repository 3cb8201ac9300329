"""Give every system the same wordings to learn from and the same questions to answer."""

from collections.abc import Sequence

from assistant.evaluation.questions import LabelledQuestion, from_labelled_set, is_faq
from benchmarks.systems import Wording
from corpus import SHIPPED_CORPUS, Corpus
from corpus.labels import load_labelled_set

SETS = ("dev-questions", "dev-natural")


def headings(corpus: Corpus) -> list[Wording]:
    """Give the FAQ's own questions: what a plain FAQ search knows."""
    return [Wording(entry.id, entry.question) for entry in corpus.entries if is_faq(entry.id)]


def all_wordings(corpus: Corpus) -> list[Wording]:
    """Give every wording of every FAQ entry, training questions with a label among them."""
    found = [Wording(owner, text) for text, owner in corpus.labelled_phrasings()]
    labels = corpus.training.labels
    found += [Wording(labels.get(q.id, ""), q.text) for q in corpus.training.queries]
    return [wording for wording in found if is_faq(wording.entry)]


def questions() -> Sequence[LabelledQuestion]:
    """Give the labelled Dutch questions that ship with the corpus, in and out of scope."""
    folder = SHIPPED_CORPUS / "evaluation"
    return [
        question
        for name in SETS
        for question in from_labelled_set(load_labelled_set(folder / name), name)
    ]
