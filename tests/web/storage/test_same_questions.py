"""A new message that asks the same joins the card; what people decided stays as they decided."""

from uuid import uuid4

import pytest
from storage_help import again, done, every_card, messages_of, seen

from assistant import Assistant
from corpus.importers.chat import Message
from web.db import Database
from web.queue import actions, regrouping
from web.queue.cards import Actor, Card, State
from web.queue.grouping import Grouping
from web.queue.intake import Intake, add_messages
from web.queue.reading import list_wordings
from web.queue.webinars import Webinar, create_webinar

FIRST = "Waar laat ik lege batterijen?"
ALIKE = "Waar laat ik dan lege batterijen?"
ALSO = "Waar laat ik al die lege batterijen?"
OTHER = "Mag een pizzadoos bij het oud papier?"


@pytest.fixture
def grouping(assistant: Assistant) -> Grouping:
    return Grouping(assistant.reader)


def ask(database: Database, webinar: Webinar, grouping: Grouping, *texts: str) -> Intake:
    messages = messages_of(texts, uuid4().hex)
    return add_messages(database, webinar.id, messages, grouping=grouping)


def test_other_words_for_the_same_join_the_card_with_its_count(
    database: Database, webinar: Webinar, grouping: Grouping
) -> None:
    first, other = ask(database, webinar, grouping, FIRST, OTHER).new_cards
    later = ask(database, webinar, grouping, ALIKE)
    assert (later.new_cards, later.grown_cards) == ((), (first,))
    asked = {card.id: card.asked for card in every_card(database, webinar)}
    assert asked == {first: 2, other: 1}
    assert [wording.text for wording in list_wordings(database, first)] == [FIRST, ALIKE]


def test_questions_of_one_import_share_cards_too(
    database: Database, webinar: Webinar, grouping: Grouping
) -> None:
    intake = ask(database, webinar, grouping, FIRST, OTHER, ALIKE, ALSO)
    assert len(intake.new_cards) == 2
    assert max(card.asked for card in every_card(database, webinar)) == 3


def test_what_one_process_put_on_a_card_another_one_sees(
    database: Database, webinar: Webinar, assistant: Assistant
) -> None:
    here, there = Grouping(assistant.reader), Grouping(assistant.reader)
    card = ask(database, webinar, here, FIRST).new_cards[0]
    assert ask(database, webinar, there, ALIKE).grown_cards == (card,)
    assert ask(database, webinar, here, ALSO).grown_cards == (card,)


def test_an_answered_card_gets_no_other_words_unseen(
    database: Database, webinar: Webinar, grouping: Grouping, anna: Actor
) -> None:
    card = every_card_of(database, webinar, grouping, FIRST)
    answered = done(actions.answer(database, seen(card, anna), "In de winkel."))
    fresh = ask(database, webinar, grouping, ALIKE).new_cards
    assert len(fresh) == 1
    assert again(database, answered) == answered
    equal = ask(database, webinar, grouping, FIRST.lower())
    assert equal.grown_cards == (card.id,)
    assert again(database, card).state is State.ANSWERED
    assert (again(database, card).asked, again(database, card).answered_for) == (2, 1)


def test_what_a_moderator_split_stays_split(
    database: Database, webinar: Webinar, grouping: Grouping, anna: Actor
) -> None:
    card = every_card_of(database, webinar, grouping, FIRST)
    ask(database, webinar, grouping, ALIKE)
    taken = list_wordings(database, card.id)[1]
    result = regrouping.split(database, seen(again(database, card), anna), taken.ids)
    apart = next(number for number in result.event.card_ids if number != card.id)  # type: ignore[union-attr]
    ask(database, webinar, grouping, ALIKE.upper())
    ask(database, webinar, grouping, FIRST.upper())
    texts = {
        number: {wording.text.lower() for wording in list_wordings(database, number)}
        for number in (card.id, apart)
    }
    assert texts == {card.id: {FIRST.lower()}, apart: {ALIKE.lower()}}


def test_what_a_moderator_merged_grows_as_one(
    database: Database, webinar: Webinar, grouping: Grouping, anna: Actor
) -> None:
    first, other = ask(database, webinar, grouping, FIRST, OTHER).new_cards
    cards = {card.id: card for card in every_card(database, webinar)}
    done(regrouping.merge(database, seen(cards[other], anna), [first]))
    assert ask(database, webinar, grouping, FIRST.upper()).grown_cards == (other,)
    assert again(database, cards[first]).state is State.DUPLICATE


def test_what_the_platform_answered_joins_nobody_elses_question(
    database: Database, webinar: Webinar, grouping: Grouping
) -> None:
    ask(database, webinar, grouping, FIRST)
    said = [Message(0, "x", ALIKE, answer="In de winkel.", is_answered=True)]
    intake = add_messages(database, webinar.id, said, grouping=grouping)
    assert len(intake.new_cards) == 1
    assert len(ask(database, webinar, grouping, ALSO).new_cards) == 0
    assert {card.asked for card in every_card(database, webinar)} == {1, 2}


def test_two_webinars_share_no_card(
    database: Database, webinar: Webinar, grouping: Grouping
) -> None:
    ask(database, webinar, grouping, FIRST)
    other = create_webinar(database, "Een ander")
    assert len(ask(database, other, grouping, ALIKE).new_cards) == 1
    assert [card.asked for card in every_card(database, webinar)] == [1]


def every_card_of(database: Database, webinar: Webinar, grouping: Grouping, text: str) -> Card:
    ask(database, webinar, grouping, text)
    return every_card(database, webinar)[0]
