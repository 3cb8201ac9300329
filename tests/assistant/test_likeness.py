"""How alike two questions are is learnt from invented groups, and measured on others."""

import json
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process
from sklearn.metrics import adjusted_rand_score

from assistant import Assistant
from assistant.clustering import QuestionGrouper
from assistant.concepts import concepts, read_concepts
from assistant.evaluation.grouping import grouping_figures, pair_counts
from assistant.likeness import FEATURES, GROUPS, WEIGHTS, likeness, read_groups
from assistant.likeness_training import fingerprint, learn
from assistant.text import normalise, words
from corpus import SHIPPED_CORPUS, load_corpus

HELD_OUT = Path(__file__).parent / "data" / "question-groups.tsv"
CHAT = SHIPPED_CORPUS / "evaluation" / "chats" / "webinar_chat.jsonl"


@cache
def shipped() -> Assistant:
    return Assistant.from_corpus(load_corpus(SHIPPED_CORPUS))


def chat_questions() -> list[tuple[str, str]]:
    """Give each labelled question of the chat with its cluster, in order."""
    rows = map(json.loads, CHAT.read_text("utf-8").splitlines())
    parts = [part for row in rows for part in row["parts"]]
    return [(part["text"], part["cluster"]) for part in parts if part["cluster"]]


def test_held_out_groups_are_found_again() -> None:
    """Keep the floor under what docs/decisions/0004-grouping.md states."""
    held_out = read_groups(HELD_OUT)
    figures = grouping_figures(
        held_out.names.tolist(), QuestionGrouper(shipped().reader).add(held_out.texts), samples=200
    )
    assert figures.precision.value >= 0.8
    assert figures.ari.value >= 0.5
    assert figures.ari.low <= figures.ari.value <= figures.ari.high


def test_the_chat_is_grouped_no_worse_than_stated() -> None:
    """Keep the floor under what docs/decisions/0004-grouping.md states."""
    texts, clusters = zip(*chat_questions(), strict=True)
    groups = QuestionGrouper(shipped().reader).add(texts)
    assert grouping_figures(clusters, groups, samples=10).ari.value >= 0.4


def test_questions_of_one_entry_are_not_all_one_group() -> None:
    texts = (
        "Wat doet de handtekening van de secretaris onder een nota?",
        "Wie is eigenlijk eigenaar van een nota voor het college?",
    )
    assert len(set(QuestionGrouper(shipped().reader).add(texts))) == 2


def test_the_weights_are_learnt_from_the_data_that_is_there() -> None:
    assert json.loads(WEIGHTS.read_text("utf-8"))["fingerprint"] == fingerprint(), (
        "run make fit-likeness"
    )


@pytest.mark.full
def test_learning_again_gives_the_stored_weights() -> None:
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    learnt = learn(shipped().model.matcher, read_groups(GROUPS))
    for name in ("profiles", "plain"):
        assert learnt[name]["weights"] == pytest.approx(stored[name]["weights"], abs=0.3)
        assert learnt[name]["threshold"] == pytest.approx(stored[name]["threshold"], abs=0.3)


def test_the_entry_alone_never_merges() -> None:
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    for name in ("profiles", "plain"):
        model = stored[name]
        assert model["intercept"] + model["weights"]["entries"] < model["threshold"]
    assert set(stored["profiles"]["weights"]) == set(FEATURES)
    assert likeness(True).threshold == stored["profiles"]["threshold"]


def test_no_question_to_measure_with_is_among_those_learnt_from() -> None:
    """Leave out short ones, which everybody writes alike ("geen geluid")."""
    learnt = [normalise(text) for text in read_groups(GROUPS).texts if len(text) > 20]
    evaluation = SHIPPED_CORPUS / "evaluation"
    lines = [
        line.split("\t", 1)[1]
        for path in evaluation.glob("*/queries.tsv")
        for line in path.read_text("utf-8").splitlines()
    ]
    measured = [normalise(text) for text in (*lines, *(text for text, _ in chat_questions()))]
    alike = process.cdist(learnt, measured, scorer=fuzz.ratio, score_cutoff=80)
    assert not [learnt[row] for row in alike.max(axis=1).nonzero()[0]]


def test_every_word_of_a_concept_stands_in_the_corpus_or_the_groups() -> None:
    """Keep concepts general: a word that only one chat holds has no place there."""
    lines = (GROUPS.parent / "chat-lines.tsv").read_text("utf-8").splitlines()
    corpus = load_corpus(SHIPPED_CORPUS)
    texts = [text for _, text in corpus.labelled_phrasings()]
    texts += [query.text for query in corpus.training.queries] + lines
    known = {word for text in (*texts, *read_groups(GROUPS).texts) for word in words(text)}
    strange = []
    for alternatives in read_concepts().values():
        for alternative in alternatives:
            *whole, last = words(alternative.replace("_", " ").replace("-", " ").rstrip("*"))
            ends = alternative.endswith("*")
            is_known = any(word.startswith(last) for word in known) if ends else last in known
            if not is_known or not known.issuperset(whole):
                strange.append(alternative)
    assert not strange


def test_concepts_are_found_by_any_of_their_words() -> None:
    assert concepts("komt er een opname") & concepts("kan ik dit terugkijken")
    assert not concepts("xyz")


def test_pairs_are_counted_by_hand() -> None:
    """Three of a cluster in a group of two and one; a stranger joins the two."""
    counts = pair_counts(["a", "a", "a", "b"], [1, 1, 2, 1])
    assert (counts.right, counts.put_together, counts.belonging) == (1, 3, 3)
    assert (counts.precision, counts.recall) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert pair_counts(["a", "b"], [1, 2]).precision == 1.0


def test_the_rand_index_is_that_of_scikit_learn() -> None:
    labels, groups = ["a", "a", "b", "b", "c", "c", "d"], [1, 1, 1, 2, 3, 3, 4]
    figures = grouping_figures(labels, groups, samples=50)
    assert figures.ari.value == pytest.approx(adjusted_rand_score(labels, groups))
    counts = pair_counts(labels, groups)
    assert (figures.precision.value, figures.recall.value) == (counts.precision, counts.recall)
