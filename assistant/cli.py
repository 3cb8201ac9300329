"""Run the command `vraagwijzer`: find its commands, read the options, call the right one."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import entry_points, version
from typing import Any

from assistant.commands import CommandError

COMMANDS = (
    "ask",
    "match",
    "check",
    "chat",
    "evaluate",
    "compare",
    "gate",
    "crossvalidate",
    "import_",
    "new",
    "corpus",
)
"""Commands of this package, each a module of assistant.commands."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0, 1 (a check says no) or 2 (wrong use)."""
    args = build_parser().parse_args(argv)
    args.command_line = list(sys.argv[1:] if argv is None else argv)
    try:
        return int(args.run(args))
    except CommandError as error:
        print(f"vraagwijzer: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone (| head): not an error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def build_parser() -> argparse.ArgumentParser:
    """Give the parser with every command, also those of packages above this one."""
    parser = argparse.ArgumentParser(
        prog="vraagwijzer",
        description="Beantwoordt vragen met het best passende antwoord van een FAQ.",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('vraagwijzer')}")
    subparsers = parser.add_subparsers(title="opdrachten", metavar="OPDRACHT", required=True)
    for add_parser in _commands():
        add_parser(subparsers)
    return parser


def _commands() -> list[Callable[[Any], None]]:
    """Give the add_parser function of each command, ours first, then those of packages above us.

    Packages above (web) announce theirs as entry points, so that imports point one way only.
    """
    ours = [import_module(f"assistant.commands.{name}").add_parser for name in COMMANDS]
    others = sorted(entry_points(group="vraagwijzer.commands"), key=lambda point: point.name)
    return ours + [point.load() for point in others]
