"""Commands `off` and `on`: stop answering questions, with a reason that is kept, and go on."""

import argparse
from getpass import getuser
from typing import Any

from assistant.commands import CommandError
from web.commands.storage import settings_for_command
from web.switch import Switch


def add_off(subparsers: Any) -> None:
    """Add the command `off` to the command line."""
    parser = subparsers.add_parser(
        "off", help="zet de chatpagina uit: die toont dan alleen bij wie mensen terechtkunnen"
    )
    parser.add_argument("reason", metavar="REDEN", help="waarom; dit wordt met je naam bewaard")
    parser.set_defaults(run=run_off)


def add_on(subparsers: Any) -> None:
    """Add the command `on` to the command line."""
    parser = subparsers.add_parser("on", help="zet de chatpagina weer aan")
    parser.add_argument("reason", metavar="REDEN", nargs="?", default="", help="waarom")
    parser.set_defaults(run=run_on)


def run_off(args: argparse.Namespace) -> int:
    """Turn answering off."""
    if not args.reason.strip():
        raise CommandError("schrijf achter off waarom je Vraagwijzer uitzet.")
    return _turn(args, on=False)


def run_on(args: argparse.Namespace) -> int:
    """Turn answering on."""
    return _turn(args, on=True)


def _turn(args: argparse.Namespace, *, on: bool) -> int:
    folder = settings_for_command().data
    try:
        change = Switch(folder).turn(on=on, reason=args.reason, by=_who())
    except OSError:
        raise CommandError(f"kan niet schrijven in de map {folder}.") from None
    print(f"Vraagwijzer staat {'aan' if on else 'uit'}, gezet door {change.by}.")
    return 0


def _who() -> str:
    try:
        return getuser()
    except (OSError, KeyError):  # a container may have a user without a name
        return "onbekend"
