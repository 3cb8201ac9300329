"""Do what moderators do with a card: claim, draft, answer, set aside, and the rest.

Each function takes an `Act`, does it in one transaction as one event, and gives `Done`, or
`Conflict` with both versions when somebody else was first. `NotFound` and `QueueError` are raised.
"""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, select

from web.db import Database
from web.models import CardRow
from web.queue.cards import (
    ASIDE,
    CLAIM_SECONDS,
    Act,
    Channel,
    QueueError,
    Reason,
    Result,
    State,
)
from web.queue.log import Step
from web.queue.performing import perform
from web.queue.texts import stored_text

_ANY: Final = (Reason.STALE, Reason.ANSWERED)


def claim(database: Database, act: Act) -> Result:
    """Claim a card for 90 seconds; `confirm` takes it over from who has it.

    Claims give the card no new version: nothing in it changes, and a version may be old here.
    """

    def change(step: Step, card: CardRow) -> None:
        state = State.CLAIMED if card.state == State.NEW else card.state
        step.change(card, state=state, **_claimed(step))

    return perform(database, act, "claim", change, free=_ANY, is_edit=False)


def release(database: Database, act: Act) -> Result:
    """Let go of a claim; a draft stays."""

    def change(step: Step, card: CardRow) -> None:
        state = State.NEW if card.state == State.CLAIMED else card.state
        step.change(card, state=state, **_UNCLAIMED)

    return perform(database, act, "release", change, free=_ANY, is_edit=False)


def keep_claim(database: Database, act: Act) -> Result:
    """Say that the claim is still being worked on: it lasts another 90 seconds."""

    def change(step: Step, card: CardRow) -> None:
        if card.claimed_by != act.actor.id:
            raise QueueError("Je hebt deze vraag niet geclaimd.")
        step.change(card, **_claimed(step))

    return perform(database, act, "touch", change, free=_ANY, is_edit=False)


def save_draft(
    database: Database,
    act: Act,
    text: str,
    entry_id: str | None = None,
    *,
    keep: Collection[str] = (),
) -> Result:
    """Keep the text that is being typed, and claim the card for who types it.

    `keep` holds details that may stay, see `texts.approved_details`.
    """
    text = stored_text(text, keep)

    def change(step: Step, card: CardRow) -> None:
        state = State(card.state)
        if state in (State.NEW, State.CLAIMED, State.DRAFT):
            state = State.DRAFT if text else State.CLAIMED
        step.change(card, draft=text, state=state, **_chosen(entry_id), **_claimed(step))

    yours = {"text": text, "entry_id": entry_id}
    return perform(database, act, "draft", change, yours=yours)


def choose(database: Database, act: Act, entry_id: str) -> Result:
    """Note which entry or gap fits; "" notes that none does ('geen passend antwoord')."""

    def change(step: Step, card: CardRow) -> None:
        step.change(card, entry_id=entry_id, **_claimed(step))

    return perform(database, act, "choose", change, yours={"entry_id": entry_id})


def answer(
    database: Database,
    act: Act,
    text: str = "",
    *,
    channel: Channel = Channel.TEXT,
    entry_id: str | None = None,
    keep: Collection[str] = (),
) -> Result:
    """Note that a card is answered: in the chat (with the text), live, or later."""
    text = stored_text(text, keep)
    if channel is Channel.TEXT and not text:
        raise QueueError("Het antwoord is nog leeg.")

    def change(step: Step, card: CardRow) -> None:
        step.change(
            card,
            state=State.ANSWERED,
            channel=channel,
            answer=text,
            draft="",
            answered_by=act.actor.id,
            answered_at=step.now,
            answered_for=card.asked,
            **_chosen(entry_id),
            **_UNCLAIMED,
        )

    yours = {"text": text, "entry_id": entry_id, "state": State.ANSWERED, "channel": channel}
    return perform(database, act, "answer", change, yours=yours)


def answer_again(database: Database, act: Act) -> Result:
    """Note that the answer was given once more, to who asked it since."""

    def change(step: Step, card: CardRow) -> None:
        if card.state != State.ANSWERED:
            raise QueueError("Deze vraag is nog niet beantwoord.")
        step.change(card, answered_for=card.asked)

    return perform(database, act, "again", change, free=(Reason.ANSWERED,))


def set_aside(
    database: Database, act: Act, state: State = State.POSTPONED, reason: str = ""
) -> Result:
    """Put a card aside: State.POSTPONED (later) or State.REJECTED, with a reason if you like."""
    if state not in ASIDE:
        raise QueueError("Opzij zetten kan als uitgesteld of als afgewezen.")
    reason = stored_text(reason)
    return _move(database, act, "set_aside", state, reason=reason)


def mark_noise(database: Database, act: Act) -> Result:
    """Say that a card is no question."""
    return _move(database, act, "noise", State.NOISE)


def reopen(database: Database, act: Act) -> Result:
    """Put a card back among the open ones, also from noise; an answer becomes a draft again."""

    def change(step: Step, card: CardRow) -> None:
        draft = card.draft or card.answer
        step.change(
            card,
            state=State.DRAFT if draft else State.NEW,
            draft=draft,
            **{**_UNANSWERED, **_UNCLAIMED, "reason": ""},
        )

    return perform(database, act, "reopen", change, free=(Reason.ANSWERED,))


def give_to_speaker(database: Database, act: Act) -> Result:
    """Put a card at the end of the speaker's list."""

    def change(step: Step, card: CardRow) -> None:
        last = step.session.scalar(
            select(func.max(CardRow.speaker_place)).where(CardRow.webinar_id == card.webinar_id)
        )
        step.change(card, state=State.SPEAKER, speaker_place=(last or 0) + 1, **_UNCLAIMED)

    return perform(database, act, "speaker", change, yours={"state": State.SPEAKER})


def rename(database: Database, act: Act, question: str) -> Result:
    """Give a card another wording as its question; the wordings stay as they were asked."""
    question = stored_text(question)
    if not question:
        raise QueueError("De vraag is nog leeg.")

    def change(step: Step, card: CardRow) -> None:
        step.change(card, question=question)

    yours = {"question": question}
    return perform(database, act, "rename", change, yours=yours, free=(Reason.ANSWERED,))


def hide(database: Database, act: Act, *, is_hidden: bool = True) -> Result:
    """Keep an answered card off the public page, or show it there again."""

    def change(step: Step, card: CardRow) -> None:
        step.change(card, is_hidden=is_hidden)

    return perform(database, act, "hide", change, free=(Reason.ANSWERED,))


def _move(database: Database, act: Act, kind: str, state: State, **fields: Any) -> Result:
    def change(step: Step, card: CardRow) -> None:
        step.change(card, state=state, **fields, **_UNCLAIMED)

    return perform(database, act, kind, change, yours={"state": state, **fields})


_UNCLAIMED: Mapping[str, Any] = {"claimed_by": None, "claimed_until": None}
_UNANSWERED: Mapping[str, Any] = {
    "answer": "",
    "channel": "",
    "answered_by": None,
    "answered_at": None,
    "answered_for": 0,
}


def _claimed(step: Step) -> dict[str, Any]:
    until = step.now + timedelta(seconds=CLAIM_SECONDS)
    return {"claimed_by": step.actor.id, "claimed_until": until}


def _chosen(entry_id: str | None) -> dict[str, Any]:
    return {} if entry_id is None else {"entry_id": entry_id}
