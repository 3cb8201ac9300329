import pytest
from handmade import observe

from assistant.evaluation.gate import (
    Baseline,
    BaselineError,
    Check,
    failures,
    judge,
    read_baseline,
    renew,
    write_baseline,
)
from assistant.evaluation.groups import GroupMaker


@pytest.fixture
def groups(observations):
    return GroupMaker(0.6, samples=0).groups(observations)


def one(check, questions=6):
    return Baseline((check,), {"all": questions})


@pytest.mark.parametrize(
    "check",
    [
        Check("all", "Success@1", 0.5),
        Check("all", "Success@1", 0.52, margin=0.02),
        Check("all", "Success@1", limit=0.5),
        Check("all", "out of scope answered", 0.5, limit=0.5),
        Check("all", "AURC", 0.1, margin=0.5),
    ],
)
def test_gate_passes_within_margin_and_limit(groups, check):
    assert failures(judge(one(check), groups)) == ()


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        (Check("all", "Success@1", 0.55, margin=0.02), "was 0.55"),
        (Check("all", "Success@1", limit=0.6), "moet minstens 0.6"),
        (Check("all", "out of scope answered", limit=0.4), "moet hoogstens 0.4"),
        (Check("all", "wrong among shown", 0.4, margin=0.05), "was 0.4"),
        (Check("all", "wrong among shown at 60% out of scope", limit=0.1), "hoogstens"),
    ],
)
def test_gate_fails_when_a_figure_drops_or_misses_its_limit(groups, check, reason):
    (verdict,) = failures(judge(one(check), groups))

    assert reason in verdict.reason


@pytest.mark.parametrize(
    "check", [Check("all", "Success@9", 0.5), Check("set weg", "Success@1", 0.5)]
)
def test_a_figure_that_is_gone_is_an_error(groups, check):
    with pytest.raises(BaselineError):
        judge(one(check), groups)


def test_fewer_questions_than_before_are_an_error(groups):
    with pytest.raises(BaselineError, match="6 van de 7 vragen"):
        judge(one(Check("all", "Success@1", 0.5), questions=7), groups)


def test_an_empty_set_is_an_error():
    with pytest.raises(BaselineError):
        judge(one(Check("all", "Success@1", 0.5), questions=0), [])


def test_a_baseline_that_checks_nothing_is_an_error(tmp_path):
    path = tmp_path / "b.json"
    path.write_text('{"checks": [], "questions": {}}', encoding="utf-8")

    with pytest.raises(BaselineError, match="geen enkel cijfer"):
        read_baseline(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"checks": 3, "questions": {}}',
        '{"checks": [{"group": "all"}], "questions": {}}',
        '{"checks": [{"group": "all", "figure": "RR", "limit": NaN}], "questions": {}}',
        '{"checks": [{"group": "all", "figure": "RR", "limit": "0.5"}], "questions": {}}',
        '{"checks": [{"group": "all", "figure": "RR"}], "questions": []}',
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_baseline_is_an_error(tmp_path, text):
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(BaselineError, match="is geen"):
        read_baseline(path)


def test_a_baseline_is_read_as_it_was_written(tmp_path):
    baseline = Baseline((Check("all", "RR", 0.5, 0.01, 0.4),), {"all": 6}, "abc")

    write_baseline(baseline, tmp_path / "b.json")

    assert read_baseline(tmp_path / "b.json") == baseline


def test_renewing_takes_over_values_and_counts_and_keeps_limits(groups):
    old = Baseline((Check("all", "Success@1", 0.4, 0.02, 0.45),), {}, "oud")

    fresh = renew(old, groups, "nieuw")

    assert fresh == Baseline((Check("all", "Success@1", 0.5, 0.02, 0.45),), {"all": 6}, "nieuw")


def test_a_lower_time_is_better():
    slow = observe("a", {"q01": 2}, [("q01", 0.9)], outcome="answer", chosen=("q01",), seconds=1)
    groups = GroupMaker(0.6, samples=0).groups([slow])

    (verdict,) = judge(Baseline((Check("all", "latency p95", limit=200),), {}), groups)

    assert not verdict.passed
