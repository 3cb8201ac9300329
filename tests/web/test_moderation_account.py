"""Signing in and out, and one's own password."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from assistant import Assistant
from web import create_app
from web.config import Settings

PASSWORD = "vier schapen op de dijk"  # noqa: S105 (of accounts that live for one test)


def test_pages_of_moderators_ask_to_sign_in_first(site: Any) -> None:
    answer = site.app.test_client().get(site.path)
    assert answer.status_code == 303
    assert unquote(answer.location) == f"/moderatie/aanmelden?next={site.path}"


def test_sign_in_leads_to_the_page_that_asked(site: Any) -> None:
    person = site.person()
    page = person.post("/moderatie/aanmelden", name="anna", password=PASSWORD, next=site.path)
    assert (page.status_code, page.location) == (303, site.path)


def test_sign_in_never_leads_to_another_site(site: Any) -> None:
    person = site.person()
    page = person.post("/moderatie/aanmelden", name="anna", password=PASSWORD, next="//elders.nl/")
    assert page.location == "/moderatie"


def test_a_wrong_password_is_told_without_saying_which_part(site: Any) -> None:
    person = site.person()
    person.post("/moderatie/afmelden")
    answer = person.sign_in("verkeerd")
    assert answer.status_code == 401
    assert "horen niet bij elkaar" in answer.text
    assert 'value="Anna"' in answer.text


def test_guessing_is_slowed_down(site: Any) -> None:
    person = site.person()
    person.post("/moderatie/afmelden")
    answers = [person.sign_in("verkeerd").status_code for _ in range(6)]
    assert answers[-1] == 429


def test_after_sign_out_pages_are_closed_again(anna: Any, site: Any) -> None:
    anna.post("/moderatie/afmelden")
    assert anna.get(site.path).status_code == 303


def test_a_post_without_the_token_is_refused(anna: Any) -> None:
    assert anna.client.post("/moderatie", data={"title": "Zonder"}).status_code == 403


def test_without_accounts_the_page_says_how_to_make_one(
    assistant: Assistant, corpus_folder: Path, tmp_path: Path
) -> None:
    app = create_app(Settings(corpus=corpus_folder, data=tmp_path), assistant)
    page = app.test_client().get("/moderatie/aanmelden")
    assert "vraagwijzer moderator add NAAM" in page.text


def test_a_changed_password_works_and_the_old_one_does_not(anna: Any) -> None:
    answer = anna.post(
        "/moderatie/account",
        current=PASSWORD,
        new="zeven ganzen in de wei",
        again="zeven ganzen in de wei",
    )
    assert answer.status_code == 303
    assert anna.sign_in().status_code == 401
    assert anna.sign_in("zeven ganzen in de wei").status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("fout", "zeven ganzen in de wei", "zeven ganzen in de wei", "huidige wachtwoord"),
        (PASSWORD, "zeven ganzen in de wei", "anders", "twee keer hetzelfde"),
        (PASSWORD, "kort", "kort", "12 tot en met"),
    ],
)
def test_a_password_is_not_changed_when(
    anna: Any, current: str, new: str, again: str, said: str
) -> None:
    answer = anna.post("/moderatie/account", current=current, new=new, again=again)
    assert answer.status_code == 422
    assert said in answer.text
