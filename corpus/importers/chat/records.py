"""Read chats in JSON: Slido, Zoom's questions, Teams by Microsoft Graph, or a list of messages."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any, Final

from corpus.importers.chat.columns import ROLES, count, role_of, to_message
from corpus.importers.chat.models import ChatFormat, ChatImportError, RawChat, RawMessage
from corpus.importers.chat.times import parse_moment

Record = Mapping[str, Any]
_LISTS: Final = ("value", "questions", "messages", "items", "data", "results", "posts", "comments")
_LIVE: Final = "live answered"


def parse_json(text: str) -> object:
    """Give the value of JSON, or a list of the values of JSON lines.

    Raises ChatImportError when it is neither.
    """
    try:
        return json.loads(text)
    except RecursionError:
        raise ChatImportError("Deze JSON zit te diep in elkaar om te lezen.") from None
    except ValueError:
        pass
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except RecursionError:
        raise ChatImportError("Deze JSON zit te diep in elkaar om te lezen.") from None
    except ValueError:
        raise ChatImportError("Deze JSON is niet te lezen: het bestand is beschadigd.") from None


def records_in(value: object) -> list[Record]:
    """Give the records of a JSON value: itself a list, or a list under a usual name."""
    if isinstance(value, dict):
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), [value])
    if not isinstance(value, list):
        return []
    pages: list[Record] = [row for row in value if isinstance(row, dict)]
    if pages and all(isinstance(row.get("value"), list) for row in pages):  # pages of Graph
        return [item for row in pages for item in row["value"] if isinstance(item, dict)]
    return pages


def format_of(value: object) -> ChatFormat | None:
    """Tell which kind of JSON chat this is; None when it holds no messages that are understood."""
    rows = records_in(value)
    if not rows:
        return None
    names = {name for row in rows[:50] for name in row}
    if "question_details" in names:
        return ChatFormat.ZOOM_QA_JSON
    if "createdDateTime" in names and "body" in names:
        return ChatFormat.TEAMS_JSON
    if "text" in names and names & {"event_question_id", "score_positive", "is_highlighted"}:
        return ChatFormat.SLIDO
    return ChatFormat.JSON if any(role_of(name) == "text" for name in names) else None


def read_records(value: object, kind: ChatFormat) -> RawChat:
    """Read the records as one kind of chat."""
    rows = records_in(value)
    if kind is ChatFormat.ZOOM_QA_JSON:
        return RawChat(tuple(message for row in rows for message in _zoom_questions(row)))
    if kind is ChatFormat.TEAMS_JSON:
        read = [_teams_message(row) for row in rows]
        kept = tuple(message for message in read if message is not None)
        return RawChat(kept, skipped=len(read) - len(kept))
    if kind is ChatFormat.SLIDO:
        return RawChat(tuple(message for row in rows if (message := _slido_question(row))))
    return RawChat(tuple(message for row in rows if (message := _any_message(row))))


def _zoom_questions(row: Record) -> Iterator[RawMessage]:
    details = row.get("question_details")
    for detail in details if isinstance(details, list) else []:
        if not isinstance(detail, dict):
            continue
        text = str(detail.get("question") or "").strip()
        answer = str(detail.get("answer") or "").strip()
        if text:
            yield RawMessage(
                text,
                parse_moment(str(detail.get("create_time") or "")),
                sender=str(row.get("name") or ""),
                answer="" if answer.lower() == _LIVE else answer,
                is_answered=bool(answer),
            )


def _slido_question(row: Record) -> RawMessage | None:
    text = str(row.get("text") or "").strip()
    if not text:
        return None
    author = row.get("author")
    replies = row.get("pinned_replies")
    answers = [
        str(reply.get("text") or "") if isinstance(reply, dict) else str(reply)
        for reply in (replies if isinstance(replies, list) else [])
    ]
    positive = row.get("score_positive")
    return RawMessage(
        text,
        parse_moment(str(row.get("date_created") or "")),
        str(author.get("name") or "") if isinstance(author, dict) else "",
        is_private=row.get("is_public") is False,
        id=str(row.get("event_question_id") or ""),
        votes=count(positive if positive is not None else row.get("score")),
        answer="\n".join(answers).strip(),
        is_answered=row.get("is_answered") is True,
    )


def _teams_message(row: Record) -> RawMessage | None:
    """Read a chat message of Graph; None for events of the system and deleted messages."""
    body = row.get("body")
    if not isinstance(body, dict) or row.get("deletedDateTime"):
        return None
    if row.get("messageType", "message") != "message":
        return None
    content = str(body.get("content") or "")
    text = html_text(content) if body.get("contentType") == "html" else content.strip()
    if not text:
        return None
    sender = _at(row, "from", "user", "displayName") or _at(
        row, "from", "application", "displayName"
    )
    conversation = row.get("conversation")
    votes = conversation.get("upvoteCount") if isinstance(conversation, dict) else 0
    starts = not row.get("replyToId")
    reactions = row.get("reactions")
    return RawMessage(
        text,
        parse_moment(str(row.get("createdDateTime") or "")),
        sender,
        id=str(row.get("id") or ""),
        reply_to_id=str(row.get("replyToId") or _quoted_id(content)),
        reactions=len(reactions) if isinstance(reactions, list) else 0,
        votes=count(votes) if starts else 0,
        is_private=_at(row, "conversation", "moderationState") in ("rejected", "dismissed"),
    )


def _quoted_id(content: str) -> str:
    found = re.search(r'<attachment id="(\d+)"|itemid="(\d+)"', content)
    return (found[1] or found[2]) if found else ""


def _at(row: object, *names: str) -> str:
    for name in names:
        row = row.get(name) if isinstance(row, dict) else None
    return str(row) if row else ""


def _any_message(row: Record) -> RawMessage | None:
    cells: dict[str, Any] = {}
    for name, value in row.items():
        role = role_of(name)
        if role in ROLES and (role not in cells or cells[role] in (None, "")):
            cells[role] = value
    public = row.get("is_public")
    if isinstance(public, bool):
        cells["private"] = not public
    return to_message(cells)


class _Text(HTMLParser):
    """Collect the text of HTML, without quotes of other messages."""

    _QUOTES: Final = frozenset({"blockquote", "attachment", "style", "script"})
    _BREAKS: Final = frozenset({"br", "p", "div", "li", "tr"})

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._QUOTES:
            self._quoted += 1
        elif tag in self._BREAKS:
            self.pieces.append("\n")
        elif tag in ("emoji", "img") and not self._quoted:
            self.pieces.append(dict(attrs).get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._QUOTES:
            self._quoted = max(0, self._quoted - 1)

    def handle_data(self, data: str) -> None:
        if not self._quoted:
            self.pieces.append(data)


def html_text(content: str) -> str:
    """Give the text of a message in HTML; line breaks stay, quotes of other messages go."""
    parser = _Text()
    parser.feed(content)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
