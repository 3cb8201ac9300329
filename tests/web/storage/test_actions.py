"""What moderators do with a card: every state, versions, replays, and nothing answered twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from storage_help import QUESTIONS, Ask, again, done, refused, seen

from corpus import Corpus
from web.db import Database
from web.queue import actions
from web.queue.cards import (
    Act,
    Actor,
    Card,
    Channel,
    Conflict,
    Filter,
    NotFound,
    Order,
    QueueError,
    Reason,
    State,
)
from web.queue.reading import history, list_cards
from web.queue.texts import approved_details
from web.queue.undoing import undo
from web.queue.webinars import Webinar

Do = Callable[[Database, Act], object]
MOVES: dict[State, Do] = {
    State.CLAIMED: actions.claim,
    State.DRAFT: lambda database, act: actions.save_draft(database, act, "Bij de"),
    State.ANSWERED: lambda database, act: actions.answer(database, act, "In de winkel."),
    State.SPEAKER: actions.give_to_speaker,
    State.POSTPONED: actions.set_aside,
    State.REJECTED: lambda database, act: actions.set_aside(
        database, act, State.REJECTED, "scheldt"
    ),
    State.NOISE: actions.mark_noise,
}


@pytest.mark.parametrize("state", MOVES)
def test_each_state_is_reached_logged_and_taken_back(
    database: Database, webinar: Webinar, card: Card, anna: Actor, state: State
) -> None:
    moved = done(MOVES[state](database, seen(card, anna)))  # type: ignore[arg-type]
    assert moved.state is state
    event = history(database, card.id)[-1]
    assert (event.actor, event.from_state, event.to_state) == (anna, State.NEW, state)
    back = done(undo(database, webinar.id, anna, event.sequence))
    assert (back.state, back.draft, back.answer) == (State.NEW, "", "")


@pytest.mark.parametrize("channel", Channel)
def test_an_answer_says_how(database: Database, card: Card, anna: Actor, channel: Channel) -> None:
    act = seen(card, anna)
    found = done(actions.answer(database, act, "Bij de winkel.", channel=channel, entry_id="q02"))
    assert (found.channel, found.answered_by, found.entry_id) == (channel, anna, "q02")
    assert (found.claim, found.draft, found.answered_for) == (None, "", 1)


def test_a_text_answer_needs_text_a_live_one_does_not(
    database: Database, card: Card, anna: Actor
) -> None:
    with pytest.raises(QueueError, match="leeg"):
        actions.answer(database, seen(card, anna), "  ")
    done(actions.answer(database, seen(card, anna), channel=Channel.LIVE))


def test_a_stale_write_is_refused_with_both_versions(
    database: Database, card: Card, anna: Actor, bo: Actor
) -> None:
    theirs = done(actions.rename(database, seen(card, bo), "Waar kunnen batterijen heen?"))
    conflict = refused(actions.save_draft(database, seen(card, anna), "Bij de"), Reason.STALE)
    assert (conflict.yours["text"], conflict.theirs, conflict.by) == ("Bij de", theirs, bo)
    assert again(database, card) == theirs


def test_nothing_is_answered_twice_unseen(
    database: Database, card: Card, anna: Actor, bo: Actor
) -> None:
    first = done(actions.answer(database, seen(card, anna), "In de winkel."))
    conflict = refused(actions.answer(database, seen(card, bo), "Thuis."), Reason.ANSWERED)
    assert (conflict.by, conflict.theirs.answer) == (anna, "In de winkel.")
    stale = actions.answer(database, seen(card, bo, confirm=True), "Thuis.")
    refused(stale, Reason.STALE)  # confirming is for the version that was shown
    assert (
        done(actions.answer(database, seen(first, bo, confirm=True), "Thuis.")).answer == "Thuis."
    )


def test_an_action_sent_twice_is_done_once(database: Database, card: Card, anna: Actor) -> None:
    act = seen(card, anna, key="4f1c")
    first = actions.answer(database, act, "In de winkel.")
    second = actions.answer(database, act, "In de winkel.")
    assert not isinstance(second, Conflict)
    assert second.is_replay
    assert done(first) == done(second)
    assert [event.kind for event in history(database, card.id)] == ["arrive", "answer"]


def test_a_claim_changes_no_version_but_a_draft_does(
    database: Database, card: Card, anna: Actor
) -> None:
    claimed = done(actions.claim(database, seen(card, anna)))
    drafted = done(actions.save_draft(database, seen(claimed, anna), "Bij"))
    assert (claimed.version, drafted.version) == (card.version, card.version + 1)


def test_an_emptied_draft_leaves_the_claim(database: Database, card: Card, anna: Actor) -> None:
    found = done(actions.save_draft(database, seen(card, anna), "Bij"))
    assert done(actions.save_draft(database, seen(found, anna), "")).state is State.CLAIMED


def test_no_fitting_answer_is_noted(database: Database, card: Card, anna: Actor) -> None:
    assert card.entry_id is None
    assert done(actions.choose(database, seen(card, anna), "")).entry_id == ""


def test_who_asks_after_the_answer_is_counted_until_it_is_given_again(
    database: Database, webinar: Webinar, card: Card, anna: Actor, ask: Ask
) -> None:
    card = done(actions.answer(database, seen(card, anna), "Bij de winkel."))
    assert (card.asked_again, listed(database, webinar, Filter.AGAIN)) == (0, [])
    ask(card.question, card.question)
    card = again(database, card)
    assert (card.asked_again, listed(database, webinar, Filter.AGAIN)) == (2, [card.id])
    card = done(actions.answer_again(database, seen(card, anna)))
    assert (card.asked_again, card.answered_for, card.answer) == (0, 3, "Bij de winkel.")
    undo(database, webinar.id, anna)
    assert listed(database, webinar, Filter.AGAIN) == [card.id]
    card = done(actions.reopen(database, seen(again(database, card), anna)))
    with pytest.raises(QueueError, match="nog niet beantwoord"):
        actions.answer_again(database, seen(card, anna))


def test_the_queue_can_be_put_in_three_orders(
    database: Database, webinar: Webinar, ask: Ask
) -> None:
    one, two, three = (card.id for card in ask())
    ask(QUESTIONS[1], QUESTIONS[1])

    def listed_by(order: Order) -> list[int]:
        return [card.id for card in list_cards(database, webinar.id, order=order)]

    assert listed_by(Order.NEWEST) == [three, two, one]
    assert listed_by(Order.OLDEST) == [one, two, three]
    assert listed_by(Order.MOST_ASKED) == [two, three, one]


def listed(database: Database, webinar: Webinar, which: Filter) -> list[int]:
    return [card.id for card in list_cards(database, webinar.id, which)]


def test_reopening_keeps_the_answer_as_a_draft(database: Database, card: Card, anna: Actor) -> None:
    found = done(actions.answer(database, seen(card, anna), "In de winkel."))
    found = done(actions.reopen(database, seen(found, anna)))
    assert (found.state, found.draft, found.answer) == (State.DRAFT, "In de winkel.", "")
    assert (found.channel, found.answered_at) == (None, None)


def test_noise_becomes_a_question_with_one_action(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor
) -> None:
    found = ask("Goedemorgen allemaal")[0]
    assert found.state is State.NOISE
    assert done(actions.reopen(database, seen(found, anna))).state is State.NEW


def test_setting_aside_knows_two_states_only(database: Database, card: Card, anna: Actor) -> None:
    with pytest.raises(QueueError, match="uitgesteld of als afgewezen"):
        actions.set_aside(database, seen(card, anna), State.ANSWERED)


def test_what_moderators_type_is_redacted_save_for_approved_details(
    database: Database, card: Card, anna: Actor
) -> None:
    text = "Mail naar afval@stad.example of jan.jansen@mail.example"
    found = done(actions.save_draft(database, seen(card, anna), text, keep={"afval@stad.example"}))
    assert found.draft == "Mail naar afval@stad.example of [e-mailadres]"


def test_details_of_approved_answers_are_found_in_the_corpus(corpus: Corpus) -> None:
    entry = replace(corpus.entries[0], short_answer="Mail naar afval@stad.example of bel 14 020.")
    changed = replace(corpus, entries=(entry, *corpus.entries[1:]))
    assert "afval@stad.example" in approved_details(changed)
    assert "afval@stad.example" not in approved_details(corpus)


def test_characters_that_no_database_takes_are_left_out(
    database: Database, card: Card, anna: Actor
) -> None:
    found = done(actions.save_draft(database, seen(card, anna), "Bij\0 de\ud800 winkel 😀"))
    assert again(database, found).draft == "Bij de winkel 😀"


def test_an_unknown_card_is_said_to_be_unknown(database: Database, anna: Actor) -> None:
    with pytest.raises(NotFound):
        actions.claim(database, Act(999, anna, 1))
