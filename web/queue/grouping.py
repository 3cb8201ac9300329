"""Find for each new question the card that asks the same, if there is one.

Equal words always share a card. Other words do when they ask the same (`assistant.clustering`), and
only on a card that still waits for an answer: nothing is put under an answer that was given
without it. Wordings are never moved here, so what a moderator merged or split stays so.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import RLock
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.clustering import MEMBERS, QuestionIndex, nearest_group
from assistant.likeness import Question, QuestionReader, likeness
from assistant.segmentation import MessageKind
from corpus.validation import fold
from web.models import CardRow, WordingRow
from web.queue.cards import State
from web.queue.counting import batches

_WAITING: Final = frozenset({State.NEW, State.CLAIMED, State.DRAFT, State.SPEAKER, State.POSTPONED})
_REMEMBERED_WEBINARS: Final = 8


class Asked(NamedTuple):
    """Hold what was asked or said, and which kind that is."""

    text: str
    kind: MessageKind
    is_answered: bool = False
    """Whether the platform says that it is answered: it joins nobody else's question."""


@dataclass(slots=True)
class _Memory:
    """Hold what a process knows of one webinar's wordings, up to the last one it read."""

    index: QuestionIndex = field(default_factory=QuestionIndex)
    by_words: dict[tuple[bool, str], list[int]] = field(default_factory=dict)
    last: int = 0


class _Place(NamedTuple):
    """Hold where a wording is now."""

    card_id: int
    state: str
    is_question: bool


class Grouping:
    """Put new questions on cards; one for each corpus version and process.

    What was read of earlier wordings is kept, so the time for one message does not grow with the
    webinar. Without a reader only equal words share a card.
    """

    def __init__(self, reader: QuestionReader | None = None) -> None:
        self._reader = reader
        self._memories: OrderedDict[int, _Memory] = OrderedDict()
        self._lock = RLock()

    def read(self, asked: Sequence[Asked]) -> Mapping[str, Question]:
        """Read new questions; done before the database is locked."""
        texts = list(dict.fromkeys(item.text for item in asked if item.kind.is_question))
        if self._reader is None:
            return {}
        return dict(zip(texts, self._reader.read(texts), strict=True))

    def place(
        self,
        session: Session,
        webinar_id: int,
        asked: Sequence[Asked],
        questions: Mapping[str, Question],
    ) -> list[int]:
        """Give for each text the id of its card, or -1, -2, ... for the first, second new card.

        Questions and talk never share a card. The caller holds the webinar's row.
        """
        with self._lock:
            memory = self._memory(session, webinar_id)
            return _Placing(self._reader, memory, session, asked, questions).place()

    def _memory(self, session: Session, webinar_id: int) -> _Memory:
        """Give what is known of a webinar, with the wordings that came since."""
        memory = self._memories.setdefault(webinar_id, _Memory())
        self._memories.move_to_end(webinar_id)
        if len(self._memories) > _REMEMBERED_WEBINARS:
            self._memories.popitem(last=False)
        rows = session.execute(
            select(WordingRow.id, WordingRow.text, CardRow.kind)
            .join(CardRow, CardRow.id == WordingRow.card_id)
            .where(WordingRow.webinar_id == webinar_id, WordingRow.id > memory.last)
            .order_by(WordingRow.id)
        ).all()
        self._take_in(memory, [(row.id, row.text, row.kind) for row in rows])
        return memory

    def _take_in(self, memory: _Memory, rows: Sequence[tuple[int, str, str]]) -> None:
        fresh: dict[str, int] = {}
        for number, text, kind in rows:
            key = (MessageKind(kind).is_question, fold(text))
            same = memory.by_words.setdefault(key, [])
            if not same and key[0]:
                fresh.setdefault(text, number)
            same.append(number)
            memory.last = number
        if self._reader is None:
            return
        for question in self._reader.read(list(fresh)):
            memory.index.add(fresh[question.text], question)


class _Placing:
    """Place the questions of one transaction."""

    def __init__(
        self,
        reader: QuestionReader | None,
        memory: _Memory,
        session: Session,
        asked: Sequence[Asked],
        questions: Mapping[str, Question],
    ) -> None:
        self._model = likeness(reader.has_profiles) if reader else None
        self._memory = memory
        self._session = session
        self._asked = asked
        self._questions = questions
        self._candidates = {
            text: memory.index.candidates(question) for text, question in questions.items()
        }
        self._places = self._now()
        self._members: dict[int, list[Question]] = {}
        for number, place in self._places.items():
            if number in memory.index and place.is_question and place.state in _WAITING:
                self._members.setdefault(place.card_id, []).append(memory.index[number])
        self._new_words: dict[tuple[bool, str], int] = {}
        self._new_index = QuestionIndex()
        self._new_cards: list[int] = []
        self._fresh = 0

    def place(self) -> list[int]:
        """Give the card of each text, in order."""
        return [self._card(asked) for asked in self._asked]

    def _card(self, asked: Asked) -> int:
        key = _key(asked)
        card_id = self._new_words.get(key) or self._same_words(key)
        if card_id is None and not asked.is_answered:
            card_id = self._same_question(asked)
        if card_id is None:
            self._fresh += 1
            card_id = -self._fresh
        if key not in self._new_words:
            self._new_words[key] = card_id
            self._remember(asked, card_id)
        return card_id

    def _same_words(self, key: tuple[bool, str]) -> int | None:
        for number in reversed(self._memory.by_words.get(key, ())):
            place = self._places.get(number)
            if place is not None and place.is_question == key[0]:
                return place.card_id
        return None

    def _same_question(self, asked: Asked) -> int | None:
        question = self._questions.get(asked.text)
        if question is None or self._model is None:
            return None
        near = [
            self._places[number].card_id
            for number in self._candidates[asked.text]
            if number in self._places
        ]
        near += [self._new_cards[at] for at in self._new_index.candidates(question)]
        groups = {
            card_id: self._members[card_id]
            for card_id in dict.fromkeys(near)
            if card_id in self._members
        }
        return nearest_group(question, groups, self._model)

    def _remember(self, asked: Asked, card_id: int) -> None:
        """Let later questions of the same transaction find this one, unless its card is done."""
        question = self._questions.get(asked.text)
        is_done = asked.is_answered or (card_id > 0 and card_id not in self._members)
        if question is None or is_done:
            return
        self._new_index.add(len(self._new_cards), question)
        self._new_cards.append(card_id)
        members = self._members.setdefault(card_id, [])
        if len(members) < MEMBERS:
            members.append(question)

    def _now(self) -> dict[int, _Place]:
        """Give where the wordings are now that new ones may join, and what else is on their cards.

        Whoever merged, split or answered since the memory was made has the last word.
        """
        wanted = {number for numbers in self._candidates.values() for number in numbers}
        wanted |= {
            number for asked in self._asked for number in self._memory.by_words.get(_key(asked), ())
        }
        found = dict(self._where(WordingRow.id, sorted(wanted)))
        waiting = {place.card_id for place in found.values() if place.state in _WAITING}
        return found | dict(self._where(WordingRow.card_id, sorted(waiting)))

    def _where(self, column: object, numbers: Sequence[int]) -> Iterator[tuple[int, _Place]]:
        for some in batches(numbers):
            rows = self._session.execute(
                select(WordingRow.id, CardRow.id, CardRow.state, CardRow.kind)
                .join(CardRow, CardRow.id == WordingRow.card_id)
                .where(column.in_(some))  # type: ignore[attr-defined]
                .order_by(WordingRow.id)
            )
            for number, card_id, state, kind in rows:
                yield number, _Place(card_id, state, MessageKind(kind).is_question)


def _key(asked: Asked) -> tuple[bool, str]:
    return asked.kind.is_question, fold(asked.text)
