"""The events are the truth: numbered without gaps, and the screen can be made from them again."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select
from storage_help import QUESTIONS, Ask, done, every_card, messages_of, seen

from web.db import Database
from web.models import CardRow, EventRow
from web.queue import actions, regrouping
from web.queue.cards import Act, Actor, Card, Channel, QueueError, State
from web.queue.intake import add_messages
from web.queue.log import rebuild
from web.queue.reading import events_since, history, last_sequence, list_wordings
from web.queue.speaking import Turn, change_turn
from web.queue.undoing import undo
from web.queue.webinars import Webinar

WORDS = ("glas", "papier", "plastic", "gft", "textiel", "batterijen", "olie", "verf")


def random_action(
    database: Database, webinar: Webinar, actor: Actor, chance: random.Random
) -> None:
    """Do anything that a moderator, or the chat, can do."""
    cards = every_card(database, webinar)
    card, other = chance.choice(cards), chance.choice(cards)
    act = Act(card.id, actor, card.version, confirm=chance.random() < 0.5)
    wordings = [wording.id for wording in list_wordings(database, card.id)]
    whatever = (
        lambda: actions.claim(database, act),
        lambda: actions.release(database, act),
        lambda: actions.save_draft(database, act, chance.choice(("", "Bij de", "In de"))),
        lambda: actions.answer(database, act, "In de bak.", entry_id="q01"),
        lambda: actions.answer(database, act, channel=Channel.LATER),
        lambda: actions.set_aside(database, act, State.REJECTED, "dubbelop"),
        lambda: actions.mark_noise(database, act),
        lambda: actions.reopen(database, act),
        lambda: actions.give_to_speaker(database, act),
        lambda: actions.choose(database, act, ""),
        lambda: change_turn(database, act, chance.choice(list(Turn))),
        lambda: regrouping.merge(database, act, [other.id]),
        lambda: regrouping.mark_duplicate(database, act, other.id),
        lambda: regrouping.separate(database, act),
        lambda: regrouping.split(database, act, wordings[:1]),
        lambda: undo(database, webinar.id, actor),
        lambda: undo(database, webinar.id, actor, chance.randint(1, 60)),
        lambda: add_messages(
            database,
            webinar.id,
            messages_of([f"Waar laat ik {chance.choice(WORDS)}?", "+1"], str(chance.random())),
        ),
    )
    try:
        chance.choice(whatever)()
    except (QueueError, LookupError):
        return


@pytest.mark.parametrize("seed", range(4))
def test_any_row_of_actions_can_be_rebuilt_from_the_events(
    database: Database, webinar: Webinar, anna: Actor, bo: Actor, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311
    add_messages(database, webinar.id, messages_of(QUESTIONS))
    for _ in range(60):
        random_action(database, webinar, chance.choice((anna, bo)), chance)
    before = every_card(database, webinar)
    with database.reading() as session:
        events = session.scalars(select(EventRow.sequence).order_by(EventRow.sequence)).all()
    assert list(events) == list(range(1, len(events) + 1))
    assert sum(card.asked for card in before) == sum(
        wording.times + wording.joined for c in before for wording in list_wordings(database, c.id)
    )
    with database.writing() as session:
        session.execute(delete(CardRow))
        session.flush()
        rebuild(session, webinar.id)
    assert every_card(database, webinar) == before


def test_rebuilding_repairs_a_changed_screen(
    database: Database, webinar: Webinar, card: Card, anna: Actor
) -> None:
    found = done(actions.answer(database, seen(card, anna), "In de winkel."))
    with database.writing() as session:
        row = session.get_one(CardRow, card.id)
        row.state, row.answer, row.asked = State.NEW, "", 99
    with database.writing() as session:
        rebuild(session, webinar.id)
    assert every_card(database, webinar) == [found]


def test_an_event_tells_who_when_from_and_to(database: Database, card: Card, anna: Actor) -> None:
    done(actions.mark_noise(database, seen(card, anna)))
    event = history(database, card.id)[-1]
    assert (event.kind, event.actor, event.at) == ("noise", anna, database.now())
    assert (event.from_state, event.to_state) == (State.NEW, State.NOISE)


def test_the_stream_goes_on_where_it_was(database: Database, webinar: Webinar, ask: Ask) -> None:
    ask()
    whole = events_since(database, webinar.id, 0)
    pages = events_since(database, webinar.id, 0, limit=2)
    pages += events_since(database, webinar.id, pages[-1].sequence)
    assert [event.sequence for event in pages] == [event.sequence for event in whole] == [1, 2, 3]
    assert last_sequence(database, webinar.id) == 3
    assert events_since(database, webinar.id, 3) == []


def test_writers_at_the_same_time_leave_no_gap(
    database: Database, webinar: Webinar, ask: Ask
) -> None:
    """A reader that saw event n must never find a smaller number later."""
    cards = ask(*[f"Waar laat ik {word}?" for word in WORDS])
    read: list[int] = []

    def write(number: int) -> None:
        for card in cards:
            actions.claim(database, Act(card.id, Actor(number, ""), card.version, confirm=True))

    with ThreadPoolExecutor(5) as pool:
        writers = [pool.submit(write, number) for number in range(1, 5)]
        while not all(writer.done() for writer in writers) or not read:
            after = read[-1] if read else 0
            read += [event.sequence for event in events_since(database, webinar.id, after)]
        for writer in writers:
            writer.result()
    read += [event.sequence for event in events_since(database, webinar.id, read[-1])]
    assert read == list(range(1, len(cards) * 5 + 1))
