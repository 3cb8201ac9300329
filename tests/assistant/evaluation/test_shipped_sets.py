from collections import Counter

import pytest

from assistant.evaluation.questions import from_labelled_set
from corpus import SHIPPED_CORPUS
from corpus.labels import load_labelled_set

EVALUATION = SHIPPED_CORPUS / "evaluation"


@pytest.mark.parametrize(
    ("name", "in_scope", "out_of_scope"),
    [("dev-questions", 230, 90), ("dev-natural", 77, 115), ("dev-english", 0, 20)],
)
def test_shipped_evaluation_set_is_complete(name, in_scope, out_of_scope):
    questions = from_labelled_set(load_labelled_set(EVALUATION / name))

    assert Counter(q.in_scope for q in questions) == Counter(
        {scope: count for scope, count in ((True, in_scope), (False, out_of_scope)) if count}
    )


def test_reworded_questions_hold_every_kind():
    labelled = load_labelled_set(EVALUATION / "dev-questions")

    assert Counter(part.kind for part in labelled.slices) == {
        "paraphrase": 54,
        "situation": 54,
        "typo": 51,
        "short": 36,
        "statement": 35,
        "near_miss": 30,
        "logistics": 30,
        "unrelated": 30,
    }


def test_freely_asked_questions_say_how_certain_their_label_is():
    labelled = load_labelled_set(EVALUATION / "dev-natural")

    assert Counter(part.certainty for part in labelled.slices) == {"weak": 97, "clear": 95}


def test_questions_in_english_are_kept_apart():
    questions = from_labelled_set(load_labelled_set(EVALUATION / "dev-english"))

    assert all(question.is_foreign for question in questions)


def test_development_chat_has_its_seven_exports_and_their_key():
    assert {path.name for path in (EVALUATION / "chats").iterdir()} == {
        "chat_pasted.txt",
        "chat_teams.csv",
        "chat_whatsapp.txt",
        "chat_zoom_cloud.txt",
        "chat_zoom_legacy.txt",
        "chat_zoom_new.txt",
        "clusters.tsv",
        "manifest.json",
        "questions_slido.xlsx",
        "webinar_chat.jsonl",
    }
