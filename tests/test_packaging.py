"""The wheel is complete, and setting up says what is missing."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the wheel, built from a copy of the sources."""
    sources = tmp_path_factory.mktemp("sources")
    for name in ("assistant", "corpus", "web"):
        shutil.copytree(ROOT / name, sources / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", "."],
        cwd=sources,
        check=True,
        capture_output=True,
        timeout=300,
    )
    [path] = (sources / "dist").glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the wheel's contents, apart from the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "web/templates/base.html",
        "web/static/vraagwijzer.css",
        "web/static/chat.js",
        "corpus/bibliotheek/evaluation/baseline.json",
        "corpus/loyale_tegenspraak/corpus.toml",
        "corpus/loyale_tegenspraak/calibration/queries.tsv",
        "corpus/loyale_tegenspraak/evaluation/dev-natural/qrels.tsv",
    ],
)
def test_the_wheel_holds_what_the_packages_read(wheel: Path, name: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert name in archive.namelist()


def test_the_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "assistant", "corpus", "web"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    if not listed:
        pytest.skip("not a git checkout")
    with zipfile.ZipFile(wheel) as archive:
        assert sorted(set(listed) - set(archive.namelist())) == []


def test_the_wheel_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    script = (
        "import assistant, sys; from assistant.cli import main; "
        f"assert assistant.__file__.startswith({str(installed)!r}), assistant.__file__; "
        "sys.exit(main(['ask', 'Hoe creëer je veiligheid voor jezelf?']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "Hoe creëer je veiligheid voor jezelf?" in result.stdout


@pytest.mark.parametrize(
    ("fails_on", "package"), [("ensurepip", "python3-venv"), ("version_info", "python3")]
)
def test_make_names_the_package_that_is_missing(
    tmp_path: Path, fails_on: str, package: str
) -> None:
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\ncase "$2" in *{fails_on}*) exit 1;; esac\nexit 0\n')
    python.chmod(0o755)
    venv = tmp_path / "venv"
    result = subprocess.run(
        ["make", f"PYTHON={python}", f"VENV={venv}", f"{venv}/.python"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode != 0
    assert f"apt-get install {package}" in result.stderr
    assert not venv.exists()
