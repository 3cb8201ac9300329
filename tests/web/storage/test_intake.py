"""Chat messages become cards: each once, redacted, without senders, with everybody counted."""

import time
from dataclasses import replace

import pytest
from storage_help import QUESTIONS, every_card, messages_of

from corpus.importers.chat import Message, parse_text
from web.db import Database
from web.models import MessageRow
from web.queue.cards import Channel, Filter, NotFound, QueueError, State
from web.queue.intake import add_messages
from web.queue.reading import count_cards, count_waiting, events_since, list_cards, list_wordings
from web.queue.webinars import Webinar, archive_webinar, get_webinar


def test_a_message_with_two_questions_makes_two_cards(database: Database, webinar: Webinar) -> None:
    text = "Waar laat ik batterijen? En wanneer wordt het glas opgehaald?"
    intake = add_messages(database, webinar.id, messages_of([text]))
    assert (intake.added, intake.questions, len(intake.new_cards)) == (1, 2, 2)


def test_talk_is_kept_as_noise_one_key_away(database: Database, webinar: Webinar) -> None:
    intake = add_messages(database, webinar.id, messages_of(["Goedemorgen!", QUESTIONS[0]]))
    counts = count_cards(database, webinar.id)
    assert (intake.noise, counts[Filter.NOISE], counts[Filter.OPEN]) == (1, 1, 1)


def test_importing_twice_adds_nothing_and_a_longer_save_only_what_is_new(
    database: Database, webinar: Webinar
) -> None:
    chat = messages_of(QUESTIONS)
    add_messages(database, webinar.id, chat[:2])
    before = every_card(database, webinar)
    again = add_messages(database, webinar.id, chat[:2])
    assert (again.added, again.updated, again.new_cards, again.grown_cards) == (0, 0, (), ())
    assert every_card(database, webinar) == before
    longer = add_messages(database, webinar.id, chat)
    assert (longer.added, len(longer.new_cards)) == (1, 1)


def test_the_same_question_is_one_card_with_a_count(database: Database, webinar: Webinar) -> None:
    texts = [QUESTIONS[0], QUESTIONS[1], "waar laat ik lege batterijen"]
    first = add_messages(database, webinar.id, messages_of(texts)).new_cards[0]
    later = add_messages(database, webinar.id, messages_of(texts, "later"))
    assert (later.new_cards, first in later.grown_cards) == ((), True)
    card = list_cards(database, webinar.id)[-1]
    assert (card.id, card.asked) == (first, 4)
    assert [(w.times, w.joined) for w in list_wordings(database, first)] == [(4, 0)]


def test_reactions_votes_and_joining_add_weight(database: Database, webinar: Webinar) -> None:
    chat = [
        Message(0, "a", QUESTIONS[0], reactions=2, votes=1),
        Message(1, "b", QUESTIONS[1]),
        Message(2, "c", "sluit me aan", reply_to=0),
        Message(3, "d", "+1"),
    ]
    intake = add_messages(database, webinar.id, chat)
    asked = {card.question: card.asked for card in every_card(database, webinar)}
    assert (intake.joined, asked) == (2, {QUESTIONS[0]: 5, QUESTIONS[1]: 2})
    more = [replace(chat[0], reactions=4)]
    updated = add_messages(database, webinar.id, more)
    assert (updated.added, updated.updated) == (0, 1)
    assert max(card.asked for card in every_card(database, webinar)) == 7


def test_a_later_save_can_join_an_earlier_message(database: Database, webinar: Webinar) -> None:
    chat = messages_of(QUESTIONS[:1])
    add_messages(database, webinar.id, chat)
    add_messages(database, webinar.id, [*chat, Message(1, "x", "ik ook", reply_to=0)])
    assert every_card(database, webinar)[0].asked == 2


def test_what_the_platform_says_is_answered_arrives_answered(
    database: Database, webinar: Webinar
) -> None:
    chat = [
        Message(0, "a", QUESTIONS[0], answer="In de winkel.", is_answered=True),
        Message(1, "b", QUESTIONS[1], is_answered=True),
    ]
    add_messages(database, webinar.id, chat)
    live, written = every_card(database, webinar)
    assert (written.state, written.channel, written.answer) == (
        State.ANSWERED,
        Channel.TEXT,
        "In de winkel.",
    )
    assert (live.state, live.channel, live.answered_by) == (State.ANSWERED, Channel.LIVE, None)


def test_what_a_host_asks_is_no_question(database: Database, webinar: Webinar) -> None:
    add_messages(database, webinar.id, [Message(0, "a", "Wie heeft een vraag?", from_host=True)])
    assert every_card(database, webinar)[0].state is State.NOISE


def test_personal_data_and_names_are_not_stored(database: Database, webinar: Webinar) -> None:
    text = "Mag ik de sheets op jan.jansen@mail.example of 06-12345678?"
    add_messages(database, webinar.id, [Message(0, "a", text, sender="Jan Jansen")])
    with database.reading() as session:
        row = session.query(MessageRow).one()
        stored = repr([vars(row), events_since(database, webinar.id, 0)[0].changes])
    assert "[e-mailadres]" in stored
    for secret in ("jan.jansen", "06-12345678", "Jan Jansen"):
        assert secret not in stored


def test_odd_characters_and_lengths_do_no_harm(database: Database, webinar: Webinar) -> None:
    odd = ["\0?", "\ud800 wat?", "Z͑a̴l̵g̶o̷?", "x" * 10_000 + "?", "﷽" * 3000, "", "  ", "\u202ewat?"]
    chat = [replace(m, time="9" * 300, key=m.key * 200) for m in messages_of(odd)]
    assert add_messages(database, webinar.id, chat).added == len(odd)


def test_private_messages_are_counted_once(database: Database, webinar: Webinar) -> None:
    for _ in range(2):
        add_messages(database, webinar.id, messages_of(QUESTIONS), private_skipped=7)
    assert get_webinar(database, webinar.id).private_skipped == 7


def test_new_cards_wait_until_they_are_asked_for(database: Database, webinar: Webinar) -> None:
    add_messages(database, webinar.id, messages_of(QUESTIONS[:1]))
    looked = get_webinar(database, webinar.id).last_sequence
    add_messages(database, webinar.id, messages_of(QUESTIONS[1:], "n"))
    assert len(list_cards(database, webinar.id, until=looked)) == 1
    assert count_cards(database, webinar.id, until=looked)[Filter.OPEN] == 1
    assert count_waiting(database, webinar.id, looked) == 2


def test_search_finds_words_in_any_wording_and_takes_signs_as_they_are(
    database: Database, webinar: Webinar
) -> None:
    add_messages(database, webinar.id, messages_of([*QUESTIONS, "Is 100% plastic_vrij beter?"]))

    def found(search: str) -> int:
        return len(list_cards(database, webinar.id, Filter.ALL, search=search))

    assert [found(s) for s in ("BATTERIJEN lege", "glas", "%", "c_v", "xyz", "\\")] == [
        1,
        1,
        1,
        1,
        0,
        0,
    ]


def test_an_unknown_or_archived_webinar_takes_nothing(database: Database, webinar: Webinar) -> None:
    with pytest.raises(NotFound):
        add_messages(database, 999, messages_of(QUESTIONS))
    archive_webinar(database, webinar.id)
    with pytest.raises(QueueError, match="gearchiveerd"):
        add_messages(database, webinar.id, messages_of(QUESTIONS))


def test_time_grows_with_the_chat_and_not_with_its_square(
    database: Database, webinar: Webinar
) -> None:
    """Compare two sizes within one run: four times as many messages, at most ten times as long."""

    def seconds(count: int) -> float:
        text = "\n".join(f"Hoeveel weegt container {number} van straat?" for number in range(count))
        messages = [replace(m, key=f"{count}-{m.key}") for m in parse_text(text).messages]
        started = time.perf_counter()
        add_messages(database, webinar.id, messages)
        return time.perf_counter() - started

    small, large = seconds(250), seconds(1000)
    assert large < 10 * small
