"""Bring an import into a corpus folder: read what is there, and write all of it or nothing."""

import os
import re
import shutil
import tempfile
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

from corpus.files import load_corpus, save_corpus
from corpus.importers.faq.merge import without_strangers
from corpus.importers.faq.models import DocumentError, Recognised
from corpus.labels import load_labelled_set, save_labelled_set, write_text
from corpus.models import Contact, Corpus
from corpus.starting import (
    EXAMPLE_CONTACT,
    settings_text,
    starting_corpus,
    without_examples,
)
from corpus.validation import CorpusError, is_safe_url

_ADDRESS: Final = re.compile(
    r"(?:https?://[^\s()<>\]]+|mailto:[^\s()<>\]]+|[\w.+-]+@[\w-]+\.[\w.]+\w)"
)


def corpus_in(folder: Path) -> Corpus | None:
    """Give the corpus in a folder without its examples, or None for a new or empty folder.

    Raises DocumentError when something else is there, or a corpus with problems.
    """
    if not folder.exists():
        return None
    if not folder.is_dir():
        raise DocumentError(f"{folder} is een bestand. Geef een map op.")
    if not any(folder.iterdir()):
        return None
    if not (folder / "corpus.toml").exists():
        raise DocumentError(f"In {folder} staat al iets anders dan een FAQ. Kies een lege map.")
    try:
        corpus = load_corpus(folder)
    except CorpusError as error:
        first = error.problems[0]
        raise DocumentError(
            f"De FAQ in {folder} heeft {len(error.problems)} probleem/problemen; los die eerst op. "
            f"Het eerste: {first}"
        ) from None
    return without_examples(corpus)


def base_for(found: Recognised, existing: Corpus | None) -> Corpus:
    """Give the corpus that a document is merged into: the one that is there, or a new one.

    Where nobody filled in a contact yet, the one that the document itself gives takes its place.
    """
    if existing is None and found.corpus is not None:
        return replace(found.corpus, entries=())
    base = existing or starting_corpus(found.title)
    contact = _contact_in(found)
    if contact and base.contacts == (EXAMPLE_CONTACT,):
        return replace(base, contacts=(contact,))
    return base


def _contact_in(found: Recognised) -> Contact | None:
    """Find the address that the document itself gives for contact, in its closing first."""
    for draft in reversed(found.practical):
        for url in _ADDRESS.findall(draft.answer):
            address = url.rstrip(".,;:") if ":" in url else f"mailto:{url}"
            named = address.startswith("mailto:") or "contact" in address.casefold()
            if named and is_safe_url(address):
                return Contact("Contact", address, "Voor vragen die deze FAQ niet beantwoordt.")
    return None


def write_import(corpus: Corpus, folder: Path) -> None:
    """Write the corpus, whole or not at all; comments in corpus.toml stay.

    Everything is written and read back beside the folder first. A problem found there raises
    DocumentError and leaves the folder as it was.
    """
    folder = folder.resolve()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise DocumentError(
            f"In {folder.parent} is niet te schrijven ({error.strerror})."
        ) from None
    try:
        fresh.chmod(0o755)
        _build(corpus, folder, fresh)
        _swap(fresh, folder)
    except OSError as error:
        raise DocumentError(f"{folder} is niet te schrijven ({error.strerror}).") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _build(corpus: Corpus, folder: Path, fresh: Path) -> None:
    if folder.exists():
        shutil.copytree(folder, fresh, dirs_exist_ok=True)
    settings = fresh / "corpus.toml"
    before = settings.read_text("utf-8") if settings.exists() else settings_text(corpus)
    for example in (*fresh.glob("entries/*-voorbeeld.md"), *fresh.glob("gaps/*-voorbeeld.md")):
        example.unlink()  # a page keeps its name, and this is the name of the example
    save_corpus(corpus, fresh)
    # An import changes no setting but the contact of a new corpus, so the text that an editor
    # may have put comments in says the same.
    write_text(settings, before if _says(before, corpus) else settings_text(corpus))
    _clean_evaluation(corpus, fresh)
    try:
        load_corpus(fresh)
    except CorpusError as error:
        problem = error.problems[0]
        raise DocumentError(
            f"Het resultaat zou niet kloppen: {problem.path.name}: {problem.message}"
        ) from None


def _says(settings: str, corpus: Corpus) -> bool:
    """Tell whether the text of corpus.toml names the contacts of a corpus."""
    held = tomllib.loads(settings).get("contact", [])
    return [contact.get("label") for contact in held] == [c.label for c in corpus.contacts]


def _clean_evaluation(corpus: Corpus, folder: Path) -> None:
    """Drop judgments of entries that are gone from the sets that measure this corpus."""
    known = frozenset(corpus.entry_by_id) | frozenset(corpus.gap_by_id)
    for queries in sorted((folder / "evaluation").glob("**/queries.tsv")):
        try:
            labelled = load_labelled_set(queries.parent)
        except CorpusError:
            continue  # not ours to mend; `vraagwijzer evaluate` reports it
        clean = without_strangers(labelled, known)
        if clean != labelled:
            save_labelled_set(clean, queries.parent)


def _swap(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        os.replace(fresh, folder)
        return
    old = fresh.with_name(f"{fresh.name}-old")
    os.replace(folder, old)
    try:
        os.replace(fresh, folder)
    except OSError:
        os.replace(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
