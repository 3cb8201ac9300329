"""Actions are taken back from what their event says was there before."""

import pytest
from storage_help import Ask, again, done, refused, seen

from web.db import Database
from web.queue import actions
from web.queue.cards import Actor, Card, NotFound, QueueError, Reason, State
from web.queue.reading import events_since
from web.queue.undoing import last_undoable, undo
from web.queue.webinars import Webinar


def test_undo_takes_back_ones_own_last_action_step_by_step(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor, bo: Actor
) -> None:
    first, second, third = ask()
    done(actions.mark_noise(database, seen(first, anna)))
    done(actions.answer(database, seen(second, anna), "In de winkel."))
    done(actions.mark_noise(database, seen(third, bo)))
    assert done(undo(database, webinar.id, anna)).id == second.id
    assert done(undo(database, webinar.id, anna)).id == first.id
    with pytest.raises(QueueError, match="niets om ongedaan te maken"):
        undo(database, webinar.id, anna)
    assert again(database, third).state is State.NOISE
    assert last_undoable(database, webinar.id, anna) is None


def test_an_undo_can_be_taken_back_and_taken_back_again(
    database: Database, webinar: Webinar, card: Card, anna: Actor
) -> None:
    done(actions.answer(database, seen(card, anna), "In de winkel."))
    for expected in (State.NEW, State.ANSWERED, State.NEW):
        last = events_since(database, webinar.id, 0)[-1].sequence
        assert done(undo(database, webinar.id, anna, last)).state is expected
    assert last_undoable(database, webinar.id, anna) is None


def test_an_event_is_taken_back_once(
    database: Database, webinar: Webinar, card: Card, anna: Actor
) -> None:
    result = actions.mark_noise(database, seen(card, anna))
    done(undo(database, webinar.id, anna))
    assert result.event is not None  # type: ignore[union-attr]
    with pytest.raises(QueueError, match="al ongedaan"):
        undo(database, webinar.id, anna, result.event.sequence)  # type: ignore[union-attr]


def test_what_was_followed_by_something_else_stays(
    database: Database, webinar: Webinar, card: Card, anna: Actor, bo: Actor
) -> None:
    found = done(actions.mark_noise(database, seen(card, anna)))
    done(actions.reopen(database, seen(found, bo)))
    conflict = refused(undo(database, webinar.id, anna), Reason.OVERTAKEN)
    assert (conflict.by, conflict.theirs.state) == (bo, State.NEW)


def test_questions_that_joined_meanwhile_do_not_stop_an_undo(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor
) -> None:
    card = ask("Waar laat ik lege batterijen?")[0]
    done(actions.answer(database, seen(card, anna), "In de winkel."))
    ask("waar laat ik lege batterijen")
    back = done(undo(database, webinar.id, anna))
    assert (back.state, back.asked) == (State.NEW, 2)


def test_undo_gives_the_claim_back_to_who_had_it(
    database: Database, webinar: Webinar, card: Card, anna: Actor
) -> None:
    claimed = done(actions.claim(database, seen(card, anna)))
    done(actions.answer(database, seen(claimed, anna), "In de winkel."))
    back = done(undo(database, webinar.id, anna))
    assert (back.state, back.claim and back.claim.by) == (State.CLAIMED, anna)


def test_an_undo_sent_twice_is_done_once(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor
) -> None:
    for card in ask():
        done(actions.mark_noise(database, seen(card, anna)))
    first = undo(database, webinar.id, anna, key="77aa")
    second = undo(database, webinar.id, anna, key="77aa")
    assert second.is_replay  # type: ignore[union-attr]
    assert done(first).id == done(second).id


@pytest.mark.usefixtures("card")
def test_arrivals_cannot_be_taken_back(database: Database, webinar: Webinar, anna: Actor) -> None:
    with pytest.raises(QueueError, match="niet ongedaan"):
        undo(database, webinar.id, anna, 1)
    with pytest.raises(NotFound):
        undo(database, webinar.id, anna, 99)
