"""Serve what a link opens without signing in: the speaker's view and a webinar's public page."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from werkzeug.exceptions import NotFound as PageNotFound

from web.db import get_database
from web.queue.audience import public_answers, speaker_questions
from web.queue.cards import NotFound
from web.queue.webinars import webinar_for_public, webinar_for_speaker

blueprint = Blueprint("shown", __name__)


@blueprint.get("/spreker/<token>")
def speaker(token: str) -> Any:
    """Show the questions for the speaker, in order; for its script, as JSON when they changed."""
    database = get_database()
    webinar = webinar_for_speaker(database, token)
    questions = speaker_questions(database, webinar.id)
    names = {"webinar": webinar, "questions": questions, "token": token}
    if "X-Requested-With" not in request.headers:
        return _private(Response(render_template("spreker.html", **names)))
    response = jsonify({"html": render_template("_spreker.html", **names), "count": len(questions)})
    response.add_etag()
    response.make_conditional(request)
    return _private(response)


@blueprint.get("/webinar/<token>")
def public(token: str) -> Any:
    """Show the answered questions of a webinar, once a moderator opened the page."""
    database = get_database()
    webinar = webinar_for_public(database, token)
    answers = public_answers(database, webinar.id)
    return _private(Response(render_template("webinar.html", webinar=webinar, answers=answers)))


@blueprint.errorhandler(NotFound)
def _not_found(_error: NotFound) -> Any:
    return current_app.handle_http_exception(PageNotFound())


def _private(response: Response) -> Response:
    """Keep a page that only a link opens out of search engines."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response
