"""Draft entries are edited in one step, moved between, and come back from a file as they were."""

from dataclasses import replace

import pytest
from storage_help import QUESTIONS, Ask, again, done, refused, seen

from corpus import Corpus
from web.db import Database
from web.moderation.drafts import TakenBack, draft_entries, from_json, take_back, to_json
from web.queue import actions, regrouping
from web.queue.cards import Actor, Card, Channel, QueueError, Reason, State
from web.queue.drafting import Edit, edit_draft, move
from web.queue.reading import list_cards, list_wordings
from web.queue.undoing import undo
from web.queue.webinars import Webinar, create_webinar

FULL = Edit("Waar gaat een lege batterij heen?", "Naar de winkel.", "Chris", True)


def test_question_answer_owner_and_status_change_in_one_step(
    database: Database, webinar: Webinar, card: Card, anna: Actor
) -> None:
    changed = done(edit_draft(database, seen(card, anna), FULL))
    assert Edit(changed.question, changed.draft, changed.owner, changed.is_approved) == FULL
    assert changed.state is State.DRAFT
    done(undo(database, webinar.id, anna))
    before = again(database, card)
    assert (before.question, before.draft, before.owner) == (card.question, "", "")
    assert (before.state, before.is_approved) == (State.NEW, False)


def test_an_answer_that_was_given_stays(database: Database, card: Card, anna: Actor) -> None:
    given = done(actions.answer(database, seen(card, anna), "Bij de winkel."))
    changed = done(edit_draft(database, seen(given, anna), replace(FULL, answer="")))
    assert (changed.answer, changed.state) == ("Bij de winkel.", State.ANSWERED)
    assert changed.is_approved


@pytest.mark.parametrize("edit", [Edit(" "), Edit("Waar?", "", "", True)])
def test_nothing_empty_is_kept_or_approved(
    database: Database, card: Card, anna: Actor, edit: Edit
) -> None:
    with pytest.raises(QueueError):
        edit_draft(database, seen(card, anna), edit)


def test_an_old_version_is_refused(database: Database, card: Card, anna: Actor, bo: Actor) -> None:
    done(actions.rename(database, seen(card, bo), "Anders?"))
    refused(edit_draft(database, seen(card, anna), FULL), Reason.STALE)


def test_a_wording_moves_to_where_it_belongs(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor, bo: Actor
) -> None:
    one, two, three = ask()
    whole = done(regrouping.merge(database, seen(one, anna), [two.id]))
    moved = [w for w in list_wordings(database, one.id) if w.text == two.question]
    done(actions.claim(database, seen(three, bo)))
    refused(move(database, seen(whole, anna), moved[0].ids, three.id), Reason.CLAIMED)
    done(actions.release(database, seen(three, bo)))
    done(move(database, seen(whole, anna), moved[0].ids, three.id))
    assert [w.text for w in list_wordings(database, one.id)] == [QUESTIONS[0]]
    assert again(database, three).asked == 2
    done(undo(database, webinar.id, anna))
    assert (again(database, one).asked, again(database, three).asked) == (2, 1)
    other = create_webinar(database, "Een ander")
    for wrong in (one.id, two.id):  # itself, and one that is a double
        with pytest.raises(QueueError):
            move(database, seen(again(database, one), anna), moved[0].ids, wrong)
    assert list_cards(database, other.id) == []


def test_a_file_comes_back_as_it_went_out(
    database: Database, webinar: Webinar, ask: Ask, anna: Actor, corpus: Corpus
) -> None:
    one, two, _ = ask()
    ask(QUESTIONS[0], QUESTIONS[0])
    done(regrouping.merge(database, seen(again(database, one), anna), [two.id]))
    done(edit_draft(database, seen(again(database, one), anna), FULL))
    sent = to_json(draft_entries(database, webinar.id, corpus))
    assert take_back(database, webinar.id, anna, from_json(sent)) == TakenBack(same=2)
    assert to_json(draft_entries(database, webinar.id, corpus)) == sent

    other = create_webinar(database, "Een ander")
    assert take_back(database, other.id, anna, from_json(sent)) == TakenBack(added=2)
    assert take_back(database, other.id, anna, from_json(sent)) == TakenBack(same=2)
    found = draft_entries(database, other.id, corpus)
    assert [replace(d, id="") for d in found] == [replace(d, id="") for d in from_json(sent)]


def test_what_was_changed_in_the_file_changes_here(
    database: Database, webinar: Webinar, card: Card, anna: Actor, bo: Actor, corpus: Corpus
) -> None:
    (sent,) = draft_entries(database, webinar.id, corpus)
    edited = replace(sent, answer="Naar de winkel.", owner="Chris", status="goedgekeurd")
    done(actions.claim(database, seen(card, bo)))
    assert take_back(database, webinar.id, anna, [edited]) == TakenBack(held=1)
    done(actions.release(database, seen(card, bo)))
    assert take_back(database, webinar.id, anna, [edited]) == TakenBack(changed=1)
    assert draft_entries(database, webinar.id, corpus) == (edited,)


def test_a_channel_of_the_webinar_does_not_count_as_an_open_draft(
    database: Database, card: Card, anna: Actor
) -> None:
    live = done(actions.answer(database, seen(card, anna), channel=Channel.LIVE))
    changed = done(edit_draft(database, seen(live, anna), replace(FULL, is_approved=False)))
    assert (changed.state, changed.draft) == (State.ANSWERED, "")
