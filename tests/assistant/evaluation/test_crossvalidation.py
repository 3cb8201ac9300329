from collections import Counter

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.cli import main
from assistant.evaluation.crossvalidation import Classification, Split, classify, few, folds
from assistant.evaluation.datasets import LabelledTexts
from assistant.evaluation.statistics import SEED
from assistant.matcher import QuestionMatcher

WASTE = {
    "glas": ["lege flessen", "een glazen potje", "de glasbak", "flessen van glas", "een fles wijn"],
    "papier": ["oude kranten", "een doos van karton", "de krant", "karton en papier", "papier"],
    "groen": [
        "gras uit de tuin",
        "schillen van fruit",
        "tuin en gras",
        "fruit",
        "blad uit de tuin",
    ],
}


@pytest.fixture
def texts():
    pairs = [(f"Waar moet {what} heen?", label) for label, all in WASTE.items() for what in all]
    return LabelledTexts(tuple(t for t, _ in pairs), tuple(label for _, label in pairs))


def test_folds_measure_each_text_once_and_never_learn_from_it(texts):
    splits = list(folds(texts, 5))

    assert sorted(t for split in splits for t in split.test.texts) == sorted(texts.texts)
    assert all(not set(split.train.texts) & set(split.test.texts) for split in splits)
    assert all(Counter(split.test.labels) == dict.fromkeys(WASTE, 1) for split in splits)


def test_a_label_with_fewer_texts_than_folds_is_dealt_out_at_random(texts):
    rare = LabelledTexts((*texts.texts, "Wat is dit?"), (*texts.labels, "anders"))

    assert sum(len(split.test) for split in folds(rare, 4)) == len(rare)


def test_few_keeps_at_most_so_many_examples_a_label(texts):
    assert Counter(few(texts, 2).labels) == dict.fromkeys(WASTE, 2)
    assert few(texts, 2) == few(texts, 2)
    assert few(texts, 99) == texts


def test_classification_agrees_with_scikit_learn(texts):
    found = classify(folds(texts, 5))

    dealt = StratifiedKFold(5, shuffle=True, random_state=SEED)
    theirs = cross_val_predict(QuestionMatcher(), list(texts.texts), list(texts.labels), cv=dealt)
    order = [texts.texts.index(text) for split in folds(texts, 5) for text in split.test.texts]
    figures = {figure.name: figure.value for figure in found.figures(samples=20)}
    assert (found.predicted == theirs[order]).all()
    assert figures["accuracy"] == accuracy_score(texts.labels, theirs)
    assert figures["macro-F1"] == pytest.approx(f1_score(texts.labels, theirs, average="macro"))


def test_given_splits_are_used_as_they_are(texts):
    split = Split(texts, LabelledTexts(("Waar moet een fles heen?",), ("glas",)))

    found = classify(iter([split]))

    assert found.predicted.tolist() == ["glas"]
    assert found.learnt_from == len(texts)


def test_figures_of_a_worked_example():
    ranked = np.array([["a", "b"], ["a", "b"], ["b", "a"], ["b", "c"]])
    found = Classification(np.array(["a", "b", "b", "a"]), ranked, 10)

    figures = {figure.name: figure for figure in found.figures(samples=50)}

    assert figures["accuracy"].value == 0.5
    assert figures["Success@3"].value == 0.75
    assert figures["macro-F1"].value == pytest.approx(0.5)
    assert figures["macro-F1"].low <= 0.5 <= figures["macro-F1"].high


def test_any_scikit_learn_classifier_can_be_measured(texts):
    found = classify(folds(texts, 5), lambda: DummyClassifier(strategy="prior"))

    assert found.ranked.shape == (15, 3)


@pytest.fixture
def file(texts, tmp_path):
    path = tmp_path / "set.csv"
    rows = [f"{text},{label}\n" for text, label in zip(texts.texts, texts.labels, strict=True)]
    path.write_text("text,label\n" + "".join(rows), encoding="utf-8")
    return str(path)


def test_command_prints_figures_of_folds(file, capsys):
    assert main(["crossvalidate", file, "--folds", "3", "--examples", "3"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("15 teksten gemeten, 3 labels, geleerd van 9.")
    assert "macro-F1" in printed


def test_command_measures_on_a_file_of_its_own(file, capsys):
    assert main(["crossvalidate", file, "--test", file]) == 0

    assert capsys.readouterr().out.startswith("15 teksten gemeten, 3 labels, geleerd van 15.")


def test_command_says_what_is_wrong_with_a_file(tmp_path, capsys):
    path = tmp_path / "set.csv"
    path.write_text("text,label\nHoe?,a\nWie?,a\n", encoding="utf-8")

    assert main(["crossvalidate", str(path)]) == 1
    assert "te weinig teksten of labels" in capsys.readouterr().err
    assert main(["crossvalidate", str(tmp_path / "weg.csv")]) == 1
    assert "is niet te lezen" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--folds", "1"], ["--examples", "0"], ["--folds", "veel"]])
def test_a_number_that_makes_no_sense_is_wrong_use(file, option, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["crossvalidate", file, *option])

    assert stopped.value.code == 2
