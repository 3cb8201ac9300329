"""A card is claimed by one moderator at a time, for 90 seconds, and can be taken over."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from storage_help import Clock, again, done, every_card, refused, seen

from web.db import Database
from web.queue.actions import answer, claim, keep_claim, release, save_draft
from web.queue.cards import Actor, Card, Done, QueueError, Reason, State
from web.queue.webinars import Webinar


def test_a_claim_shows_who_and_until_when(database: Database, card: Card, anna: Actor) -> None:
    found = done(claim(database, seen(card, anna)))
    assert found.state is State.CLAIMED
    assert found.claim is not None
    assert (found.claim.by, (found.claim.until - database.now()).seconds) == (anna, 90)


def test_the_loser_sees_the_winners_name(
    database: Database, card: Card, anna: Actor, bo: Actor
) -> None:
    done(claim(database, seen(card, anna)))
    conflict = refused(claim(database, seen(card, bo)), Reason.CLAIMED)
    assert conflict.by == anna


@pytest.mark.parametrize("round_", range(int(os.environ.get("VRAAGWIJZER_CLAIMS", "3"))))
def test_a_hundred_parallel_claims_have_one_winner(
    database: Database, card: Card, round_: int
) -> None:
    start = Barrier(20)

    def one(number: int) -> bool:
        if number < 20:
            start.wait(timeout=20)
        return isinstance(claim(database, seen(card, Actor(1000 + number, ""))), Done)

    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(one, range(100)))
    assert sum(won) == 1


def test_a_claim_ends_after_90_seconds(
    database: Database, webinar: Webinar, card: Card, anna: Actor, bo: Actor, clock: Clock
) -> None:
    done(claim(database, seen(card, anna)))
    clock.forward(89)
    refused(claim(database, seen(card, bo)), Reason.CLAIMED)
    clock.forward(2)
    assert every_card(database, webinar)[0].state is State.NEW
    assert done(claim(database, seen(card, bo))).claim is not None


def test_activity_keeps_a_claim(
    database: Database, card: Card, anna: Actor, bo: Actor, clock: Clock
) -> None:
    found = done(claim(database, seen(card, anna)))
    clock.forward(60)
    found = done(save_draft(database, seen(found, anna), "Bij de"))
    clock.forward(60)
    done(keep_claim(database, seen(found, anna)))
    clock.forward(60)
    refused(claim(database, seen(card, bo)), Reason.CLAIMED)


def test_only_the_holder_can_keep_a_claim(database: Database, card: Card, anna: Actor) -> None:
    with pytest.raises(QueueError, match="niet geclaimd"):
        keep_claim(database, seen(card, anna))


def test_a_claim_can_be_taken_over_and_the_draft_stays(
    database: Database, card: Card, anna: Actor, bo: Actor
) -> None:
    found = done(save_draft(database, seen(card, anna), "Bij de winkel"))
    taken = done(claim(database, seen(found, bo, confirm=True)))
    assert taken.claim is not None
    assert (taken.claim.by, taken.draft) == (bo, "Bij de winkel")
    refused(save_draft(database, seen(found, anna), "Bij de winkel."), Reason.CLAIMED)


def test_letting_go_makes_a_card_new(database: Database, card: Card, anna: Actor) -> None:
    found = done(claim(database, seen(card, anna)))
    assert done(release(database, seen(found, anna))).state is State.NEW


def test_somebody_elses_claim_stops_an_answer_unless_confirmed(
    database: Database, card: Card, anna: Actor, bo: Actor
) -> None:
    done(claim(database, seen(card, anna)))
    refused(answer(database, seen(card, bo), "In de winkel."), Reason.CLAIMED)
    assert again(database, card).answer == ""
    done(answer(database, seen(card, bo, confirm=True), "In de winkel."))
