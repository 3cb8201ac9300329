"""Carry the conversation in the form: the server keeps nothing of it.

What comes back from a form may have been changed by anyone. So it never holds an answer, only ids
that are looked up in the corpus, and texts that the page shows as text. Whatever does not fit
these classes exactly is dropped, and the conversation starts anew.
"""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from enum import StrEnum
from typing import Any, Final
from urllib.parse import quote_plus

from assistant import Reply, ReplyKind
from assistant.text import MAX_QUESTION_LENGTH, clean
from corpus import Corpus
from web.editing.asked import KEY

MAX_TURNS: Final = 20
MAX_PARTS: Final = 10
MAX_BYTES: Final = 8 * 1024
"""As a form sends it; beside it the largest question must still fit in one request."""


class Step(StrEnum):
    """Name what the asker said of a reply."""

    NONE = ""
    YES = "yes"
    NO = "no"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Part:
    """Hold the reply to one question of a message, as ids."""

    question: str
    kind: ReplyKind
    entry_ids: tuple[str, ...] = ()
    """What is shown: the answer, the choices, or the nearest questions."""
    next_ids: tuple[str, ...] = ()
    """What is offered when the answer is not the one: the next best two."""
    probability: float = 0.0
    gap_id: str = ""
    language: str = "nl"
    picked: bool = False
    """Whether the asker chose this question from a list instead of typing one."""
    step: Step = Step.NONE
    key: str = ""
    """By which what was asked is kept (`web.editing.asked`); empty where nothing is kept."""

    @classmethod
    def from_reply(cls, reply: Reply, corpus: Corpus) -> "Part":
        """Keep of a reply what the page needs to show it."""
        shown = tuple(match.entry_id for match in reply.chosen)
        others = (m.entry_id for m in reply.matches if m.entry_id in corpus.entry_by_id)
        return cls(
            question=reply.question,
            kind=reply.kind,
            entry_ids=shown,
            next_ids=tuple(entry_id for entry_id in others if entry_id not in shown)[:2],
            probability=round(reply.chosen[0].probability, 3) if reply.chosen else 0.0,
            gap_id=reply.gap_id,
            language=reply.language,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """Hold one message and the replies to it, one for each question in it."""

    message: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Hold the turns so far. `dropped` counts older ones that no longer fit."""

    turns: tuple[Turn, ...] = ()
    dropped: int = 0

    @property
    def next_number(self) -> int:
        """Give the number that the next turn will have, from 1."""
        return self.dropped + len(self.turns) + 1

    def numbered(self) -> list[tuple[int, Turn]]:
        """Give each turn with its number, which stays the same when older ones are dropped."""
        return list(enumerate(self.turns, self.dropped + 1))

    def turn(self, number: int) -> Turn | None:
        """Give a turn by its number, or None when it is not there."""
        return dict(self.numbered()).get(number)

    def with_turn(self, turn: Turn) -> "Conversation":
        """Add a turn at the end, and drop the oldest ones that no longer fit."""
        return Conversation((*self.turns, turn), self.dropped)._fitting()

    def with_step(self, number: int, index: int, step: Step) -> "Conversation":
        """Note what the asker said of one reply."""
        turns = list(self.turns)
        turn = turns[number - self.dropped - 1]
        parts = list(turn.parts)
        parts[index] = replace(parts[index], step=step)
        turns[number - self.dropped - 1] = replace(turn, parts=tuple(parts))
        return replace(self, turns=tuple(turns))

    def as_text(self) -> str:
        """Give the conversation as a form field holds it."""
        rows = [[turn.message, [list(astuple(part)) for part in turn.parts]] for turn in self.turns]
        return json.dumps([self.dropped, rows], ensure_ascii=False, separators=(",", ":"))

    def _fitting(self) -> "Conversation":
        found = self
        while len(found.turns) > MAX_TURNS or len(quote_plus(found.as_text())) > MAX_BYTES:
            found = Conversation(found.turns[1:], found.dropped + 1)
        return found


def read_conversation(text: str, corpus: Corpus) -> Conversation:
    """Read the form field; anything that the page itself could not have sent gives an empty one."""
    if not text:
        return Conversation()
    try:
        dropped, rows = json.loads(text)
        if type(dropped) is not int or not 0 <= dropped < 100_000 or len(rows) > MAX_TURNS:
            return Conversation()
        turns = tuple(_turn(row, corpus) for row in rows)
    except (ValueError, TypeError, KeyError, RecursionError):
        return Conversation()
    return Conversation(turns, dropped)._fitting()


def _turn(row: Any, corpus: Corpus) -> Turn:
    message, parts = row
    if not 1 <= len(parts) <= MAX_PARTS:
        raise ValueError(parts)
    return Turn(_text(message), tuple(_part(part, corpus) for part in parts))


def _part(row: Any, corpus: Corpus) -> Part:
    question, kind, entry_ids, next_ids, probability, gap_id, language, picked, step, key = row
    if type(probability) not in (int, float) or not 0 <= probability <= 1:
        raise ValueError(probability)
    if gap_id and gap_id not in corpus.gap_by_id:
        raise ValueError(gap_id)
    part = Part(
        question=_text(question),
        kind=ReplyKind(kind),
        entry_ids=_ids(entry_ids, corpus),
        next_ids=_ids(next_ids, corpus),
        probability=float(probability),
        gap_id=gap_id,
        language=_language(language),
        picked=picked is True,
        step=Step(step),
        key=_key(key),
    )
    if part.kind in (ReplyKind.ANSWER, ReplyKind.CHOICES) and not part.entry_ids:
        raise ValueError(part.kind)
    if part.kind is ReplyKind.GAP and not part.gap_id:
        raise ValueError(part.kind)
    return part


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_QUESTION_LENGTH:
        raise ValueError(type(value))
    return clean(value)


def _ids(values: Iterable[Any], corpus: Corpus) -> tuple[str, ...]:
    found = tuple(values)
    if len(found) > 3 or any(value not in corpus.entry_by_id for value in found):
        raise ValueError(found)
    return found


def _key(value: Any) -> str:
    if isinstance(value, str) and (not value or KEY.fullmatch(value)):
        return value
    raise ValueError(type(value))


def _language(value: Any) -> str:
    if isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha():
        return value
    raise ValueError(type(value))
