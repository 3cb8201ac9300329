"""Read and write a corpus folder: the one place that knows its files.

A folder holds corpus.toml, entries/*.md, gaps/*.md, and optionally out-of-scope.txt, chatter.tsv,
jargon.tsv, training/ and calibration/ (queries.tsv, qrels.tsv, slices.tsv).
docs/corpus-format.md explains each field.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import tomli_w
import yaml

from corpus.labels import save_labelled_set, write_rows, write_text
from corpus.models import Contact, Corpus
from corpus.reading import TEXT_FIELDS, CorpusReader

SHIPPED_CORPUS: Final = Path(__file__).parent / "loyale_tegenspraak"
_Dumper: Final[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def load_corpus(folder: Path) -> Corpus:
    """Read a corpus folder.

    Raises
    ------
    CorpusError
        With every problem found, if there is one: nothing half-loaded is ever returned.
    """
    return CorpusReader(folder).read()


def save_corpus(corpus: Corpus, folder: Path) -> None:
    """Write a corpus folder; what else the folder holds (evaluation/) stays.

    Everything is first written beside the folder and then swapped in, so a crash leaves the old
    folder or the new one, never half of each.
    """
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        if folder.exists():
            shutil.copytree(folder, fresh, dirs_exist_ok=True)
        _write_corpus(corpus, fresh)
        if folder.exists():
            old = fresh.with_name(f"{fresh.name}-old")
            os.replace(folder, old)
            os.replace(fresh, folder)
            shutil.rmtree(old)
        else:
            os.replace(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def slug(title: str, words: int = 4) -> str:
    """Give the readable part of a file name: a few plain words of a title."""
    plain = title.casefold().replace("ë", "e").replace("é", "e").replace("ï", "i")
    found = [w for w in re.findall(r"[a-z0-9]+", plain) if len(w) > 3 or w.isdigit()]
    return "-".join(found[:words]) or "vraag"


def _write_corpus(corpus: Corpus, folder: Path) -> None:
    toml: dict[str, Any] = {
        "title": corpus.title,
        "language": corpus.language,
        "subject": corpus.subject,
        "source": corpus.source,
        "source_url": corpus.source_url,
        "examples": list(corpus.examples),
        "promise": {
            "wrong_among_shown": corpus.promise.wrong_among_shown,
            "out_of_scope_share": corpus.promise.out_of_scope_share,
        },
        "contact": [_contact_table(contact) for contact in corpus.contacts],
        "texts": {name: getattr(corpus.texts, name) for name in TEXT_FIELDS}
        | {"other_language": dict(corpus.texts.other_language)},
    }
    write_text(folder / "corpus.toml", tomli_w.dumps(toml, multiline_strings=True))
    entries = {
        e.id: _front_matter(
            {
                "id": e.id,
                "section": e.section,
                "question": e.question,
                "short_answer": e.short_answer,
                "source": e.source,
                "related": list(e.related),
                **({"signpost": e.signpost} if e.signpost else {}),
                "phrasings": list(e.phrasings),
            },
            e.answer,
        )
        for e in corpus.entries
    }
    gaps = {
        g.id: _front_matter(
            {"id": g.id, "title": g.title, "phrasings": list(g.phrasings)}, g.signpost
        )
        for g in corpus.gaps
    }
    names = {e.id: slug(e.question) for e in corpus.entries}
    names |= {g.id: slug(g.title) for g in corpus.gaps}
    _write_pages(folder / "entries", entries, names)
    _write_pages(folder / "gaps", gaps, names)
    write_text(folder / "out-of-scope.txt", "".join(f"{line}\n" for line in corpus.out_of_scope))
    write_rows(folder / "chatter.tsv", corpus.chatter)
    write_rows(folder / "jargon.tsv", ((term, ", ".join(also)) for term, also in corpus.jargon))
    save_labelled_set(corpus.training, folder / "training")
    save_labelled_set(corpus.calibration, folder / "calibration")


def _contact_table(contact: Contact) -> dict[str, str]:
    address = {"url": contact.url} if contact.url else {}
    return {"label": contact.label, **address, "explanation": contact.explanation}


def _write_pages(folder: Path, pages: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Write one file an id; a file that already holds the id keeps its name."""
    folder.mkdir(exist_ok=True)
    existing = {path.name.split("-")[0]: path for path in folder.glob("*.md")}
    for owner, path in existing.items():
        if owner not in pages:
            path.unlink()
    for owner, text in pages.items():
        write_text(existing.get(owner, folder / f"{owner}-{names[owner]}.md"), text)


def _front_matter(fields: Mapping[str, object], body: str) -> str:
    head = yaml.dump(dict(fields), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20)
    return f"---\n{head}---\n\n{body.strip()}\n"
