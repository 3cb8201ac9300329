"""Serve the chat page: one field, and a conversation that travels in the form."""

import re
from dataclasses import dataclass, replace
from typing import Final

from flask import Blueprint, render_template, request

from assistant import Reply, ReplyKind
from assistant.text import clean
from corpus import Corpus
from web.answering import get_assistant, get_corpus
from web.conversation import MAX_PARTS, Conversation, Part, Step, Turn, read_conversation
from web.editing.asked import get_recorder
from web.errors import too_fast
from web.limits import Budget, counts_as, seconds_to_wait
from web.metrics import count_replies
from web.questions import EMPTY, CheckedQuestion, check_question, too_long

blueprint = Blueprint("chat", __name__)

FRAGMENT_HEADER: Final = "X-Requested-With"
"""Our script sends it, and gets the new part of the page instead of the whole page."""
_ACTION: Final = re.compile(r"(pick:[qp]\d{2,4}|yes|no|neither)(?::(\d{1,6}):(\d{1,2}))?")
_NO_QUESTION: Final = (ReplyKind.EMPTY, ReplyKind.TOO_LONG)
_COURTESIES: Final = (ReplyKind.GREETING, ReplyKind.THANKS, ReplyKind.NOISE)


@dataclass(frozen=True, slots=True)
class ChatPage:
    """Hold what the chat page shows, and which part of it is new."""

    conversation: Conversation
    question: str = ""
    problem: str = ""
    new_turn: int = 0
    new_step: tuple[int, int] | None = None
    notice: str = ""
    wait: int = 0
    """Seconds, after too many questions."""

    @property
    def status(self) -> int:
        """Give the HTTP status: 422 when the question itself cannot be answered."""
        if self.wait:
            return 429
        return 422 if self.problem else 200

    @property
    def headers(self) -> dict[str, str]:
        """Give the headers that only this page has."""
        return {"Vary": FRAGMENT_HEADER} | ({"Retry-After": str(self.wait)} if self.wait else {})


@blueprint.get("/")
def start() -> str:
    """Show the empty chat page."""
    return render_template("chat.html", page=ChatPage(Conversation()))


@blueprint.post("/")
@counts_as(Budget.ASK, tells=True)
def post() -> tuple[str, int, dict[str, str]]:
    """Answer a question, or carry out a step in the conversation."""
    conversation = read_conversation(request.form.get("conversation", ""), get_corpus())
    action = _ACTION.fullmatch(request.form.get("action", ""))
    if wait := seconds_to_wait():
        typed = clean(request.form.get("question", ""))
        page = ChatPage(conversation, typed, too_fast(wait), wait=wait)
    else:
        page = _step(conversation, action) if action else _ask(conversation)
    template = "fragment.html" if request.headers.get(FRAGMENT_HEADER) else "chat.html"
    return render_template(template, page=page), page.status, page.headers


def _ask(conversation: Conversation) -> ChatPage:
    checked = check_question(request.form.get("question", ""))
    if checked.problem:
        return _with_problem(conversation, checked)
    replies = get_assistant().respond(checked.text)
    count_replies(replies)
    kept = _worth_showing(replies)
    if not kept:
        return _with_problem(conversation, CheckedQuestion(checked.text, _why_not(replies)))
    parts = tuple(_part(reply) for reply in kept)
    return _with_turn(conversation, Turn(checked.text, parts))


def _part(reply: Reply) -> Part:
    """Give the part that shows a reply; what was asked is kept, where that is switched on."""
    part = Part.from_reply(reply, get_corpus())
    recorder = get_recorder()
    return replace(part, key=recorder.keep(reply)) if recorder else part


def _note(part: Part | None, **said: str) -> None:
    """Note what the asker said of a reply, where that is switched on."""
    recorder = get_recorder()
    if recorder and part and part.key:
        recorder.note(part.key, **said)


def _worth_showing(replies: tuple[Reply, ...]) -> list[Reply]:
    """Leave out what is no question, courtesies beside a question, and the same reply again."""
    questions = [reply for reply in replies if reply.kind not in _NO_QUESTION]
    kept = [reply for reply in questions if reply.kind not in _COURTESIES] or questions[:1]
    distinct = {(reply.kind, reply.gap_id, _shown(reply)): reply for reply in reversed(kept)}
    return list(reversed(distinct.values()))[:MAX_PARTS]


def _shown(reply: Reply) -> tuple[str, ...]:
    return tuple(match.entry_id for match in reply.chosen)


def _why_not(replies: tuple[Reply, ...]) -> str:
    """Say why a message holds no question, although it passed our own check."""
    longest = max((len(r.question) for r in replies if r.kind is ReplyKind.TOO_LONG), default=0)
    return too_long(longest) if longest else EMPTY


def _with_problem(conversation: Conversation, checked: CheckedQuestion) -> ChatPage:
    return ChatPage(conversation, checked.text, checked.problem)


def _with_turn(conversation: Conversation, turn: Turn) -> ChatPage:
    return ChatPage(conversation.with_turn(turn), new_turn=conversation.next_number)


def _step(conversation: Conversation, action: re.Match[str]) -> ChatPage:
    name, _, entry_id = action[1].partition(":")
    number, index = int(action[2] or 0), int(action[3] or 0)
    turn = conversation.turn(number)
    part = turn.parts[index] if turn and index < len(turn.parts) else None
    if name == "pick" and entry_id in get_corpus().entry_by_id:
        _note(part, picked=entry_id)
        return _with_turn(conversation, _picked(entry_id, part, get_corpus()))
    if part is None or name == "pick":
        return ChatPage(conversation, notice="gone")
    _note(part, feedback=name)
    changed = conversation.with_step(number, index, Step(name))
    return ChatPage(changed, new_step=(number, index))


def _picked(entry_id: str, offered_by: Part | None, corpus: Corpus) -> Turn:
    """Give the turn in which someone chose a question; the other offers stay within reach."""
    question = corpus.entry_by_id[entry_id].question
    others = (*offered_by.entry_ids, *offered_by.next_ids) if offered_by else ()
    rest = tuple(other for other in others if other != entry_id)[:2]
    answer = Part(question, ReplyKind.ANSWER, (entry_id,), rest, picked=True)
    return Turn(question, (answer,))
