"""The list of webinars, the settings of one, and what its links open."""

import re
from typing import Any

from web.queue.actions import answer, give_to_speaker
from web.queue.cards import Act, Actor
from web.queue.webinars import get_webinar, list_webinars

ANNA = Actor(1, "Anna")


def test_a_new_webinar_leads_to_taking_its_chat_in(anna: Any, site: Any) -> None:
    answer = anna.post("/moderatie", title="Compost", starts_at="2026-05-03T14:00")
    assert answer.location.endswith("/inlezen")
    assert "3 mei 2026, 14.00 uur" in anna.get("/moderatie").text


def test_a_webinar_without_a_title_is_refused_in_one_sentence(anna: Any) -> None:
    answer = anna.post("/moderatie", title="  ")
    assert answer.status_code == 400
    assert "Geef het webinar een titel." in answer.text


def test_an_unknown_webinar_is_a_calm_404(anna: Any) -> None:
    for path in ("", "/instellingen", "/inlezen", "/nieuws", "/stroom"):
        answer = anna.get(f"/moderatie/webinar/999{path}")
        assert answer.status_code == 404
        assert "Dit is er niet meer" in answer.text


def test_the_public_page_is_off_until_it_is_opened(anna: Any, site: Any) -> None:
    stranger = site.app.test_client()
    path = f"/webinar/{site.webinar.public_token}"
    assert stranger.get(path).status_code == 404
    anna.post(f"{site.path}/instellingen", action="open")
    assert stranger.get(path).status_code == 200
    anna.post(f"{site.path}/instellingen", action="close")
    assert stranger.get(path).status_code == 404


def test_the_public_page_shows_answers_and_no_names(anna: Any, site: Any) -> None:
    site.take_in()
    answer(site.database, Act(1, ANNA, 1), "Bij de supermarkt.", entry_id="q05")
    anna.post(f"{site.path}/instellingen", action="open")
    page = site.app.test_client().get(f"/webinar/{site.webinar.public_token}").text
    assert "Waar laat ik lege batterijen?" in page
    assert "Bij de supermarkt." in page
    assert "taart" not in page
    assert not re.search("Anna|Jan|Piet", page)


def test_the_speaker_sees_parked_questions_in_order(site: Any) -> None:
    site.take_in()
    for card in (2, 1):
        give_to_speaker(site.database, Act(card, ANNA, 1))
    page = site.app.test_client().get(f"/spreker/{site.webinar.speaker_token}").text
    assert page.index("taart") < page.index("batterijen")
    assert not re.search("Anna|Jan|Piet", page)


def test_the_speakers_script_is_told_when_nothing_changed(site: Any) -> None:
    client = site.app.test_client()
    headers = {"X-Requested-With": "fetch"}
    path = f"/spreker/{site.webinar.speaker_token}"
    first = client.get(path, headers=headers)
    again = client.get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_new_links_close_the_old_ones(anna: Any, site: Any) -> None:
    anna.post(f"{site.path}/instellingen", action="links")
    client = site.app.test_client()
    assert client.get(f"/spreker/{site.webinar.speaker_token}").status_code == 404
    renewed = get_webinar(site.database, site.webinar.id).speaker_token
    assert client.get(f"/spreker/{renewed}").status_code == 200


def test_a_key_for_live_messages_is_shown_once(anna: Any, site: Any) -> None:
    page = anna.post(f"{site.path}/instellingen", action="live").text
    key = re.search(r'class="mono">([\w-]{20,})<', page)
    assert key is not None
    assert key[1] not in anna.get(f"{site.path}/instellingen").text


def test_an_archived_webinar_can_be_brought_back(anna: Any, site: Any) -> None:
    anna.post(f"{site.path}/instellingen", action="archive")
    assert "Archief (1)" in anna.get("/moderatie").text
    anna.post(f"{site.path}/instellingen", action="restore")
    assert "Archief" not in anna.get("/moderatie").text


def test_a_webinar_is_deleted_only_after_the_word_is_typed(anna: Any, site: Any) -> None:
    path = f"{site.path}/instellingen"
    assert anna.post(path, action="delete", word="ja").status_code == 400
    assert len(list_webinars(site.database)) == 1
    assert anna.post(path, action="delete", word="Verwijder").status_code == 303
    assert list_webinars(site.database) == []
