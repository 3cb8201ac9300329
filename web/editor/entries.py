"""Serve the list of entries, and the page that changes one: text, preview, reading hints, history.

What an editor saves becomes part of the draft; proof and publishing follow on the draft's page.
"""

import json
from typing import Any

from flask import Response, redirect, render_template, request
from werkzeug.exceptions import NotFound

from assistant.readability import hints, readability
from corpus import Corpus, Entry
from corpus.serialising import from_plain, to_plain
from corpus.validation import MAX_SHORT_ANSWER
from web.accounts import Role
from web.auth import current_actor, require_role
from web.editing.changes import AddEntry, Change, EditEntry, RemoveEntry, next_id
from web.editing.drafts import draft, propose
from web.editing.entry_history import entry_history
from web.editing.errors import EditingError
from web.editing.shelf import get_shelf
from web.editor.blueprint import LARGEST_FORM, blueprint, draft_address
from web.editor.entry_form import LABELS, EntryForm
from web.editor.word_diff import word_diff
from web.markdown import links_in
from web.moderation.blueprint import wants_part
from web.security import accepts_body


@blueprint.get("/vragen")
@require_role(Role.EDITOR)
def entries() -> str:
    """Show every entry by section, with what it still lacks."""
    found = draft(get_shelf())
    changed = {
        entry.id for entry in found.corpus.entries if found.base.entry_by_id.get(entry.id) != entry
    }
    return render_template("redactie/vragen.html", faq=found.corpus, changed=changed)


@blueprint.get("/vraag/nieuw")
@require_role(Role.EDITOR)
def new_entry() -> Any:
    """Show the form of an entry that does not exist yet."""
    corpus = draft(get_shelf()).corpus
    return _page(corpus, None, EntryForm(source=corpus.source))


@blueprint.get("/vraag/<entry_id>")
@require_role(Role.EDITOR)
def entry_form(entry_id: str) -> Any:
    """Show the form of an entry, as the draft has it."""
    corpus = draft(get_shelf()).corpus
    entry = _entry(corpus, entry_id)
    return _page(corpus, entry, EntryForm.of_entry(entry))


@blueprint.post("/vraag/nieuw")
@accepts_body(LARGEST_FORM)
@require_role(Role.EDITOR)
def add_entry() -> Any:
    """Show what was typed as readers would see it, or propose it as a new entry."""
    corpus = draft(get_shelf()).corpus
    form = EntryForm.of_request(request.form)
    if request.form.get("action") != "save":
        return _page(corpus, None, form)
    about_faq = request.form.get("practical") == "ja"
    name = next_id(corpus, "p" if about_faq else "q")
    return _save(corpus, None, form, lambda: AddEntry(form.entry(name)))


@blueprint.post("/vraag/<entry_id>")
@accepts_body(LARGEST_FORM)
@require_role(Role.EDITOR)
def change_entry(entry_id: str) -> Any:
    """Show what was typed as readers would see it, propose it, or propose to take the entry out."""
    corpus = draft(get_shelf()).corpus
    entry = _entry(corpus, entry_id)
    form = EntryForm.of_request(request.form)
    action = request.form.get("action")
    if action == "remove":
        propose(get_shelf(), current_actor(), [RemoveEntry(entry_id)])
        return redirect(draft_address(), 303)
    if action != "save":
        return _page(corpus, entry, form)
    seen = _seen(entry)
    typed = form.changing(seen)
    lost = _overwritten(seen, typed, entry)
    if lost:
        error = "Iemand anders heeft deze vraag intussen ook gewijzigd."
        return _page(corpus, entry, form, 409, error=error, lost=lost)
    return _save(corpus, entry, form, lambda: EditEntry.between(seen, typed))


@blueprint.get("/vraag/<entry_id>/geschiedenis")
@require_role(Role.EDITOR)
def history_of_entry(entry_id: str) -> str:
    """Show who changed what of an entry, and when."""
    shelf = get_shelf()
    changes = entry_history(shelf, entry_id)
    entry = draft(shelf).corpus.entry_by_id.get(entry_id)
    if entry is None and not changes:
        raise NotFound
    return render_template(
        "redactie/geschiedenis.html",
        entry_id=entry_id,
        entry=entry,
        changes=changes,
        labels=LABELS,
        as_text=_as_text,
        word_diff=word_diff,
    )


def _save(corpus: Corpus, entry: Entry | None, form: EntryForm, change: Any) -> Any:
    """Propose a change, unless a field cannot stay as it is."""
    entry_id = entry.id if entry else ""
    problems = form.problems(corpus, entry_id)
    if problems:
        return _page(corpus, entry, form, 422, problems=problems)
    proposed: Change = change()
    if isinstance(proposed, EditEntry) and not proposed.after:
        return _page(corpus, entry, form, 422, error="Je hebt nog niets gewijzigd.")
    try:
        propose(get_shelf(), current_actor(), [proposed])
    except EditingError as error:
        return _page(corpus, entry, form, 422, error=str(error))
    return redirect(draft_address(), 303)


def _entry(corpus: Corpus, entry_id: str) -> Entry:
    found = corpus.entry_by_id.get(entry_id)
    if found is None:
        raise NotFound
    return found


def _seen(entry: Entry) -> Entry:
    """Give the entry as the editor's page showed it, or as it is now when that cannot be read."""
    try:
        seen = from_plain(Entry, json.loads(request.form.get("seen", "")))
    except (ValueError, RecursionError):
        return entry
    return seen if seen.id == entry.id else entry


def _overwritten(seen: Entry, typed: Entry, now: Entry) -> tuple[str, ...]:
    """Name the fields that somebody else changed, and that this editor changed otherwise."""
    return tuple(
        name
        for name in LABELS
        if getattr(typed, name) != getattr(seen, name)
        and getattr(now, name) not in (getattr(seen, name), getattr(typed, name))
    )


def _page(
    corpus: Corpus, entry: Entry | None, form: EntryForm, status: int = 200, **names: Any
) -> Any:
    """Give the page, or for its script only the part that shows the answer as readers see it."""
    if wants_part():
        return render_template("redactie/_antwoord.html", **_shown(corpus, form))
    page = render_template(
        "redactie/vraag.html",
        entry=entry,
        seen=json.dumps(to_plain(entry)) if entry else "",
        faq=corpus,
        labels=LABELS,
        max_short=MAX_SHORT_ANSWER,
        as_text=_as_text,
        word_diff=word_diff,
        **_shown(corpus, form),
        **{"problems": {}, "error": "", "lost": (), **names},
    )
    return Response(page, status)


def _shown(corpus: Corpus, form: EntryForm) -> dict[str, Any]:
    measured = readability(form.answer, (form.question, *form.phrasing_list))
    related = [corpus.entry_by_id[name] for name in form.related if name in corpus.entry_by_id]
    return {
        "form": form,
        "measured": measured,
        "hints": hints(measured),
        "links": links_in(form.answer),
        "related": related,
    }


def _as_text(entry: Entry | None, name: str) -> str:
    """Give a field as a text to compare."""
    value = getattr(entry, name, "")
    if name == "related":
        return ", ".join(value)
    return value if isinstance(value, str) else "\n".join(value)
