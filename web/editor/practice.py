"""Serve what was asked in practice: groups to do something with, and what to write next."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from flask import redirect, render_template, request, url_for

from web.accounts import Role
from web.answering import get_assistant
from web.auth import current_actor, require_role
from web.editing import handling
from web.editing.asked import get_recorder
from web.editing.collecting import collect
from web.editing.drafts import draft
from web.editing.errors import EditingError
from web.editing.practice import Group, Tab, by_entry, count_open, groups
from web.editing.shelf import Shelf, get_shelf
from web.editor.blueprint import LARGEST_FORM, blueprint
from web.queue.cards import Actor
from web.security import accepts_body

PAGE: Final = 100
"""Groups in the list at a time; the others follow when these are done."""
SAID: Final[Mapping[str, str]] = {
    "phrasing": "De formuleringen staan in het concept.",
    "entry": "De nieuwe vraag staat in het concept.",
    "gap": "Het bekende gat staat in het concept.",
    "outside": "Genoteerd: dit hoort er niet bij. Het staat in het concept.",
    "ignore": "Deze vragen zijn genegeerd.",
    "undo": "Dat is ongedaan gemaakt.",
}
Action = Callable[[Shelf, Actor, Sequence[int]], str]


@blueprint.get("/gevraagd")
@require_role(Role.EDITOR)
def practice() -> str:
    """Show a part of what was asked, in groups, and one group to do something with."""
    shelf = get_shelf()
    collect(shelf, get_assistant())
    tab = _tab(request.args.get("toon", ""))
    found = groups(shelf, tab)
    at = _place(found, request.args.get("groep", ""))
    return render_template(
        "redactie/gevraagd.html",
        tab=tab,
        tabs=Tab,
        counts=count_open(shelf),
        groups=found[:PAGE],
        more=len(found) - PAGE,
        chosen=found[at] if found else None,
        before=found[at - 1] if at else None,
        after=found[at + 1] if at + 1 < len(found) else None,
        now=draft(shelf).corpus,
        is_kept=get_recorder() is not None,
        done=request.args.get("gedaan", "")[:40],
        said=SAID.get(request.args.get("actie", ""), ""),
    )


@blueprint.post("/gevraagd")
@accepts_body(LARGEST_FORM)
@require_role(Role.EDITOR)
def handle() -> Any:
    """Do one thing with the chosen questions: `phrasing`, `entry`, `gap`, `outside`, `ignore`, or
    `undo:BATCH`."""
    form = request.form
    tab = _tab(form.get("toon", ""))
    name, _, given = form.get("action", "").partition(":")
    if name == "undo":
        handling.undo(get_shelf(), given[:40])
        return redirect(url_for("editor.practice", toon=tab.value, actie="undo"), 303)
    if name not in _ACTIONS:
        raise EditingError("Deze actie bestaat niet.")
    ids = [int(part) for part in ",".join(form.getlist("asked")).split(",") if _is_number(part)]
    batch = _ACTIONS[name](get_shelf(), current_actor(), ids)
    where = url_for(
        "editor.practice",
        toon=tab.value,
        groep=form.get("volgende") or None,
        gedaan=batch,
        actie=name,
    )
    return redirect(where, 303)


@blueprint.get("/gevraagd/per-vraag")
@require_role(Role.EDITOR)
def per_entry() -> str:
    """Show for each entry the wordings that reached it."""
    now = draft(get_shelf()).corpus
    found = by_entry(get_shelf(), now)
    return render_template("redactie/per-vraag.html", entries=found, now=now)


@blueprint.get("/te-schrijven")
@require_role(Role.EDITOR)
def to_write() -> str:
    """Show what is asked most and not answered: the editor's list of what to write next."""
    shelf = get_shelf()
    collect(shelf, get_assistant())
    found = groups(shelf, Tab.WITHOUT)
    return render_template("redactie/te-schrijven.html", groups=found, now=draft(shelf).corpus)


def _phrasing(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> str:
    target = request.form.get("guess", "")
    if target in ("", "other"):
        target = request.form.get("target", "")
    return handling.add_phrasings(shelf, actor, ids, target)


def _entry(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> str:
    form = request.form
    new = handling.NewEntry(
        form.get("section", ""),
        form.get("question", ""),
        form.get("short_answer", ""),
        form.get("answer", ""),
    )
    return handling.add_entry(shelf, actor, ids, new)


def _gap(shelf: Shelf, actor: Actor, ids: Sequence[int]) -> str:
    title, signpost = request.form.get("title", ""), request.form.get("signpost", "")
    return handling.add_gap(shelf, actor, ids, title, signpost)


_ACTIONS: Final[Mapping[str, Action]] = {
    "phrasing": _phrasing,
    "entry": _entry,
    "gap": _gap,
    "outside": handling.mark_out_of_scope,
    "ignore": handling.ignore,
}


def _tab(given: str) -> Tab:
    return Tab(given) if given in list(Tab) else Tab.WITHOUT


def _place(found: Sequence[Group], given: str) -> int:
    """Give the place of the group that holds a question; 0 when there is none."""
    if not _is_number(given):
        return 0
    wanted = int(given)
    places = (at for at, group in enumerate(found) if wanted in {q.id for q in group.questions})
    return next(places, 0)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16
