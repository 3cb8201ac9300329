"""Hold the blueprint of the editors' pages, their menu, and how they say what cannot be done."""

from http import HTTPStatus
from typing import Any, Final

from flask import Blueprint, Response, render_template, url_for
from werkzeug.exceptions import Forbidden

from web.accounts import Role
from web.auth import signed_in
from web.editing.errors import EditingError
from web.editor.keys import BY_NAME, REGISTRY
from web.editor.telling import FIELDS, KINDS, percent
from web.errors import TEXTS, ErrorText
from web.moderation.suggestions import title_of

blueprint: Final = Blueprint("editor", __name__, url_prefix="/redactie")
LARGEST_FORM: Final = 1024 * 1024
"""Bytes of a form: a long answer, or hundreds of chosen questions."""
MENU: Final[tuple[tuple[str, str], ...]] = (
    ("landing", "Overzicht"),
    ("practice", "Gevraagd"),
    ("entries", "Vragen"),
    ("import_form", "Document inlezen"),
    ("draft", "Concept"),
    ("versions", "Versies"),
)
"""Endpoint in this blueprint and label of each page in the menu."""


@blueprint.app_context_processor
def _shared() -> dict[str, Any]:
    return {
        "editor_menu": MENU,
        "is_editor": is_editor,
        "field_names": FIELDS,
        "publication_kinds": KINDS,
        "title_of": title_of,
        "editor_keys": BY_NAME,
        "editor_registry": REGISTRY,
    }


@blueprint.record_once
def _add_filters(state: Any) -> None:
    state.app.add_template_filter(percent, "percent")


def is_editor() -> bool:
    """Tell whether who is signed in may use these pages."""
    found = signed_in()
    return found is not None and found.moderator.role.includes(Role.EDITOR)


@blueprint.errorhandler(Forbidden)
def _not_allowed(_error: Forbidden) -> Any:
    text = TEXTS[403]
    if signed_in() and not is_editor():
        text = ErrorText(
            "Deze pagina is voor redacteuren",
            "Vraag een beheerder om je de rol redacteur te geven.",
        )
    return refusal(text, HTTPStatus.FORBIDDEN)


@blueprint.errorhandler(EditingError)
def _refused(error: EditingError) -> Any:
    text = ErrorText("Dat kan niet", f"{error} Ga terug en probeer het anders.")
    return refusal(text, HTTPStatus.BAD_REQUEST)


def draft_address() -> str:
    """Give the address of the page with what is proposed."""
    return url_for("editor.draft")


def refusal(text: ErrorText, status: HTTPStatus) -> Response:
    """Give a page that says in a few sentences why something was not done."""
    return Response(render_template("redactie/kan-niet.html", error=text), status)
