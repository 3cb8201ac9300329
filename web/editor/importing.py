"""Serve the page that takes an FAQ document in: looked at first, then proposed as a whole.

The document is parsed in a child process with limits. What was recognised travels inside the form
(`web.editor.carrying`), so nothing lies on the server between the preview and the proposal.
"""

from typing import Any, Final

from flask import Response, redirect, render_template, request

from corpus.importers.faq import (
    SUFFIXES,
    Comparison,
    DocumentError,
    Recognised,
    base_for,
    compare,
    merge,
    read_upload,
)
from corpus.importers.faq.formats import MAX_BYTES
from corpus.starting import without_examples
from web.accounts import Role
from web.auth import current_actor, require_role
from web.editing.drafts import draft, propose_corpus
from web.editing.errors import EditingError
from web.editing.shelf import get_shelf
from web.editor.blueprint import blueprint, draft_address
from web.editor.carrying import packed, unpacked
from web.editor.import_preview import preview
from web.moderation.blueprint import wants_part
from web.security import accepts_body

SAME: Final = "same-"
"""Start of the form field that says whether a pair is the same question: `same-q05` is ja or nee.
"""


@blueprint.get("/inlezen")
@require_role(Role.EDITOR)
def import_form() -> Any:
    """Show the form."""
    return _page()


@blueprint.post("/inlezen")
@accepts_body(MAX_BYTES + 2**20)
@require_role(Role.EDITOR)
def import_post() -> Any:
    """Look at the document, or propose it when the form says so."""
    try:
        if request.form.get("action") == "propose":
            return _propose(unpacked(request.form.get("carried", "")))
        return _page(found=_uploaded())
    except DocumentError as error:
        return _page(status=422, error=str(error))


@blueprint.errorhandler(413)
def _too_large(_error: Exception) -> Any:
    if request.endpoint != "editor.import_post":
        return _page(status=413, error="Dat is te veel tekst. Maak het korter.")
    return _page(status=413, error=f"Hier past een bestand van hooguit {MAX_BYTES >> 20} MB.")


def _uploaded() -> Recognised:
    upload = request.files.get("file")
    if not upload or not upload.filename:
        raise DocumentError("Kies eerst een document.")
    return read_upload(upload.read(), upload.filename)


def _propose(found: Recognised) -> Any:
    """Put the document into the draft, once every doubt on what belongs together is settled."""
    base = draft(get_shelf()).corpus
    known = without_examples(base)
    comparison = compare(found, known)
    if request.form.get("base") != base.version:
        error = "De FAQ is intussen gewijzigd. Kijk opnieuw of dit nog klopt."
        return _page(status=409, found=found, error=error)
    answers = _answers(comparison)
    missing = [name for name, answer in answers.items() if answer not in ("ja", "nee")]
    if missing:
        which = "1 vraag" if len(missing) == 1 else f"{len(missing)} vragen"
        error = f"Zeg bij {which} nog of het dezelfde vraag is."
        return _page(status=422, found=found, error=error)
    if comparison.loses_most and request.form.get("loses") != "ja":
        error = "De meeste vragen zouden verdwijnen. Kruis eerst aan dat dat klopt."
        return _page(status=422, found=found, error=error)
    different = [name for name, answer in answers.items() if answer == "nee"]
    corpus = merge(found, comparison, base_for(found, known), different=different)
    try:
        propose_corpus(get_shelf(), current_actor(), corpus, base=base)
    except EditingError as error:
        return _page(status=422, found=found, error=str(error))
    return redirect(draft_address(), 303)


def _answers(comparison: Comparison) -> dict[str, str]:
    ids = [d.entry.id for d in comparison.unsure if d.entry is not None]
    return {name: request.form.get(SAME + name, "") for name in ids}


def _page(status: int = 200, found: Recognised | None = None, error: str = "") -> Any:
    """Give the page, or for its script only the part with the preview."""
    names: dict[str, Any] = {"error": error, "suffixes": ",".join(SUFFIXES)}
    if found is not None:
        base = draft(get_shelf()).corpus
        names |= {
            "preview": preview(found, compare(found, without_examples(base))),
            "carried": packed(found),
            "base": base.version,
            "answers": request.form,
            "same": SAME,
        }
    template = "redactie/_voorbeeld.html" if wants_part() else "redactie/inlezen.html"
    return Response(render_template(template, **names), status)
