"""The console without script: the queue, a card, its answers, and what can be done with them."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from web.queue.cards import Filter, State
from web.queue.reading import get_card, list_cards


@pytest.fixture
def site(make_site: Any) -> Any:
    site = make_site()
    site.take_in()
    return site


def card_of(site: Any, word: str) -> Any:
    cards = list_cards(site.database, site.webinar.id, Filter.ALL)
    return next(card for card in cards if word in card.question)


def do(person: Any, site: Any, card: Any, action: str, **fields: str) -> Any:
    path = f"{site.path}/kaart/{card.id}"
    return person.post(path, action=action, version=card.version, **fields)


def test_the_console_shows_queue_card_and_three_answers(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    page = anna.get(f"{site.path}?kaart={card.id}").text
    assert re.search(r"2×.*Waar laat ik lege batterijen", page)
    assert page.count("data-entry=") == 3
    assert re.search(r"\d+ van de 100", page)
    assert "<mark>" in page
    assert "14.00" in page


def test_a_question_that_nothing_fits_says_so(anna: Any, site: Any) -> None:
    card = card_of(site, "taart")
    assert "Geen passend antwoord" in anna.get(f"{site.path}?kaart={card.id}").text


def test_an_answer_is_picked_and_given_without_script(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    page = anna.get(f"{site.path}?kaart={card.id}").text
    entry = re.findall(r'value="pick:(\w+)"', page)[0]
    picked = do(anna, site, card, f"pick:{entry}")
    assert picked.status_code == 303
    card = get_card(site.database, card.id)
    assert (card.state, card.entry_id, bool(card.draft)) == (State.DRAFT, entry, True)
    page = anna.get(picked.location).text
    assert f">{card.draft}</textarea>" in page
    done = do(anna, site, card, "answer", text=card.draft, entry_id=entry)
    page = anna.get(done.location).text
    assert "Dit staat in de chat" in page
    assert "Maak ongedaan" in page
    assert get_card(site.database, card.id).entry_id == entry


STATES: Mapping[str, State] = {
    "claim": State.CLAIMED,
    "live": State.ANSWERED,
    "later": State.ANSWERED,
    "speaker": State.SPEAKER,
    "aside": State.POSTPONED,
    "reject": State.REJECTED,
    "noise": State.NOISE,
}


@pytest.mark.parametrize("action", STATES)
def test_each_action_leads_to_its_state_and_can_be_taken_back(
    anna: Any, site: Any, action: str
) -> None:
    card = card_of(site, "batterijen")
    answer = do(anna, site, card, action)
    assert get_card(site.database, card.id).state is STATES[action]
    number = re.search(r"gedaan=(\d+)", answer.location)
    assert number is not None
    anna.post(f"{site.path}/ongedaan", sequence=number[1])
    assert get_card(site.database, card.id).state is State.NEW


def test_noise_is_shown_behind_its_filter_and_becomes_a_question_again(
    anna: Any, site: Any
) -> None:
    card = card_of(site, "hallo")
    page = anna.get(f"{site.path}?toon=ruis&kaart={card.id}").text
    assert "Dit is toch een vraag" in page
    do(anna, site, card, "reopen")
    assert get_card(site.database, card.id).state is State.NEW


def test_a_second_answer_shows_both_and_is_given_only_on_purpose(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    bram = site.person("Bram")
    do(bram, site, card, "answer", text="Bij de supermarkt in de bak.")
    answer = do(anna, site, card, "answer", text="Bij de winkel in de bak.")
    assert answer.status_code == 409
    assert "Bram heeft deze vraag net ook beantwoord." in answer.text
    assert "<ins>winkel</ins>" in answer.text
    assert "<ins>supermarkt</ins>" in answer.text
    now = get_card(site.database, card.id)
    assert now.answer == "Bij de supermarkt in de bak."
    do(anna, site, now, "answer", text="Bij de winkel in de bak.", confirm="1")
    assert get_card(site.database, card.id).answer == "Bij de winkel in de bak."


def test_someone_elses_claim_is_shown_and_can_be_taken_over(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    do(site.person("Bram"), site, card, "claim")
    page = anna.get(f"{site.path}?kaart={card.id}").text
    assert "Bram werkt aan deze vraag." in page
    assert "pick:" not in page
    do(anna, site, get_card(site.database, card.id), "claim", confirm="1")
    claim = get_card(site.database, card.id).claim
    assert claim is not None
    assert claim.by.name == "Anna"


def test_a_double_goes_to_the_other_card(anna: Any, site: Any) -> None:
    card, other = card_of(site, "yoghurt"), card_of(site, "batterijen")
    assert other.question in anna.get(f"{site.path}/kaart/{card.id}/dubbel").text
    do(anna, site, card, "duplicate", of=str(other.id))
    assert get_card(site.database, other.id).asked == 3
    page = anna.get(f"{site.path}?kaart={other.id}").text
    assert "Splits deze groep" in page
    ids = re.findall(r'name="wording" value="([\d,]+)"', page)
    do(anna, site, get_card(site.database, other.id), "split", wording=ids[-1])
    assert get_card(site.database, other.id).asked == 2


def test_a_double_can_be_taken_off_again(anna: Any, site: Any) -> None:
    card, other = card_of(site, "batterijen"), card_of(site, "taart")
    anna.post(f"{site.path}/kaart/{card.id}", action="duplicate", version=card.version, of=other.id)
    page = anna.get(f"{site.path}?kaart={card.id}").text
    assert "Haal los van die vraag" in page
    path = f"{site.path}/kaart/{card.id}"
    anna.post(path, action="separate", version=get_card(site.database, card.id).version)
    assert get_card(site.database, card.id).state is State.NEW


def test_the_speakers_list_is_put_in_order_without_script(anna: Any, site: Any) -> None:
    cards = [card_of(site, word) for word in ("batterijen", "taart", "yoghurt")]
    for card in cards:
        anna.post(f"{site.path}/kaart/{card.id}", action="speaker", version=card.version)
    anna.post(f"{site.path}/kaart/{cards[2].id}", action="first", version=2)
    anna.post(f"{site.path}/kaart/{cards[0].id}", action="later-turn", version=2)
    page = anna.get(f"{site.path}?toon=spreker").text
    shown = re.findall(r'<li data-card="(\d+)"', page)
    assert shown == [str(cards[n].id) for n in (2, 1, 0)]
    screen = anna.get(f"/spreker/{site.webinar.speaker_token}").text
    assert screen.index("yoghurt") < screen.index("taart") < screen.index("batterijen")


def test_a_question_is_worded_anew(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    do(anna, site, card, "rename", question="Waar moeten batterijen heen?")
    assert get_card(site.database, card.id).question == "Waar moeten batterijen heen?"


def test_search_finds_words_of_questions(anna: Any, site: Any) -> None:
    page = anna.get(f"{site.path}?zoek=yoghurt").text
    assert page.count("<li data-card=") == 1
    assert "Geen vraag gevonden" in anna.get(f"{site.path}?zoek=zebra").text


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("vlieg", {}),
        ("answer", {"text": ""}),
        ("duplicate", {}),
        ("duplicate", {"of": "x"}),
        ("split", {}),
        ("pick:q99", {}),
        ("rename", {"question": " "}),
    ],
)
def test_what_cannot_be_done_gives_one_sentence(
    anna: Any, site: Any, action: str, fields: Any
) -> None:
    answer = do(anna, site, card_of(site, "batterijen"), action, **fields)
    assert answer.status_code == 400
    assert "Dat kan niet" in answer.text


def test_a_card_of_another_webinar_is_not_there(anna: Any, site: Any) -> None:
    other = anna.post("/moderatie", title="Ander").location.removesuffix("/inlezen")
    card = card_of(site, "batterijen")
    assert anna.get(f"{other}?kaart={card.id}").status_code == 404
    assert anna.post(f"{other}/kaart/{card.id}", action="claim").status_code == 404


@pytest.mark.parametrize("query", ["toon=x", "kaart=x", "kaart=-1", "zoek=%00", "gedaan=x"])
def test_an_odd_address_shows_the_console(anna: Any, site: Any, query: str) -> None:
    assert anna.get(f"{site.path}?{query}").status_code == 200


def test_an_action_sent_twice_is_done_once(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    path = f"{site.path}/kaart/{card.id}"
    fields = {"action": "answer", "text": "Bij de winkel.", "version": card.version, "key": "k1"}
    first, again = anna.send(path, **fields), anna.send(path, **fields)
    assert (first.status_code, again.status_code) == (200, 200)
    assert (first.json["is_replay"], again.json["is_replay"]) == (False, True)
    assert first.json["event"] == again.json["event"]


def test_the_script_gets_parts_and_a_409_with_both_texts(anna: Any, site: Any) -> None:
    card = card_of(site, "batterijen")
    site.person("Bram").send(
        f"{site.path}/kaart/{card.id}", action="answer", text="Eerst.", version=card.version
    )
    answer = anna.send(
        f"{site.path}/kaart/{card.id}", action="answer", text="Later.", version=card.version
    )
    assert answer.status_code == 409
    assert answer.json["reason"] == "answered"
    assert "Houd mijn tekst" in answer.json["card"]
