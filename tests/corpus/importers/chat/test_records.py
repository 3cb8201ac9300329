"""Test chats in JSON: Slido, Zoom's questions, Teams by Graph, YouTube and a plain list."""

import json
from collections.abc import Callable

from corpus.importers.chat import ChatFormat, ChatImport
from corpus.importers.chat.records import html_text

Reader = Callable[..., ChatImport]

SLIDO = [
    {
        "text": "Mag dit ook schriftelijk?",
        "author": {"name": "Ria Test"},
        "is_anonymous": False,
        "is_answered": True,
        "is_highlighted": False,
        "is_public": True,
        "score": 6,
        "score_positive": 7,
        "score_negative": -1,
        "date_created": "2026-04-02T12:00:00Z",
        "pinned_replies": [{"text": "Ja"}],
        "event_question_id": 11,
    },
    {"text": "verborgen", "is_public": False, "score": 0, "event_question_id": 12},
]
ZOOM_QA = {
    "questions": [
        {
            "name": "Anonymous Attendee",
            "email": "",
            "question_details": [
                {"question": "Waar staat het?", "answer": "In bijlage 2."},
                {"question": "En digitaal?", "answer": "live answered"},
            ],
        },
        {"name": "Ria", "email": "ria@x.nl", "question_details": [{"question": "Wie?"}]},
    ]
}
GRAPH = {
    "value": [
        {
            "id": "1",
            "createdDateTime": "2026-04-02T12:00:00.123456Z",
            "from": {"user": {"displayName": "Ria Test"}},
            "body": {"contentType": "html", "content": "<p>Hoe <b>laat</b>?<br>En waar?</p>"},
            "conversation": {"id": "1", "upvoteCount": 4},
        },
        {
            "id": "2",
            "createdDateTime": "2026-04-02T12:01:00Z",
            "replyToId": "1",
            "from": None,
            "body": {
                "contentType": "html",
                "content": "<blockquote>Hoe laat?</blockquote><p>Om drie &amp; vier</p>",
            },
        },
        {"id": "3", "createdDateTime": "2026", "messageType": "systemEventMessage", "body": {}},
    ]
}


def _youtube(renderer: dict[str, object], kind: str = "liveChatTextMessageRenderer") -> str:
    item = {"addChatItemAction": {"item": {kind: renderer}}}
    return json.dumps({"replayChatItemAction": {"videoOffsetTimeMsec": "61000", "actions": [item]}})


def test_slido_questions_with_votes_and_answers(read: Reader) -> None:
    chat = read(json.dumps(SLIDO))
    assert chat.format is ChatFormat.SLIDO
    (question,) = chat.messages
    assert (question.votes, question.answer, question.is_answered) == (7, "Ja", True)
    assert question.time == "2026-04-02T12:00:00Z"
    assert chat.private_skipped == 1


def test_zoom_questions_know_what_was_answered_live(read: Reader) -> None:
    chat = read(json.dumps(ZOOM_QA))
    assert chat.format is ChatFormat.ZOOM_QA_JSON
    assert [(m.answer, m.is_answered) for m in chat.messages] == [
        ("In bijlage 2.", True),
        ("", True),
        ("", False),
    ]
    assert "ria@x.nl" not in repr(chat)


def test_teams_messages_lose_html_and_quotes(read: Reader) -> None:
    chat = read(json.dumps(GRAPH))
    assert chat.format is ChatFormat.TEAMS_JSON
    assert [m.text for m in chat.messages] == ["Hoe laat?\nEn waar?", "Om drie & vier"]
    assert [m.reply_to for m in chat.messages] == [None, 0]
    assert chat.messages[0].votes == 4
    assert chat.skipped == 1


def test_youtube_lines_keep_texts_and_emoji(read: Reader) -> None:
    runs = [
        {"text": "Wat nu? "},
        {"emoji": {"emojiId": "😀"}},
        {"emoji": {"emojiId": "UCx/abcdefgh"}},
    ]
    badge = {"liveChatAuthorBadgeRenderer": {"icon": {"iconType": "MODERATOR"}}}
    chat = read(
        "\n".join(
            [
                _youtube(
                    {"id": "a", "message": {"runs": runs}, "timestampUsec": "1770000000000000"}
                ),
                _youtube(
                    {"id": "b", "message": {"runs": [{"text": "Hoi"}]}, "authorBadges": [badge]}
                ),
                _youtube({"id": "c"}, "liveChatViewerEngagementMessageRenderer"),
                _youtube({"id": "d"}, "liveChatPaidMessageRenderer"),
                "{broken",
            ]
        )
    )
    assert chat.format is ChatFormat.YOUTUBE
    assert [m.text for m in chat.messages] == ["Wat nu? 😀", "Hoi"]
    assert [m.time for m in chat.messages] == ["2026-02-02T02:40:00Z", "00:01:01"]
    assert [m.from_host for m in chat.messages] == [False, True]
    assert (chat.skipped, chat.unreadable_lines) == (2, (5,))


def test_list_of_messages_with_usual_names(read: Reader) -> None:
    rows = [
        {
            "n": 1,
            "text": "Wie?",
            "private": False,
            "reactions": [{"emoji": "👍", "names": ["a", "b"]}],
        },
        {"n": 2, "text": "geheim", "private": True},
        {"n": 3, "text": "ik", "private": False, "reply_to": 1},
    ]
    chat = read("\n".join(json.dumps(row) for row in rows))
    assert chat.format is ChatFormat.JSON
    assert [(m.text, m.reactions, m.reply_to) for m in chat.messages] == [
        ("Wie?", 2, None),
        ("ik", 0, 0),
    ]
    assert chat.private_skipped == 1


def test_html_without_end_tags_is_still_text() -> None:
    assert html_text('<p>a<img alt="😀"><div>b<script>x()</script>') == "a😀\nb"
