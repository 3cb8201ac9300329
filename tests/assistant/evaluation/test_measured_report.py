import json
from dataclasses import replace

import pytest

from assistant.evaluation.learning import (
    FLAT,
    LearningPoint,
    asked_curve,
    fewer_asked,
    flat_from,
    shortened,
)
from assistant.evaluation.measures import Figure
from assistant.evaluation.saved import (
    SavedReportError,
    groups_from_json,
    observations_from_json,
    to_json,
    version_from_json,
)


def test_report_measures_all_questions_with_english_apart(report, questions):
    assert report.group().count == len(questions) - 1
    assert report.group("kind english").count == 1
    assert len(report.native) + len(report.foreign) == len(questions)


def test_baselines_are_measured_on_the_same_questions(report):
    names = [baseline.name for baseline in report.baselines]

    assert names == ["naive", "char TF-IDF", "BM25", "rapidfuzz"]
    in_scope = report.group().in_scope
    assert all(b.figure("Success@1").count == in_scope for b in report.baselines)
    assert all(b.figure("ECE") is None for b in report.baselines)


def test_learning_curves_end_with_the_whole_corpus(report):
    for curve in (report.learning, report.learning_asked):
        assert [point.whole for point in curve] == [False] * (len(curve) - 1) + [True]
        assert curve[-1].figure("Success@1") == report.group().figure("Success@1")
    assert report.learning[0].size == 5
    assert report.learning_asked[0].size == 0


def test_a_curve_flattens_where_what_follows_brings_little():
    def points(*values):
        return [
            LearningPoint(size, (Figure("RR", value, value, value, 9),))
            for size, value in enumerate(values)
        ]

    assert flat_from(points(0.2, 0.5, 0.9, 0.9 + FLAT / 2), "RR").size == 2
    assert flat_from(points(0.2, 0.5, 0.9), "RR") is None
    assert flat_from(points(0.9, 0.5, 0.5), "RR").size == 0
    assert flat_from(points(0.9), "AUROC") is None


def test_asked_questions_are_left_out_step_by_step(corpus, questions):
    asked = replace(corpus, training=corpus.calibration)

    [none] = asked_curve(asked, questions[:3], samples=0)

    assert (none.size, none.whole) == (0, False)
    assert none.figure("Success@1").count == sum(q.in_scope for q in questions[:3])


def test_fewer_asked_questions_keep_their_labels(corpus):
    fewer = fewer_asked(corpus.calibration, 10)

    kept = {query.id for query in fewer.queries}
    assert len(kept) == 10
    assert {j.query_id for j in fewer.judgments} <= kept
    assert all(fewer.labels.get(i) == corpus.calibration.labels.get(i) for i in kept)


def test_a_shortened_corpus_spreads_over_all_phrasings(corpus):
    entry = max(corpus.entries, key=lambda e: len(e.phrasings))

    fewer = shortened(corpus, 3).entry_by_id[entry.id].phrasings

    assert len(fewer) == 3
    assert fewer[0] == entry.phrasings[0]
    assert entry.phrasings.index(fewer[2]) >= len(entry.phrasings) // 2
    assert shortened(corpus, 10_000) == corpus


def test_a_saved_report_gives_its_observations_and_figures_back(report):
    text = to_json(report)

    again = observations_from_json(text)
    assert [o.question for o in again] == [o.question for o in report.observations]
    assert [o.chosen for o in again] == [o.chosen for o in report.observations]
    assert [o.best for o in again] == [o.best for o in report.observations]
    assert version_from_json(text) == report.about.corpus_version
    value = groups_from_json(text)[0].figure("AUROC").value
    assert value == pytest.approx(report.group().figure("AUROC").value, abs=1e-6)


def test_a_saved_report_holds_what_is_needed_to_draw_it_again(report):
    content = json.loads(to_json(report))

    assert content["about"]["command"] == "vraagwijzer evaluate"
    assert len(content["risk_coverage"]) == len({o.score for o in report.native})
    assert sum(part["count"] for part in content["reliability"]) == len(report.native)
    assert content["promise"]["promised"] == report.promise.promised
    assert {"confusions", "worst_errors", "gaps", "entries"} <= set(content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "{}",
        '{"format": 2}',
        '{"format": 1}',
        '{"format": 1, "questions": [3], "groups": [{}]}',
        '{"format": 1, "questions": {"a": 1}, "groups": 5}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_report_says_so(text):
    with pytest.raises(SavedReportError):
        observations_from_json(text)
    with pytest.raises(SavedReportError):
        groups_from_json(text)
