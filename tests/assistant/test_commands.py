"""The commands ask, match and check, run as a user runs them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import main

COMMAND = Path(sys.executable).with_name("vraagwijzer")


def run(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [COMMAND, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "error::UserWarning", **environment},
    )


def objects(result: subprocess.CompletedProcess) -> list[dict]:
    assert result.returncode == 0, result.stderr.decode()
    return [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]


def test_match_prints_one_object_a_line_in_the_same_order(corpus_folder: Path) -> None:
    lines = ["waar laat ik oud papier", "", "hallo", "mag glas in de bak?"]
    found = objects(run("match", "--corpus", corpus_folder, stdin="\n".join(lines).encode()))
    assert [item["question"] for item in found] == lines
    assert [set(item) for item in found] == [{"question", "outcome", "matches"}] * 4
    assert found[1]["matches"] == found[2]["matches"] == []


def test_match_gives_at_most_five_but_at_least_three_faq_entries(corpus_folder: Path) -> None:
    [found] = objects(run("match", "--corpus", corpus_folder, stdin=b"wie betaalt dat eigenlijk"))
    ids = [match["entry"] for match in found["matches"]]
    assert sum(name.startswith("q") for name in ids) >= 3
    assert all(set(match) == {"entry", "probability"} for match in found["matches"])
    probabilities = [match["probability"] for match in found["matches"]]
    assert probabilities == sorted(probabilities, reverse=True)


@pytest.mark.parametrize(
    "line", [b"\xff\xfe\xfa", b"x" * 501, b"x" * 200_000, b"\x00\x01", b"[" * 8000, b"\xed\xa0\x80"]
)
def test_a_line_that_cannot_be_matched_is_a_fallback(corpus_folder: Path, line: bytes) -> None:
    stdin = line + b"\nwaar laat ik oud papier\n"
    strange, normal = objects(run("match", "--corpus", corpus_folder, stdin=stdin))
    assert (strange["outcome"], strange["matches"]) == ("fallback", [])
    assert normal["matches"]


def test_match_reads_a_file_and_windows_line_ends(corpus_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "vragen.txt").write_bytes(b"waar laat ik oud papier\r\nmag glas\r\n")
    found = objects(run("match", "--corpus", corpus_folder, tmp_path / "vragen.txt"))
    assert [item["question"] for item in found] == ["waar laat ik oud papier", "mag glas"]


def test_match_of_nothing_prints_nothing(corpus_folder: Path) -> None:
    assert objects(run("match", "--corpus", corpus_folder)) == []


def test_match_needs_no_more_memory_for_a_longer_file(corpus_folder: Path) -> None:
    script = (
        "import resource, sys; from assistant.cli import main; "
        f"main(['match', '--corpus', {str(corpus_folder)!r}]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )

    def peak(lines: int) -> int:
        result = subprocess.run(
            [sys.executable, "-c", script],
            input=b"waar laat ik het oude papier van nummer %d\n" * lines,
            capture_output=True,
            timeout=300,
            check=True,
        )
        assert result.stdout.count(b"\n") == lines
        return int(result.stderr.split()[-1])

    assert peak(4_000) < 1.1 * peak(500)


def test_ask_prints_the_answer_without_colours(corpus_folder: Path) -> None:
    result = run("ask", "--corpus", corpus_folder, "Mag een yoghurtbeker bij het plastic?")
    text = result.stdout.decode()
    assert result.returncode == 0
    assert "Thema:" in text
    assert "\x1b[" not in text


def test_ask_shows_people_when_the_faq_does_not_answer(corpus_folder: Path) -> None:
    result = run("ask", "--corpus", corpus_folder, "wat is de zin van het leven")
    assert result.returncode == 0
    assert "Deze FAQ geeft hier geen antwoord op" in result.stdout.decode()
    assert "Liever een mens?" in result.stdout.decode()


def test_ask_answers_each_question_of_a_message(corpus_folder: Path) -> None:
    message = "Mag een yoghurtbeker bij het plastic? En wat doe ik met lege batterijen?"
    assert run("ask", "--corpus", corpus_folder, message).stdout.decode().count("Je vroeg:") == 2


@pytest.mark.parametrize(
    ("message", "words"),
    [("", "nog geen vraag"), ("x" * 501, "te lang"), ("hallo", ""), ("\udcff", "nog geen vraag")],
)
def test_ask_has_a_sentence_for_what_is_no_question(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str], message: str, words: str
) -> None:
    assert main(["ask", "--corpus", str(corpus_folder), message]) == 0
    assert words in capsys.readouterr().out


def test_check_says_what_a_sound_corpus_holds(corpus_folder: Path) -> None:
    result = run("check", "--corpus", corpus_folder)
    assert result.returncode == 0
    assert "Geen problemen gevonden" in result.stdout.decode()
    assert "belofte" in result.stdout.decode()


def test_check_prints_every_problem_and_exits_with_1(corpus_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(corpus_folder, tmp_path / "stuk")
    for path in list((tmp_path / "stuk" / "entries").glob("*.md"))[:2]:
        path.write_text("geen velden")
    result = run("check", "--corpus", tmp_path / "stuk")
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr.count(b"moet beginnen met velden") == 2
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["ask vraag", "match", "check"])
def test_a_missing_corpus_is_one_clear_problem(tmp_path: Path, command: str) -> None:
    name, *rest = command.split()
    result = run(name, "--corpus", tmp_path / "nergens", *rest)
    assert result.returncode == 1
    assert b"bestaat niet" in result.stderr
    assert b"Traceback" not in result.stderr


def test_a_missing_file_is_one_clear_sentence(corpus_folder: Path) -> None:
    result = run("match", "--corpus", corpus_folder, "nergens.txt")
    assert result.returncode == 1
    assert b"nergens.txt is niet te lezen" in result.stderr


@pytest.mark.parametrize("arguments", [[], ["onbekend"], ["ask"], ["match", "--onbekend"]])
def test_wrong_use_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_version_and_help_exit_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--version"], ["--help"], ["match", "--help"]):
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 0
    assert "vraagwijzer" in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_error(corpus_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "vragen.txt").write_bytes(b"waar laat ik oud papier\n" * 3000)
    with subprocess.Popen(
        [COMMAND, "match", "--corpus", corpus_folder, tmp_path / "vragen.txt"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.communicate(timeout=120)[1] == b""
    assert process.returncode == 0
