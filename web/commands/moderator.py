"""Command `moderator`: make and change the accounts of moderators."""

import argparse
import getpass
import sys
from collections.abc import Callable
from typing import Any, Final

from assistant.commands import CommandError
from web.accounts import (
    AccountError,
    Role,
    add_moderator,
    list_moderators,
    remove_moderator,
    set_active,
    set_password,
    set_role,
)
from web.commands.storage import opened_database
from web.db import Database

Do = Callable[[Database, argparse.Namespace], str]


def add_parser(subparsers: Any) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("moderator", help="maak en wijzig accounts van moderatoren")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTIE")
    for name, (explanation, do) in _ACTIONS.items():
        action = actions.add_parser(name, help=explanation)
        if name != "list":
            action.add_argument("name", metavar="NAAM", help="naam van het account")
        if name == "add":
            action.add_argument(
                "--role", choices=list(Role), type=Role, default=Role.MODERATOR, help="rol"
            )
        if name == "role":
            action.add_argument("role", choices=list(Role), type=Role, metavar="ROL", help=_ROLES)
        if name in ("add", "password"):
            action.add_argument(
                "--password-stdin",
                action="store_true",
                help="lees het wachtwoord van de standaardinvoer",
            )
        action.set_defaults(run=run, do=do)


def run(args: argparse.Namespace) -> int:
    """Do the action and say what was done."""
    do: Do = args.do
    with opened_database() as database:
        try:
            print(do(database, args))
        except AccountError as error:
            raise CommandError(str(error)) from None
    return 0


def _add(database: Database, args: argparse.Namespace) -> str:
    made = add_moderator(database, args.name, _password(args), args.role)
    return f"Account {made.name} is gemaakt, met de rol {made.role.label}."


def _list(database: Database, _args: argparse.Namespace) -> str:
    found = list_moderators(database)
    if not found:
        return NO_ACCOUNTS
    width = max(len(moderator.name) for moderator in found)
    return "\n".join(
        f"{m.name:<{width}}  {m.role.value:<13}  {'actief' if m.is_active else 'uitgezet'}"
        for m in found
    )


def _change_password(database: Database, args: argparse.Namespace) -> str:
    set_password(database, args.name, _password(args))
    return f"{args.name} heeft een nieuw wachtwoord en is overal afgemeld."


def _change_role(database: Database, args: argparse.Namespace) -> str:
    set_role(database, args.name, args.role)
    return f"{args.name} heeft nu de rol {args.role.label}."


def _disable(database: Database, args: argparse.Namespace) -> str:
    set_active(database, args.name, is_active=False)
    return f"{args.name} kan zich niet meer aanmelden en is overal afgemeld."


def _enable(database: Database, args: argparse.Namespace) -> str:
    set_active(database, args.name, is_active=True)
    return f"{args.name} kan zich weer aanmelden."


def _remove(database: Database, args: argparse.Namespace) -> str:
    remove_moderator(database, args.name)
    return f"Account {args.name} is verwijderd. Wat ermee gedaan is, blijft zonder naam staan."


def _password(args: argparse.Namespace) -> str:
    """Read the password without showing it, and never from the command line itself."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("geef het wachtwoord via een terminal, of gebruik --password-stdin.")
    password = getpass.getpass("Wachtwoord: ")
    if getpass.getpass("Nog een keer: ") != password:
        raise CommandError("de wachtwoorden zijn niet gelijk; er is niets gewijzigd.")
    return password


NO_ACCOUNTS: Final = "Er zijn nog geen moderatoren. Maak er een: vraagwijzer moderator add NAAM"
_ROLES: Final = "moderator, editor (redacteur) of administrator (beheerder)"
_ACTIONS: Final[dict[str, tuple[str, Do]]] = {
    "add": ("maak een account", _add),
    "list": ("toon de accounts", _list),
    "password": ("geef een account een ander wachtwoord", _change_password),
    "role": ("geef een account een andere rol", _change_role),
    "disable": ("laat iemand zich niet meer aanmelden", _disable),
    "enable": ("laat iemand zich weer aanmelden", _enable),
    "remove": ("verwijder een account", _remove),
}
