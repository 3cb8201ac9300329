"""Webinars are made, opened with links and tokens, archived, and deleted without a trace."""

from pathlib import Path
from threading import Event, Thread

import pytest
from storage_help import QUESTIONS, Ask, Clock, done, messages_of, seen

from web.db import Database
from web.queue import actions, webinars
from web.queue.audience import public_answers, speaker_questions
from web.queue.canned import (
    CannedTextChanged,
    add_canned_text,
    change_canned_text,
    delete_canned_text,
    list_canned_texts,
)
from web.queue.cards import Actor, Card, Channel, Filter, NotFound, QueueError
from web.queue.intake import add_messages
from web.queue.reading import get_card, list_cards, present_moderators
from web.queue.retention import delete_overdue, overdue_webinars
from web.queue.speaking import Turn, change_turn
from web.queue.undoing import undo
from web.queue.webinars import Webinar
from web.upkeep import keep_up

CANARY = "kanariepiet"


def test_a_webinar_needs_a_title(database: Database) -> None:
    with pytest.raises(QueueError, match="titel"):
        webinars.create_webinar(database, " \0 ")
    assert webinars.create_webinar(database, " Afval\n scheiden ").title == "Afval scheiden"


def test_links_open_their_own_webinar_only(database: Database, webinar: Webinar) -> None:
    other = webinars.create_webinar(database, "Een ander")
    assert webinars.webinar_for_speaker(database, other.speaker_token).id == other.id
    with pytest.raises(NotFound):
        webinars.webinar_for_speaker(database, other.public_token)
    renewed = webinars.renew_links(database, other.id)
    with pytest.raises(NotFound):
        webinars.webinar_for_speaker(database, other.speaker_token)
    assert webinars.webinar_for_speaker(database, renewed.speaker_token).id == other.id


def test_the_public_page_is_closed_until_it_is_opened(database: Database, webinar: Webinar) -> None:
    with pytest.raises(NotFound):
        webinars.webinar_for_public(database, webinar.public_token)
    webinars.edit_webinar(database, webinar.id, is_public=True)
    assert webinars.webinar_for_public(database, webinar.public_token).id == webinar.id
    webinars.archive_webinar(database, webinar.id)
    with pytest.raises(NotFound):
        webinars.webinar_for_public(database, webinar.public_token)


def test_a_live_token_opens_one_webinar_until_it_is_renewed(
    database: Database, webinar: Webinar
) -> None:
    other = webinars.create_webinar(database, "Een ander")
    assert not webinars.accepts_live_token(database, webinar.id, "")
    token = webinars.renew_live_token(database, webinar.id)
    assert webinars.accepts_live_token(database, webinar.id, token)
    assert not webinars.accepts_live_token(database, other.id, token)
    webinars.renew_live_token(database, webinar.id)
    assert not webinars.accepts_live_token(database, webinar.id, token)


def test_archiving_puts_away_and_can_be_taken_back(database: Database, webinar: Webinar) -> None:
    webinars.archive_webinar(database, webinar.id)
    assert webinars.list_webinars(database) == []
    assert [w.id for w in webinars.list_webinars(database, archived=True)] == [webinar.id]
    webinars.archive_webinar(database, webinar.id, is_archived=False)
    assert [w.id for w in webinars.list_webinars(database)] == [webinar.id]


def test_after_deleting_no_text_is_in_any_file(
    database: Database, webinar: Webinar, anna: Actor, tmp_path: Path
) -> None:
    texts = [f"Waar laat ik mijn {CANARY} {number}?" for number in range(50)]
    ids = add_messages(database, webinar.id, messages_of(texts)).new_cards
    card = actions.save_draft(
        database, seen(done(actions.claim(database, _act(ids[0], anna))), anna), f"Bij {CANARY}"
    )
    done(card)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    if database.engine.dialect.name == "sqlite":
        assert any(CANARY.encode() in path.read_bytes() for path in files)
    webinars.delete_webinar(database, webinar.id)
    assert not any(CANARY.encode() in path.read_bytes() for path in files if path.exists())
    with pytest.raises(NotFound):
        webinars.get_webinar(database, webinar.id)
    with pytest.raises(NotFound):
        actions.claim(database, _act(ids[0], anna))


def _act(card_id: int, actor: Actor, key: str = "") -> actions.Act:
    return actions.Act(card_id, actor, 1, key)


def test_a_number_is_never_used_again(database: Database, webinar: Webinar) -> None:
    webinars.delete_webinar(database, webinar.id)
    assert webinars.create_webinar(database, "Een ander").id > webinar.id


def test_webinars_are_deleted_when_nothing_happened_for_long(
    database: Database, webinar: Webinar, clock: Clock
) -> None:
    busy = webinars.create_webinar(database, "Een ander")
    clock.forward(29 * 86_400)
    add_messages(database, busy.id, messages_of(QUESTIONS))
    assert overdue_webinars(database, 30) == []
    clock.forward(2 * 86_400)
    assert [w.id for w in overdue_webinars(database, 30)] == [webinar.id]
    assert [w.id for w in delete_overdue(database, 30)] == [webinar.id]
    assert [w.id for w in webinars.list_webinars(database)] == [busy.id]


def test_the_server_deletes_what_is_old_by_itself(
    database: Database, webinar: Webinar, clock: Clock
) -> None:
    clock.forward(31 * 86_400)
    stop = Event()
    keeper = Thread(target=keep_up, args=(database, 30, 0.01, stop))
    keeper.start()
    for _ in range(500):
        if not webinars.list_webinars(database):
            break
        stop.wait(0.01)
    stop.set()
    keeper.join()
    assert webinars.list_webinars(database) == []


def test_the_speaker_sees_questions_in_the_moderators_order(
    database: Database, webinar: Webinar, anna: Actor, ask: Ask
) -> None:
    one, two, three = (card.id for card in ask())
    for card_id in (one, two, three):
        done(actions.give_to_speaker(database, _act(card_id, anna)))

    def line() -> list[int]:
        listed = [card.id for card in list_cards(database, webinar.id, Filter.SPEAKER)]
        assert [q.card_id for q in speaker_questions(database, webinar.id)] == listed
        return listed

    assert line() == [one, two, three]
    moved = change_turn(database, _act(three, anna, key="5b"), Turn.FIRST)
    assert line() == [three, one, two]
    assert change_turn(database, _act(three, anna, key="5b"), Turn.FIRST).event == moved.event
    change_turn(database, _act(two, anna), Turn.EARLIER)
    change_turn(database, _act(three, anna), Turn.LATER)
    assert line() == [two, three, one]
    assert change_turn(database, _act(two, anna), Turn.EARLIER).event is None
    assert change_turn(database, _act(one, anna), Turn.LATER).event is None
    undo(database, webinar.id, anna)
    assert line() == [three, two, one]
    done(actions.reopen(database, actions.Act(two, anna, get_card(database, two).version)))
    assert line() == [three, one]


def test_only_questions_for_the_speaker_have_a_turn(
    database: Database, anna: Actor, card: Card
) -> None:
    with pytest.raises(QueueError, match="niet klaar voor de spreker"):
        change_turn(database, _act(card.id, anna), Turn.FIRST)


def test_the_public_page_shows_answers_and_nothing_hidden(
    database: Database, webinar: Webinar, anna: Actor
) -> None:
    first, second, third = add_messages(database, webinar.id, messages_of(QUESTIONS)).new_cards
    done(actions.answer(database, _act(first, anna), "In de winkel.", entry_id="q02"))
    hidden = done(actions.answer(database, _act(second, anna), "Nee."))
    done(actions.hide(database, seen(hidden, anna)))
    done(actions.answer(database, _act(third, anna), channel=Channel.LATER))
    (shown,) = public_answers(database, webinar.id)
    assert (shown.question, shown.answer, shown.entry_id) == (
        QUESTIONS[0],
        "In de winkel.",
        "q02",
    )


def test_who_did_something_lately_is_present(
    database: Database, webinar: Webinar, card: Card, anna: Actor, clock: Clock
) -> None:
    assert present_moderators(database, webinar.id) == []
    done(actions.claim(database, seen(card, anna)))
    assert present_moderators(database, webinar.id) == [anna]
    clock.forward(301)
    assert present_moderators(database, webinar.id) == []


def test_canned_texts_have_names_and_versions(database: Database) -> None:
    made = add_canned_text(database, "Geen Tijd", "Daar komen we later op terug.")
    assert (made.name, list_canned_texts(database)) == ("geen-tijd", [made])
    changed = change_canned_text(database, made.id, made.version, "later", made.text)
    with pytest.raises(CannedTextChanged) as stale:
        change_canned_text(database, made.id, made.version, "straks", made.text)
    assert stale.value.theirs == changed
    with pytest.raises(QueueError, match="al een vaste tekst"):
        add_canned_text(database, "later", "Straks.")
    with pytest.raises(QueueError, match="naam en een inhoud"):
        add_canned_text(database, "leeg", " ")
    delete_canned_text(database, made.id)
    delete_canned_text(database, made.id)
    assert list_canned_texts(database) == []
    with pytest.raises(NotFound):
        change_canned_text(database, made.id, 2, "later", "Straks.")
