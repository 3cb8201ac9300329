"""Serve the same answers as JSON; /api/v1/openapi.json describes every request and reply."""

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, request, url_for

from assistant import Match, Reply, ReplyKind, sureness
from corpus import Contact, Entry
from web.answering import get_assistant, get_corpus
from web.errors import problem
from web.limits import Budget, counts_as
from web.metrics import count_replies
from web.openapi import openapi_document
from web.questions import EMPTY, NOT_TEXT, check_question, holds_broken_characters

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
NOT_JSON: Final = "De inhoud is geen geldige JSON."
NOT_AN_OBJECT: Final = 'Stuur een JSON-object met een tekst, zo: {"question": "..."}.'
WRONG_TYPE: Final = "Stuur JSON, met de kop Content-Type: application/json."


@blueprint.post("/ask")
@counts_as(Budget.ASK)
def ask() -> Response:
    """Answer one message; further questions in it are answered in `further_replies`."""
    question = _read_question()
    if isinstance(question, Response):
        return question
    first, *others = get_assistant().respond(question)
    count_replies((first, *others))
    if first.kind is ReplyKind.EMPTY:
        return problem(422, EMPTY)
    return _json({**_reply(first), "further_replies": [_reply(reply) for reply in others]})


@blueprint.get("/entries")
def entries() -> Response:
    """Give every entry, with its answer in Markdown."""
    corpus = get_corpus()
    response = _json(
        {
            "title": corpus.title,
            "source": corpus.source,
            "corpus_version": corpus.version,
            "entries": [_entry(entry) for entry in corpus.entries],
        }
    )
    response.set_etag(corpus.version)
    response.make_conditional(request)
    return response


@blueprint.get("/health")
@counts_as(Budget.FREE)
def health() -> Response:
    """Tell that the application answers, and from which corpus."""
    corpus = get_corpus()
    return _json({"status": "ok", "corpus_version": corpus.version, "entries": len(corpus.entries)})


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """Give the description of this interface."""
    return _json(openapi_document())


def _read_question() -> str | Response:
    """Give the question of the request, or the reply that says what is wrong with it."""
    if request.mimetype != "application/json":
        return problem(415, WRONG_TYPE)
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return problem(400, NOT_JSON)
    if not isinstance(body, dict) or not isinstance(body.get("question"), str):
        return problem(400, NOT_AN_OBJECT)
    raw: str = body["question"]
    if holds_broken_characters(raw):
        return problem(422, NOT_TEXT)
    checked = check_question(raw)
    return problem(422, checked.problem) if checked.problem else checked.text


def _json(body: Mapping[str, Any]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), mimetype="application/json")


def _reply(reply: Reply) -> dict[str, Any]:
    corpus = get_corpus()
    shown = [_entry(corpus.entry_by_id[match.entry_id]) for match in reply.chosen]
    gap = corpus.gap_by_id.get(reply.gap_id)
    return {
        "question": reply.question,
        "outcome": reply.outcome,
        "kind": reply.kind,
        "matches": [_match(match) for match in reply.matches],
        "sureness": sureness(reply.chosen[0].probability).label
        if reply.kind is ReplyKind.ANSWER
        else None,
        "answer": shown[0] if reply.kind is ReplyKind.ANSWER else None,
        "choices": shown if reply.kind is ReplyKind.CHOICES else [],
        "nearest": shown if reply.kind in (ReplyKind.GAP, ReplyKind.FALLBACK) else [],
        "gap": {"id": gap.id, "title": gap.title, "signpost": gap.signpost} if gap else None,
        "text": _text(reply),
        "language": reply.language,
        "contacts": [_contact(contact) for contact in corpus.contacts],
        "corpus_version": reply.corpus_version,
    }


def _text(reply: Reply) -> str | None:
    """Give the ready text of a reply that is no answer from the FAQ."""
    texts = get_corpus().texts
    if reply.kind is ReplyKind.OTHER_LANGUAGE:
        return texts.other_language.get(reply.language) or texts.other_language.get("en")
    if reply.kind is ReplyKind.GAP:
        return get_corpus().gap_by_id[reply.gap_id].signpost
    text: str | None = getattr(texts, reply.kind, None)
    return text


def _match(match: Match) -> dict[str, Any]:
    return {"entry": match.entry_id, "probability": round(match.probability, 4)}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "section": entry.section,
        "question": entry.question,
        "short_answer": entry.short_answer,
        "answer": entry.answer,
        "signpost": entry.signpost or None,
        "source": entry.source,
        "related": list(entry.related),
        "url": url_for("pages.entry", entry_id=entry.id),
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "label": contact.label,
        "url": contact.url or None,
        "explanation": contact.explanation,
    }
