"""Read one chat message: what kind of message it is, and which separate questions it holds.

`judge(message)` gives a `Verdict`; `classify` and `split_questions` are its two halves. The same
message gives the same verdict on every machine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from assistant.message_kinds import Scored, kind_classifier
from assistant.splitting import Piece, has_form_of_question, join_pieces, pieces
from assistant.text import MAX_QUESTION_LENGTH

ASKS: Final = 0.5
"""From this probability on a sentence counts as a question."""
_ASKS_WITH_MARK: Final = 0.08
"""The same for a sentence with a question mark, in a message that asks: only tags stay below."""
_COMPLAINS: Final = 0.6
"""The same for a complaint about sound or picture that stands before another question."""
_RELAYED: Final = ("vraag van", "vraag uit", "vragen uit", "gevraagd door", "vraag in de q&a")
_MAX_READ: Final = 4_000
"""Characters of a message that are read; nobody puts a question behind more."""


class MessageKind(StrEnum):
    """Name what a message is to a moderator."""

    QUESTION = "question"
    """Asks something about the subject."""
    LOGISTICS = "logistics"
    """Asks something practical: slides, recording, certificate, times."""
    TECHNICAL = "technical"
    """Asks about or reports trouble with sound, picture, link or chat."""
    ME_TOO = "me_too"
    """Joins an earlier question, and so adds weight to it."""
    STATEMENT = "statement"
    """Says something and wants no answer from the hosts."""
    NOISE = "noise"
    """Greets, thanks, cheers or holds a link only."""

    @property
    def is_question(self) -> bool:
        """Tell whether the sender wants an answer from the hosts."""
        return self in (MessageKind.QUESTION, MessageKind.LOGISTICS, MessageKind.TECHNICAL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Hold what was read in one message."""

    kind: MessageKind
    parts: tuple[str, ...] = ()
    """The separate questions, in order; empty when the message is no question."""
    probability: float = 0.0
    """How sure it is that the sender wants an answer."""
    kinds: tuple[MessageKind, ...] = ()
    """The kind of each part: a message may ask for the slides and about its subject."""


def judge(message: str, *, from_host: bool = False) -> Verdict:
    """Give the kind of a message and the questions in it.

    What a host asks is meant for the audience, unless the host passes a question on.
    """
    verdict = _judge(message[:_MAX_READ])
    is_relayed = any(mark in message.lower() for mark in _RELAYED)
    if from_host and verdict.kind is not MessageKind.NOISE and not is_relayed:
        return Verdict(MessageKind.STATEMENT, probability=verdict.probability)
    return verdict


def classify(message: str) -> MessageKind:
    """Tell what kind of message this is."""
    return judge(message).kind


def split_questions(message: str) -> tuple[str, ...]:
    """Give the separate questions of a message, each with the sentences that explain it.

    A message without a question is one part, as a whole.
    """
    text = message[:_MAX_READ]
    found = [part for part, _ in _parts(text)]
    whole = " ".join(message.split())
    return tuple(found) or ((whole,) if whole else ())


@lru_cache(maxsize=4096)
def _judge(message: str) -> Verdict:
    scored = kind_classifier().score_sentences(message)
    best = max(scored, key=lambda row: row.question)
    if best.question < ASKS:
        return Verdict(_other_kind(scored), probability=best.question)
    parts = _parts(message)
    kind = _question_kind(best)
    if not parts:  # the sentence asks, its pieces do not: keep it whole
        return Verdict(kind, (" ".join(message.split())[:MAX_QUESTION_LENGTH],), best.question)
    return Verdict(
        kind, tuple(part for part, _ in parts), best.question, tuple(k for _, k in parts)
    )


def _question_kind(row: Scored) -> MessageKind:
    kinds = [kind for kind in MessageKind if kind.is_question]
    return max(kinds, key=lambda kind: row.probabilities[kind])


def _other_kind(scored: list[Scored]) -> MessageKind:
    """Give the kind of a message that asks nothing: by its first sentence, which carries it."""
    kinds = (MessageKind.ME_TOO, MessageKind.STATEMENT, MessageKind.NOISE)
    best = max(kinds, key=lambda kind: scored[0].probabilities[kind])
    if best is MessageKind.NOISE and len(scored) > 1:
        return max(kinds, key=lambda kind: max(row.probabilities[kind] for row in scored))
    return best


def _parts(message: str) -> list[tuple[str, MessageKind]]:
    """Give the questions of a message, each with its kind."""
    rows = pieces(message)
    scored = [_score(row) for row in rows]
    asking = _asking(rows, scored)
    kind_of = {row.text: _question_kind(found) for row, found in zip(rows, scored, strict=True)}
    joined = join_pieces(rows, asking, MAX_QUESTION_LENGTH)
    return [(part.text, kind_of[part.question]) for part in joined]


def _score(piece: Piece) -> Scored:
    return max(kind_classifier().score_sentences(piece.text), key=lambda row: row.question)


def _asking(rows: Sequence[Piece], scored: Sequence[Scored]) -> list[bool]:
    """Tell which pieces ask; beside a question mark, what has none mostly explains."""
    marked = ["?" in row.text for row in rows]
    if not any(marked):
        sure = [found.question >= ASKS for found in scored]
        return _without_context(rows, sure)
    return [
        found.question >= _ASKS_WITH_MARK
        if mark
        else found.question >= ASKS
        and (has_form_of_question(row) or _is_other_complaint(rows, scored, number))
        for number, (row, found, mark) in enumerate(zip(rows, scored, marked, strict=True))
    ]


def _without_context(rows: Sequence[Piece], sure: list[bool]) -> list[bool]:
    """Let a story that is told without question marks ask once, where its form asks."""
    formed = [asks and has_form_of_question(row) for row, asks in zip(rows, sure, strict=True)]
    return formed if any(formed) else sure


def _is_other_complaint(rows: Sequence[Piece], scored: Sequence[Scored], number: int) -> bool:
    """Tell whether a complaint stands on its own: what follows it is another matter ('En ...')."""
    technical = scored[number].probabilities["technical"]
    follows = number + 1 < len(rows) and rows[number + 1].links
    return technical >= _COMPLAINS and follows
