"""Describe the JSON interface in OpenAPI 3.1; tests hold every route and reply against it."""

from importlib.metadata import version
from typing import Any, Final

from assistant import Outcome, ReplyKind
from assistant.text import MAX_QUESTION_LENGTH

_Schema = dict[str, Any]
TEXT: Final[_Schema] = {"type": "string"}
TEXT_OR_NULL: Final[_Schema] = {"type": ["string", "null"]}
ENTRY_ID: Final[_Schema] = {"type": "string", "pattern": "^[qp][0-9]{2,4}$"}
TARGET_ID: Final[_Schema] = {"type": "string", "pattern": "^[qpg][0-9]{2,4}$"}
COUNT: Final[_Schema] = {"type": "integer", "minimum": 0}
VERSION: Final[_Schema] = {"type": "string", "description": "Content hash of the corpus"}


def _object(properties: _Schema, optional: tuple[str, ...] = ()) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> _Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _or_null(schema: _Schema) -> _Schema:
    return {"anyOf": [schema, {"type": "null"}]}


REPLY_FIELDS: Final[_Schema] = {
    "question": {**TEXT, "description": "The question as it was read"},
    "outcome": {"enum": list(Outcome), "description": "What the page would do"},
    "kind": {"enum": list(ReplyKind), "description": "Which reply it is"},
    "matches": {**_list(_ref("Match")), "description": "Every candidate, best first"},
    "sureness": {**TEXT_OR_NULL, "description": "How well the answer fits, in words"},
    "answer": {**_or_null(_ref("Entry")), "description": "With kind answer"},
    "choices": {**_list(_ref("Entry")), "description": "With kind choices: two or three"},
    "nearest": {
        **_list(_ref("Entry")),
        "description": "With kind gap and fallback: the nearest two, which probably do not answer",
    },
    "gap": {**_or_null(_ref("Gap")), "description": "With kind gap"},
    "text": {**TEXT_OR_NULL, "description": "Ready text of a reply that is no answer"},
    "language": {**TEXT, "description": "Language of the question, ISO 639-1"},
    "contacts": _list(_ref("Contact")),
    "corpus_version": VERSION,
}

SCHEMAS: Final[_Schema] = {
    "Question": {
        **_object(
            {
                "question": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": MAX_QUESTION_LENGTH,
                    "examples": ["mijn baas luistert nooit naar mijn bezwaren, wat nu?"],
                }
            }
        ),
        "additionalProperties": True,
    },
    "Reply": _object(REPLY_FIELDS),
    "Answer": _object({**REPLY_FIELDS, "further_replies": _list(_ref("Reply"))}),
    "Match": _object(
        {
            "entry": TARGET_ID,
            "probability": {"type": "number", "minimum": 0, "maximum": 1},
        }
    ),
    "Entry": _object(
        {
            "id": ENTRY_ID,
            "section": TEXT,
            "question": TEXT,
            "short_answer": TEXT,
            "answer": {**TEXT, "description": "Markdown (CommonMark)"},
            "signpost": {**TEXT_OR_NULL, "description": "Where to go with a sensitive matter"},
            "source": TEXT,
            "related": _list(ENTRY_ID),
            "url": {**TEXT, "description": "Path of the entry's own page"},
        }
    ),
    "Gap": _object({"id": TARGET_ID, "title": TEXT, "signpost": TEXT}),
    "Contact": _object({"label": TEXT, "url": TEXT_OR_NULL, "explanation": TEXT}),
    "Entries": _object(
        {
            "title": TEXT,
            "source": TEXT,
            "corpus_version": VERSION,
            "entries": _list(_ref("Entry")),
        }
    ),
    "Health": _object(
        {
            "status": {"const": "ok"},
            "corpus_version": VERSION,
            "entries": {"type": "integer", "minimum": 1},
        }
    ),
    "LiveMessage": _object(
        {
            "text": {**TEXT, "description": "What was written; personal data is taken out"},
            "id": {**TEXT, "description": "The platform's own id: sent twice, it is stored once"},
            "time": {**TEXT, "description": "ISO 8601; now when it is left out"},
            "reply_to": {**TEXT, "description": "Id of the message that this one answers"},
            "reactions": {"type": "integer", "minimum": 0, "maximum": 100000},
            "votes": {"type": "integer", "minimum": 0, "maximum": 100000},
            "from_host": {"type": "boolean"},
            "private": {"type": "boolean", "description": "Counted, and never stored"},
        },
        optional=("id", "time", "reply_to", "reactions", "votes", "from_host", "private"),
    )
    | {"additionalProperties": True},
    "LiveMessages": {
        "anyOf": [
            _ref("LiveMessage"),
            {"type": "array", "items": _ref("LiveMessage"), "maxItems": 500},
            _object({"messages": {**_list(_ref("LiveMessage")), "maxItems": 500}})
            | {"additionalProperties": True},
        ]
    },
    "Taken": _object(
        {
            "added": {**COUNT, "description": "Messages that were not there yet"},
            "updated": {**COUNT, "description": "Known messages with other votes or reactions"},
            "questions": {**COUNT, "description": "Questions in the added messages"},
            "private_skipped": COUNT,
            "new_cards": _list(COUNT),
            "grown_cards": _list(COUNT),
        }
    ),
    "Problem": _object(
        {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": {**TEXT, "description": "One Dutch sentence"},
        }
    ),
}

PROBLEMS: Final = {
    400: "Not JSON, or not an object with a text `question`",
    401: "No token, or not the token of this webinar",
    403: "Sent by a page of another site",
    413: "Body larger than 16 KB (256 KB for live messages)",
    415: "Content-Type is not application/json",
    422: "A field is empty, too long, of the wrong type, or holds NUL or broken characters",
    429: "Too many requests; Retry-After says how long to wait",
    500: "Something went wrong on the server",
    503: "Not available now",
}


def _content(name: str, media: str = "application/json") -> _Schema:
    return {media: {"schema": _ref(name)}}


def _problems(*statuses: int) -> _Schema:
    return {
        str(status): {
            "description": PROBLEMS[status],
            "content": _content("Problem", "application/problem+json"),
        }
        for status in statuses
    }


def _operation(summary: str, name: str, description: str, *problems: int) -> _Schema:
    return {
        "operationId": name[0].lower() + name[1:],
        "summary": summary,
        "responses": {
            "200": {"description": description, "content": _content(name)},
            **_problems(*problems),
        },
    }


def openapi_document() -> _Schema:
    """Give the whole description."""
    ask = _operation(
        "Answer one message", "Answer", "The reply", 400, 403, 413, 415, 422, 429, 500, 503
    )
    ask["requestBody"] = {"required": True, "content": _content("Question")}
    entries = _operation("List every entry of the FAQ", "Entries", "Every entry", 429, 500, 503)
    entries["responses"]["304"] = {"description": "Not changed since the ETag that was sent"}
    health = _operation("Tell whether the application answers", "Health", "It does", 500, 503)
    live_messages = _operation(
        "Take chat messages in while a webinar goes on",
        "Taken",
        "What came of them",
        *(400, 401, 403, 413, 415, 422, 429, 500, 503),
    )
    live_messages["security"] = [{"liveToken": []}]
    live_messages["parameters"] = [
        {"name": "webinar_id", "in": "path", "required": True, "schema": COUNT}
    ]
    live_messages["requestBody"] = {"required": True, "content": _content("LiveMessages")}
    description: _Schema = {
        "operationId": "openapi",
        "summary": "This document",
        "responses": {
            "200": {
                "description": "OpenAPI 3.1",
                "content": {"application/json": {"schema": {"type": "object"}}},
            }
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vraagwijzer",
            "version": version("vraagwijzer"),
            "description": "Answers Dutch questions with the closest answer of an approved FAQ. "
            "Questions are neither stored nor logged.",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": {
            "/api/v1/ask": {"post": ask},
            "/api/v1/entries": {"get": entries},
            "/api/v1/webinars/{webinar_id}/messages": {"post": live_messages},
            "/api/v1/health": {"get": health},
            "/api/v1/openapi.json": {"get": description},
        },
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "liveToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Token of one webinar, made on its settings page",
                }
            },
        },
    }
