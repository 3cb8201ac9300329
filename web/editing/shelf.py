"""Say which FAQ the versions in the database belong to: one database may serve several in turn."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Flask, current_app

from corpus import SHIPPED_CORPUS, Corpus
from web.db import Database

_KEY: Final = "vraagwijzer.shelf"
_SHIPPED: Final = "meegeleverd"


@dataclass(frozen=True)
class Shelf:
    """Hold where the versions of one FAQ are kept, and the files that it started from."""

    database: Database
    source: str
    """Name of the FAQ in the database: its folder, or "meegeleverd" for the shipped one."""
    folder: Path
    start: Corpus
    """What the files hold: the FAQ until something is published."""


def shelf_of(database: Database, folder: Path, start: Corpus) -> Shelf:
    """Give the shelf of the FAQ in a folder."""
    found = folder.resolve()
    # The shipped one moves along with the installed package.
    source = _SHIPPED if found == SHIPPED_CORPUS.resolve() else str(found)[-400:]
    return Shelf(database, source, found, start)


def set_shelf(app: Flask, shelf: Shelf) -> None:
    """Make a shelf the one of this application."""
    app.extensions[_KEY] = shelf


def get_shelf() -> Shelf:
    """Give the shelf of the current application."""
    found: Shelf = current_app.extensions[_KEY]
    return found
