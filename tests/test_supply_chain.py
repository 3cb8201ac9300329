"""The bill of materials names every locked package; the audit never passes without looking."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_the_bill_of_materials_names_every_locked_package(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("cyclonedx-py")
    if not program.exists():
        pytest.skip("cyclonedx-bom is missing")
    bill = tmp_path / "bill.json"
    command = [program, "requirements", ROOT / "requirements.txt", "-o", bill]
    subprocess.run(command, capture_output=True, check=True)
    written = json.loads(bill.read_text("utf-8"))
    assert written["bomFormat"] == "CycloneDX"
    named = {part["name"].lower() for part in written["components"]}
    locked = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    assert named == {name.lower() for name in locked}


def test_every_locked_package_has_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        blocks = re.split(r"\n(?=[\w.-]+==)", text)[1:]
        assert blocks
        assert all("--hash=sha256:" in block for block in blocks), name


def test_an_audit_that_could_not_look_says_so_and_fails(tmp_path: Path) -> None:
    (tmp_path / "leeg.txt").write_text("dit is geen pakket ===\n")
    command = [sys.executable, ROOT / "tools" / "audit", str(tmp_path / "leeg.txt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "NOT CHECKED" in done.stderr
