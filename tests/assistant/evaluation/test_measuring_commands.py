import json

import pytest

from assistant.cli import main
from corpus.labels import save_labelled_set
from corpus.models import LabelledSet


@pytest.fixture(scope="module")
def evaluation(corpus, corpus_folder, tmp_path_factory):
    """Give the options that measure the small corpus on its own labelled questions."""
    folder = tmp_path_factory.mktemp("klein")
    save_labelled_set(corpus.calibration, folder)
    queries = str(folder / "queries.tsv")
    return ["--corpus", str(corpus_folder), "--queries", queries, "--samples", "20"]


@pytest.fixture(scope="module")
def saved(evaluation, tmp_path_factory):
    path = tmp_path_factory.mktemp("verslag") / "a.json"
    assert main(["evaluate", *evaluation, "--json", str(path)]) == 0
    return path


@pytest.fixture
def baseline(tmp_path):
    path = tmp_path / "ijkpunt.json"

    def write(**check):
        content = {"checks": [{"group": "all", "figure": "Success@1", **check}], "questions": {}}
        path.write_text(json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def error(capsys, *arguments):
    """Run a command that must fail with exit 1 and give its one line on stderr."""
    assert main([str(argument) for argument in arguments]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert "Traceback" not in "".join(lines)
    return lines[-1]


def test_evaluate_prints_figures_with_intervals(evaluation, corpus, capsys):
    assert main(["evaluate", *evaluation]) == 0

    printed = capsys.readouterr().out
    assert f"versie {corpus.version}" in printed
    assert f"Alle vragen: {len(corpus.calibration)} vragen" in printed
    assert "Success@1" in printed
    assert "Eerste keus klopt" in printed


def test_evaluate_writes_json_page_and_run(evaluation, tmp_path, capsys):
    paths = {name: tmp_path / f"uit.{name}" for name in ("json", "html", "run")}
    options = [text for name, path in paths.items() for text in (f"--{name}", str(path))]

    assert main(["evaluate", *evaluation, *options]) == 0

    content = json.loads(paths["json"].read_text(encoding="utf-8"))
    assert content["about"]["command"].startswith("vraagwijzer evaluate --corpus ")
    assert len(content["baselines"]) == 4
    assert "Is dit beter dan een eenvoudige manier?" in paths["html"].read_text(encoding="utf-8")
    assert paths["run"].read_text(encoding="utf-8").split()[1] == "Q0"


def test_evaluate_reads_a_csv_of_question_and_entry(corpus_folder, tmp_path, capsys):
    path = tmp_path / "eigen.csv"
    path.write_text("question,entry\nWaar laat ik oud papier?,q03\nHoe laat is het?,\n")

    command = ["evaluate", "--corpus", str(corpus_folder), "--queries", str(path)]
    assert main([*command, "--samples", "10"]) == 0

    assert "Alle vragen: 2 vragen, 1 in de FAQ, 1 niet" in capsys.readouterr().out


def test_evaluate_says_what_is_wrong_with_the_questions(corpus_folder, tmp_path, capsys):
    queries = tmp_path / "queries.tsv"
    queries.write_text("a\tHoe?\n", encoding="utf-8")
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("a\t0\tq99\t2\nz\t0\tq01\t2\n", encoding="utf-8")
    corpus = ("--corpus", corpus_folder)

    assert "problemen: 2" in error(capsys, "evaluate", *corpus, "--queries", queries)
    assert "--queries" in error(capsys, "evaluate", *corpus, "--qrels", qrels)


def test_evaluate_without_any_question_is_an_error(corpus_folder, tmp_path, capsys):
    message = error(capsys, "evaluate", "--corpus", corpus_folder)

    assert "geen enkele vraag" in message


def test_evaluate_refuses_a_file_it_cannot_write_before_measuring(evaluation, tmp_path, capsys):
    message = error(capsys, "evaluate", *evaluation, "--json", tmp_path / "weg" / "a.json")

    assert "is niet te schrijven" in message
    assert not capsys.readouterr().out


def test_the_same_set_twice_is_an_error(evaluation, capsys):
    message = error(capsys, "evaluate", *evaluation, *evaluation[2:4])

    assert "staat er twee keer in" in message


def test_compare_prints_every_difference(saved, capsys):
    assert main(["compare", str(saved), str(saved)]) == 0

    printed = capsys.readouterr().out
    assert "p = 1,0000 (McNemar)" in printed
    assert "Veranderde vragen: 0" in printed


def test_compare_lists_changed_questions_worst_first(saved, tmp_path, capsys):
    content = json.loads(saved.read_text(encoding="utf-8"))
    answered = [q for q in content["questions"] if q["outcome"] == "answer" and q["relevance"]]
    answered[0]["outcome"] = "fallback"
    worse = tmp_path / "b.json"
    worse.write_text(json.dumps(content), encoding="utf-8")

    assert main(["compare", str(saved), str(worse)]) == 0

    printed = capsys.readouterr().out
    assert "Veranderde vragen: 1 (0 beter, 1 slechter)" in printed
    assert f"[slechter] {answered[0]['id']}: {answered[0]['text']}" in printed


def test_compare_needs_two_reports(saved, tmp_path, capsys):
    empty = tmp_path / "leeg.json"
    empty.write_text("{}", encoding="utf-8")

    assert "geen verslag" in error(capsys, "compare", saved, empty)
    assert "is niet te lezen" in error(capsys, "compare", saved, tmp_path / "weg.json")


def test_gate_says_yes_where_limits_are_kept(evaluation, baseline, capsys):
    assert main(["gate", "--baseline", baseline(limit=0.01), *evaluation]) == 0

    assert capsys.readouterr().out.startswith("goed  Alle vragen: Success@1")


def test_gate_says_no_when_a_floor_is_missed(saved, baseline, capsys):
    path = baseline(limit=1.01)

    message = error(capsys, "gate", "--baseline", path, "--report", saved)

    assert message == "vraagwijzer: 1 van 1 cijfers zakken."


def test_gate_renews_its_baseline(saved, baseline, corpus, capsys):
    path = baseline(margin=0.02)

    assert main(["gate", "--baseline", path, "--report", str(saved), "--renew"]) == 0

    with open(path, encoding="utf-8") as file:
        content = json.load(file)
    assert content["corpus_version"] == corpus.version
    assert content["questions"] == {"all": len(corpus.calibration)}
    assert 0 < content["checks"][0]["value"] <= 1


def test_gate_on_an_empty_set_is_an_error(evaluation, baseline, tmp_path, capsys):
    save_labelled_set(LabelledSet(), tmp_path)
    options = [*evaluation[:2], "--queries", tmp_path / "queries.tsv"]

    assert "problemen: 1" in error(capsys, "gate", "--baseline", baseline(limit=0), *options)


def test_gate_without_a_baseline_is_wrong_use(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["gate"])

    assert stopped.value.code == 2


def test_negative_number_of_resamples_is_wrong_use(evaluation, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["evaluate", *evaluation[:-1], "-3"])

    assert stopped.value.code == 2


@pytest.mark.parametrize("command", ["evaluate", "compare", "gate"])
def test_each_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == 0
    assert "--" in capsys.readouterr().out
