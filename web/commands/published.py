"""Find a published version for a command: the last one, one by its number, or by its name."""

from pathlib import Path

from assistant.commands import CommandError
from corpus import Corpus
from web.commands.storage import opened_database
from web.editing.errors import EditingError
from web.editing.shelf import Shelf, shelf_of
from web.editing.versions import current, load_version, publication


def published_corpus(folder: Path, files: Corpus, wanted: str) -> Corpus:
    """Give the corpus that was published from a folder; the files where nothing was."""
    with opened_database() as database:
        return version_named(shelf_of(database, folder, files), wanted)


def version_named(shelf: Shelf, wanted: str) -> Corpus:
    """Give a version by its number or its name; the last one for an empty text."""
    try:
        if not wanted:
            return load_version(shelf, current(shelf).version)
        if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10:
            return load_version(shelf, publication(shelf, int(wanted)).version)
        return load_version(shelf, wanted)
    except EditingError as error:
        raise CommandError(f"{str(error)[:1].lower()}{str(error)[1:]}") from None
