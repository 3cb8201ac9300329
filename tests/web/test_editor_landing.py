"""The editors' first page, and who may see it."""

from typing import Any

import pytest

from web.accounts import Role, set_role


@pytest.fixture
def editor(site: Any) -> Any:
    set_role(site.database, "Anna", Role.EDITOR)
    return site.person("Anna")


def test_editors_see_what_is_published(editor: Any, corpus: Any) -> None:
    page = editor.get("/redactie")
    assert page.status_code == 200
    assert corpus.version in page.text
    assert "geen wijzigingen" in page.text


def test_moderators_are_told_whom_to_ask(site: Any) -> None:
    page = site.person("Bram").get("/redactie")
    assert page.status_code == 403
    assert "Deze pagina is voor redacteuren" in page.text


def test_others_sign_in_first(site: Any) -> None:
    answer = site.app.test_client().get("/redactie")
    assert answer.status_code == 303
    assert "aanmelden?next=%2Fredactie" in answer.location
