"""Measure one system in a process of its own; started by run.py, prints one JSON object."""

import argparse
import json
import re
import time
from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from packaging.requirements import Requirement

from benchmarks.systems import PACKAGES, PEERS, Ask, Found, Wording, encoder


def main() -> None:
    """Build, ask every question once, and print what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("material", type=Path)
    parser.add_argument("system")
    parser.add_argument("--wordings", choices=("all", "headings"), default="all")
    parser.add_argument("--started", type=float, default=time.monotonic())
    parser.add_argument("--encoder", default="")
    args = parser.parse_args()
    material = json.loads(args.material.read_text("utf-8"))
    texts = [text for text, _ in material["questions"]]
    wordings = [Wording(*pair) for pair in material[args.wordings]]
    before = time.perf_counter()
    ask_all = None
    if args.system == "Vraagwijzer":
        ask, ask_all = _vraagwijzer()
    else:
        build = PEERS[args.system] if args.system in PEERS else encoder(args.encoder)
        ask = build(wordings)
    built = time.perf_counter() - before
    ask(texts[0])
    first_answer = time.monotonic() - args.started
    found, wall, cpu = _one_by_one(ask, texts)
    is_server = args.system.startswith("PostgreSQL")  # what its processes use is not seen here
    result = {
        "build_s": None if args.system == "Vraagwijzer" else built,
        "first_answer_s": first_answer,
        "p50_ms": float(np.percentile(wall, 50)) * 1000,
        "p95_ms": float(np.percentile(wall, 95)) * 1000,
        "cpu_p50_ms": None if is_server else float(np.percentile(cpu, 50)) * 1000,
        "batch_per_s": _batch(ask_all, texts) if ask_all else len(texts) / sum(wall),
        "memory_mb": None if is_server else _peak_memory_mb(),
        "installed_mb": installed_mb(PACKAGES.get(args.system, ("sentence-transformers",))),
        **_quality([frozenset(right) for _, right in material["questions"]], found),
    }
    print(json.dumps(result))


def _vraagwijzer():  # type: ignore[no-untyped-def]
    from assistant import Assistant
    from corpus import SHIPPED_CORPUS, load_corpus

    assistant = Assistant.from_corpus(load_corpus(SHIPPED_CORPUS))

    def ask(question: str) -> Found:
        matches = assistant.respond(question)[0].matches
        return [(m.entry_id, m.probability) for m in matches if m.entry_id.startswith("q")]

    return ask, assistant.match


def _one_by_one(ask: Ask, texts: Sequence[str]) -> tuple[list[Found], list[float], list[float]]:
    found, wall, cpu = [], [], []
    for text in texts:
        clock, used = time.perf_counter(), time.process_time()
        found.append(ask(text))
        cpu.append(time.process_time() - used)
        wall.append(time.perf_counter() - clock)
    return found, wall, cpu


def _batch(match, texts: Sequence[str]) -> float:  # type: ignore[no-untyped-def]
    """Give questions a second when all are there at once."""
    started = time.perf_counter()
    match(texts)
    return len(texts) / (time.perf_counter() - started)


def _peak_memory_mb() -> float:
    """Give the peak of this very process; getrusage starts from that of the one that forked it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return float(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024  # type: ignore[index]


def _quality(acceptable: Sequence[frozenset[str]], found: Sequence[Found]) -> dict[str, float]:
    from sklearn.metrics import roc_auc_score

    pairs = [(right, row) for right, row in zip(acceptable, found, strict=True) if right]
    best = [bool(row) and row[0][0] in right for right, row in pairs]
    three = [any(entry in right for entry, _ in row[:3]) for right, row in pairs]
    scores = [row[0][1] if row else 0.0 for row in found]
    return {
        "best_acceptable": float(np.mean(best)),
        "first_three": float(np.mean(three)),
        "auroc": float(roc_auc_score([bool(right) for right in acceptable], scores)),
    }


def installed_mb(names: Sequence[str]) -> float:
    """Give the size on disk of packages with all that they require."""
    waiting, seen, size = list(names), set(), 0
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        with suppress(PackageNotFoundError):
            package = distribution(name)
            files = [Path(str(package.locate_file(file))) for file in package.files or ()]
            size += sum(file.stat().st_size for file in files if file.is_file())
            required = [Requirement(text) for text in package.requires or ()]
            waiting += [
                r.name for r in required if not r.marker or r.marker.evaluate({"extra": ""})
            ]
    if "vraagwijzer" in names:
        # where it is installed to be edited, its own files are not in the package's list
        folder = Path(__file__).parent.parent
        own = [p for part in ("assistant", "corpus", "web") for p in (folder / part).rglob("*")]
        size += sum(p.stat().st_size for p in own if p.is_file() and p.suffix != ".pyc")
    return size / 1e6


if __name__ == "__main__":
    main()
