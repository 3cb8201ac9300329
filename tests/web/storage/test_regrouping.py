"""Cards are merged and split without losing a wording, and taken apart again."""

import pytest
from storage_help import Ask, again, done, every_card, messages_of, refused, seen

from web.db import Database
from web.queue import actions, regrouping
from web.queue.cards import Act, Actor, Card, QueueError, Reason, State
from web.queue.intake import add_messages
from web.queue.reading import list_wordings
from web.queue.undoing import undo
from web.queue.webinars import Webinar, create_webinar


def wordings(database: Database, card: Card) -> list[str]:
    return [wording.text for wording in list_wordings(database, card.id)]


def test_merging_sums_who_asks_and_keeps_every_text(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor
) -> None:
    first, second, third = ask()
    ask(second.question, second.question.upper())
    merged = done(regrouping.merge(database, seen(first, anna), [second.id, third.id]))
    assert merged.asked == 5
    texts = [first.question, second.question, third.question]
    assert wordings(database, merged) == texts
    assert again(database, second).duplicate_of == first.id
    assert again(database, second).asked == 0
    back = done(undo(database, webinar.id, anna))
    assert [card.asked for card in (back, again(database, second))] == [1, 3]
    assert wordings(database, second) == [second.question]


def test_a_duplicate_goes_to_the_card_at_the_end_of_the_chain(
    database: Database, ask: Ask, anna: Actor
) -> None:
    first, second, third = ask()
    done(regrouping.mark_duplicate(database, seen(second, anna), first.id))
    done(regrouping.mark_duplicate(database, seen(third, anna), second.id))
    assert again(database, first).asked == 3
    assert again(database, third).duplicate_of == first.id


def test_a_duplicate_can_only_be_separated(database: Database, ask: Ask, anna: Actor) -> None:
    first, second, _ = ask()
    merged = done(regrouping.mark_duplicate(database, seen(second, anna), first.id))
    with pytest.raises(QueueError, match="hoort bij een andere"):
        actions.answer(database, seen(merged, anna), "In de winkel.")
    done(actions.answer(database, seen(again(database, first), anna), "In de winkel."))
    back = done(regrouping.separate(database, seen(merged, anna)))
    assert (back.state, back.asked, back.duplicate_of) == (State.NEW, 1, None)
    assert again(database, first).state is State.ANSWERED
    with pytest.raises(QueueError, match="hoort niet bij"):
        regrouping.separate(database, seen(back, anna))


def test_the_answer_of_a_merged_card_is_not_lost(database: Database, ask: Ask, anna: Actor) -> None:
    first, second, _ = ask()
    answered = done(actions.answer(database, seen(second, anna), "In de winkel."))
    merged = done(regrouping.merge(database, seen(first, anna, confirm=True), [answered.id]))
    assert (merged.state, merged.draft) == (State.DRAFT, "In de winkel.")


def test_a_card_that_somebody_works_on_is_not_merged_unseen(
    database: Database, ask: Ask, anna: Actor, bo: Actor
) -> None:
    first, second, _ = ask()
    done(actions.claim(database, seen(second, bo)))
    conflict = refused(regrouping.merge(database, seen(first, anna), [second.id]), Reason.CLAIMED)
    assert (conflict.theirs.id, conflict.by) == (second.id, bo)
    assert again(database, first).asked == 1
    done(regrouping.merge(database, seen(first, anna, confirm=True), [second.id]))


def test_a_merged_card_was_seen_in_an_old_version(
    database: Database, ask: Ask, anna: Actor, bo: Actor
) -> None:
    first, second, _ = ask()
    done(regrouping.merge(database, seen(first, anna), [second.id]))
    conflict = refused(actions.answer(database, seen(second, bo), "Thuis."), Reason.STALE)
    assert conflict.theirs.duplicate_of == first.id


def test_splitting_makes_a_new_card_and_undo_puts_it_back(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor
) -> None:
    first, second, third = ask()
    merged = done(regrouping.merge(database, seen(first, anna), [second.id, third.id]))
    taken = list_wordings(database, merged.id)[1]
    result = regrouping.split(database, seen(merged, anna), taken.ids)
    assert (done(result).asked, result.event.kind) == (2, "split")  # type: ignore[union-attr]
    fresh = next(card for card in every_card(database, webinar) if card.id > third.id)
    assert (fresh.question, fresh.asked, fresh.state) == (second.question, 1, State.NEW)
    assert result.event.card_ids == (merged.id, fresh.id)  # type: ignore[union-attr]
    assert done(undo(database, webinar.id, anna)).asked == 3
    assert again(database, fresh).state is State.DUPLICATE
    assert wordings(database, fresh) == []


def test_a_split_takes_some_wordings_but_not_all(
    database: Database, card: Card, anna: Actor
) -> None:
    every = list_wordings(database, card.id)[0].ids
    for ids in ((), every, (999,)):
        with pytest.raises(QueueError, match="niet alle"):
            regrouping.split(database, seen(card, anna), ids)


def test_cards_of_two_webinars_or_the_same_card_do_not_merge(
    database: Database, ask: Ask, anna: Actor
) -> None:
    first = ask()[0]
    other = create_webinar(database, "Een ander")
    strange = add_messages(database, other.id, messages_of(["Waar?"])).new_cards[0]
    with pytest.raises(QueueError, match="hetzelfde webinar"):
        regrouping.merge(database, seen(first, anna), [strange])
    with pytest.raises(QueueError, match="andere vraag"):
        regrouping.merge(database, seen(first, anna), [first.id])
    with pytest.raises(QueueError, match="zichzelf"):
        regrouping.mark_duplicate(database, Act(first.id, anna, 1), first.id)
