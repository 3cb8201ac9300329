"""Edit draft entries, move wordings between them, and bring back those that went out as a file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.segmentation import MessageKind
from corpus.validation import fold
from web.db import Database
from web.models import CardRow, MessageRow, WordingRow
from web.queue.cards import Act, Actor, QueueError, Reason, Result, State
from web.queue.counting import recount
from web.queue.log import Step, lock_webinar
from web.queue.performing import Hindered, in_the_way, locked_card, perform
from web.queue.rows import cards_of
from web.queue.texts import cut, stored_text

MAX_OWNER = 80
_MOST_TIMES = 1000
"""Times that one wording of a file counts at most: each is a row."""
_EDITABLE = frozenset({State.NEW, State.CLAIMED, State.DRAFT, State.POSTPONED})
"""States in which the answer is not given yet, so that its text may still change."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Hold how a draft entry must read."""

    question: str
    answer: str = ""
    owner: str = ""
    is_approved: bool = False


def edit_draft(database: Database, act: Act, edit: Edit, keep: Collection[str] = ()) -> Result:
    """Change a draft entry in one step; an answer that was given in the webinar stays as it is."""
    question, answer = stored_text(edit.question), stored_text(edit.answer, keep)
    if not question:
        raise QueueError("De vraag is nog leeg.")

    def change(step: Step, card: CardRow) -> None:
        text = card.answer or answer
        if edit.is_approved and not text:
            raise QueueError("Een concept zonder antwoord kun je nog niet goedkeuren.")
        step.change(
            card,
            question=question,
            owner=cut(edit.owner.strip(), MAX_OWNER),
            is_approved=edit.is_approved,
        )
        if card.state in _EDITABLE:
            step.change(card, draft=answer, state=_state(State(card.state), answer))

    yours = {"text": answer, "question": question}
    return perform(database, act, "edit", change, yours=yours, free=(Reason.ANSWERED,))


def move(database: Database, act: Act, wording_ids: Sequence[int], target_id: int) -> Result:
    """Put some of a card's wordings on another card, where they belong."""

    def change(step: Step, card: CardRow) -> None:
        target = locked_card(step.session, target_id)
        if target.webinar_id != card.webinar_id or target.state == State.DUPLICATE:
            raise QueueError("Deze vragen horen niet bij hetzelfde webinar.")
        if target.id == card.id:
            raise QueueError("Deze formulering staat daar al.")
        seen = cards_of(step.session, [target], step.now)[0]
        hindered = in_the_way(act, seen, (Reason.ANSWERED, Reason.STALE))
        if hindered:
            raise Hindered(hindered, seen)
        rows = step.session.scalars(select(WordingRow).where(WordingRow.card_id == card.id)).all()
        taken = [row for row in rows if row.id in wording_ids]
        if not taken or len(taken) == len(rows):
            raise QueueError("Kies één of meer formuleringen, maar niet alle.")
        for row in taken:
            step.place(row, target.id)
        recount(step, [card, target])
        step.touch(target)

    yours = {"move": tuple(wording_ids)}
    return perform(database, act, "move", change, yours=yours, free=(Reason.ANSWERED,))


@dataclass(frozen=True, slots=True)
class Returned:
    """Hold a draft entry that comes back from a file."""

    edit: Edit
    wordings: tuple[tuple[str, int], ...]
    asked: int

    @property
    def name(self) -> str:
        """Name the entry by how it was asked: the same in each webinar that takes it in."""
        texts = "\x1f".join(sorted(fold(text) for text, _ in self.wordings))
        return f"concept:{sha256(texts.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def find_draft(database: Database, webinar_id: int, returned: Returned, card_id: int) -> int | None:
    """Give the card of a draft entry: the one it came from, or the one it made here before."""
    with database.reading() as session:
        if card_id and _wordings_match(session, webinar_id, returned, card_id):
            return card_id
        found: int | None = session.scalar(
            select(WordingRow.card_id)
            .join(MessageRow, MessageRow.id == WordingRow.message_id)
            .where(MessageRow.webinar_id == webinar_id, MessageRow.key == f"{returned.name}:0")
        )
        return found


def _wordings_match(session: Session, webinar_id: int, returned: Returned, card_id: int) -> bool:
    rows = session.scalars(
        select(WordingRow.text).where(
            WordingRow.webinar_id == webinar_id, WordingRow.card_id == card_id
        )
    )
    return not {fold(text) for text in rows}.isdisjoint(fold(text) for text, _ in returned.wordings)


def add_draft(database: Database, webinar_id: int, actor: Actor, returned: Returned) -> int:
    """Make a card of a draft entry from elsewhere, with all its wordings; give its id."""
    question, answer = stored_text(returned.edit.question), stored_text(returned.edit.answer)
    if not question:
        raise QueueError("De vraag is nog leeg.")
    texts = [
        stored_text(text)
        for text, times in returned.wordings
        for _ in range(max(1, min(times, _MOST_TIMES)))
    ]
    with database.writing() as session:
        webinar = lock_webinar(session, webinar_id)
        step = Step(session, webinar, actor, database.now())
        card = CardRow(
            webinar_id=webinar_id,
            arrived=step.sequence,
            version=1,
            state=State.DRAFT if answer else State.NEW,
            kind=MessageKind.QUESTION,
            question=question,
            asked=0,
            first_time="",
            entry_id="",
            draft=answer,
            answer="",
            channel="",
            reason="",
            changed_by=actor.id,
            changed_at=step.now,
            answered_for=0,
            is_hidden=False,
            created_at=step.now,
            owner=cut(returned.edit.owner.strip(), MAX_OWNER),
            is_approved=returned.edit.is_approved and bool(answer),
        )
        session.add(card)
        session.flush()
        _add_wordings(step, card, texts or [question], returned)
        recount(step, [card])
        step.arrive(card)
        step.record("arrive", card)
        return card.id


def _add_wordings(step: Step, card: CardRow, texts: Sequence[str], returned: Returned) -> None:
    messages = [
        MessageRow(
            webinar_id=card.webinar_id,
            key=f"{returned.name}:{number}",
            text=text,
            kind=MessageKind.QUESTION,
            created_at=step.now,
        )
        for number, text in enumerate(texts)
    ]
    step.session.add_all(messages)
    step.session.flush()
    wordings = [
        WordingRow(
            webinar_id=card.webinar_id, message_id=message.id, card_id=card.id, text=message.text
        )
        for message in messages
    ]
    # Who joined without words of their own: 'sluit me aan', reactions, votes.
    wordings[0].joined = max(0, min(returned.asked, 10**6) - len(texts))
    step.session.add_all(wordings)
    step.session.flush()
    for wording in wordings:
        step.place(wording, card.id, is_new=True)


def _state(state: State, answer: str) -> State:
    if state is State.POSTPONED:
        return state
    return State.DRAFT if answer else State.NEW
