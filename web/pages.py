"""Serve the pages to read: all entries, one entry, contact, and what a site must tell of itself."""

from functools import lru_cache
from typing import Final

from flask import Blueprint, abort, render_template, request

from assistant.text import words
from corpus import Corpus, Entry
from web.answering import get_corpus
from web.limits import Budget, counts_as

blueprint = Blueprint("pages", __name__)
MAX_QUERY_LENGTH: Final = 100


@blueprint.get("/vragen")
def entries() -> str:
    """Show every question by section; printed, it is the whole FAQ in one document."""
    return _entries("", get_corpus().entries)


@blueprint.post("/vragen")
@counts_as(Budget.ASK)
def search() -> str:
    """Show the questions that hold the words; posted, so that no words stand in an address."""
    query = " ".join(request.form.get("search", "").replace("\0", "").split())[:MAX_QUERY_LENGTH]
    return _entries(query, search_entries(get_corpus(), query))


def _entries(query: str, found: tuple[Entry, ...]) -> str:
    return render_template(
        "vragen.html",
        query=query,
        found=[entry.id for entry in found],
        count_text="1 vraag gevonden." if len(found) == 1 else f"{len(found)} vragen gevonden.",
        max_query=MAX_QUERY_LENGTH,
    )


def search_entries(corpus: Corpus, query: str) -> tuple[Entry, ...]:
    """Give the entries that hold a word for each word of the query, or the beginning of one."""
    wanted = words(query)
    return tuple(entry for entry in corpus.entries if _holds(entry, wanted))


def _holds(entry: Entry, wanted: list[str]) -> bool:
    present = _words_of(entry)
    return all(any(word.startswith(start) for word in present) for start in wanted)


@lru_cache(maxsize=1024)
def _words_of(entry: Entry) -> frozenset[str]:
    text = " ".join((entry.question, entry.answer, entry.signpost))
    return frozenset(word for token in text.split() for word in words(token))


@blueprint.get("/vraag/<entry_id>")
def entry(entry_id: str) -> str:
    """Show one question with its answer, at an address that can be shared."""
    found = get_corpus().entry_by_id.get(entry_id)
    if found is None:
        abort(404)
    return render_template("vraag.html", entry=found)


@blueprint.get("/contact")
def contact() -> str:
    """Show how to reach people."""
    return render_template("contact.html")


@blueprint.get("/over")
def about() -> str:
    """Tell what Vraagwijzer is and how it chooses."""
    return render_template("over.html")


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """Tell what was tested for accessibility, how, and what was not."""
    return render_template("toegankelijkheid.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """Tell what happens to what someone types."""
    return render_template("privacy.html")
