"""Time every regular expression of the packages on text that makes a careless one slow.

Run as a program it prints, as JSON, how many patterns it timed and which were too slow. A process
of its own, since it notes each pattern as `re` compiles it, wherever that is: at import, in a
function, from a data file. Patterns in calls that did not run are read from the sources.
"""

import ast
import importlib
import json
import os
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("corpus", "assistant", "web")
LONGEST: Final = 4_000
"""Characters: messages are cut there; questions are shorter; a longer line only stands in a
document, which a child process with limits reads."""
LIMIT: Final = 0.05 if os.environ.get("VRAAGWIJZER_FULL") else 0.2
"""The promise is 0.05; beside other tests on a busy machine a time says less."""
SHORTER: Final = {"assistant/cues.py": 1_000}
"""What sees less: normalised text is cut at twice the longest question."""
GIVE_UP: Final = 0.5
UNITS: Final = (
    *'aZ0é -_.,:;!?@#/\\|*+=~<>()[]{}"\'\n\t\u00a0',
    "a ", "0 ", " \n", "\n\n", "- ", ". ", "a.", "0.", "0-", "0:", "a@", "a@a.", "a-", "ab ",
    "en ", "de ", "wie ", "06 ", "1.1 ", "**", "__", "](", "[a](", "[a", "<a ", "<!--", "&#", "(a",
    "a, ", "A a ", "14:00:00 ", "q01 ", "http://", "www.", "NL00", "\r\n", ": ", "- a\n", "1) ",
)  # fmt: skip
SUFFIXES: Final = ("", "!")
Found = dict[tuple[str, int, str], str]
"""Where a pattern stands, by its text, flags and the method it is used with."""
ANCHORED: Final = ("match", "fullmatch")


def collect() -> Found:
    """Give each pattern with its flags, and where it stands."""
    found: Found = {}
    real = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int) -> Any:
        path = Path(sys._getframe(2).f_code.co_filename)
        if isinstance(pattern, str) and path.is_relative_to(ROOT):
            name, line = str(path.relative_to(ROOT)), sys._getframe(2).f_lineno
            called = sys._getframe(1).f_code.co_name  # compile, or the function of `re` itself
            if name.startswith(PACKAGES):
                for method in _methods(name, line) if called == "compile" else [called]:
                    found.setdefault((pattern, int(flags), method), f"{name}:{line}")
        return real(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]
    for package in PACKAGES:
        module = importlib.import_module(package)
        for info in pkgutil.walk_packages(module.__path__, f"{package}."):
            if "migrations" not in info.name:
                importlib.import_module(info.name)
    _run_what_makes_patterns()
    re._compile = real  # type: ignore[attr-defined]
    for place, pattern, flags, method in _literals():
        if method != "compile":
            found.setdefault((pattern, flags, method), place)
    return found


def _methods(name: str, line: int) -> list[str]:
    """Give the methods that a compiled pattern is used with; search when none is seen."""
    source = (ROOT / name).read_text("utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.lineno <= line <= (
            node.end_lineno or 0
        ):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and target.id.startswith("_"):
                return re.findall(rf"\b{target.id}\.(\w+)", source) or ["search"]
    return ["search"]


def _run_what_makes_patterns() -> None:
    from assistant import cues
    from assistant.segmentation import judge
    from corpus.importers.chat import parse_text

    for table in ("clause", "message", "rule", "split"):
        cues.patterns(table)
    judge("Hoe kan ik dit melden, en bij wie? Ik wil het graag weten.")
    parse_text('14:00:01\t From  Jan : Waar dan?\n14:01:05\t From  Kees : Replying to "Waar"\n')


def _literals() -> list[tuple[str, str, int, str]]:
    """Give the patterns that stand as plain text in a call of `re`."""
    rows = []
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                if of_re and node.args and isinstance(node.args[0], ast.Constant):
                    text = node.args[0].value
                    flags = re.MULTILINE if "MULTILINE" in ast.dump(node) else re.NOFLAG
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    rows.append((place, text, int(flags), node.func.attr))
    return rows


class _TooLong(Exception):
    pass


def _stop(*_: object) -> None:
    raise _TooLong


def seconds(search: Callable[[str], object], text: str) -> float:
    """Give the processor time of a search; what takes long is stopped."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP)
    try:
        search(text)
    except _TooLong:
        return GIVE_UP
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def first_slow(search: Callable[[str], object], longest: int) -> tuple[float, str]:
    """Give the first time over the limit, the best of three, and on what; else nothing."""
    for unit in UNITS:
        for suffix in SUFFIXES:
            short = unit * (longest // 8 // len(unit)) + suffix
            if seconds(search, short) < LIMIT / 200:  # even a cube of it stays far below
                continue
            text = unit * (longest // len(unit)) + suffix
            taken = seconds(search, text)
            if taken > LIMIT:
                taken = min(taken, seconds(search, text), seconds(search, text))
            if taken > LIMIT:
                return taken, repr(unit + suffix)
    return 0.0, ""


def main() -> None:
    """Print the result."""
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGVTALRM, _stop)
    sys.path.insert(0, str(ROOT))
    found = collect()
    slow = []
    for (text, flags, method), place in sorted(found.items(), key=lambda item: item[1]):
        pattern = re.compile(text, flags)
        search = getattr(pattern, method if method in ANCHORED else "search")
        taken, on = first_slow(search, SHORTER.get(place.split(":")[0], LONGEST))
        if taken > LIMIT:
            slow.append(f"{place} {taken * 1000:.0f} ms on {on}: {text[:90]}")
    print(json.dumps({"patterns": len(found), "slow": slow}))  # noqa: T201


if __name__ == "__main__":
    main()
