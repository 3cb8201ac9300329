"""Odd requests for every route of the OpenAPI document: no 5xx, and each reply fits it."""

import os
from collections.abc import Callable

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from web.db import get_database
from web.openapi import openapi_document
from web.queue.webinars import create_webinar, renew_live_token

FULL = bool(os.environ.get("VRAAGWIJZER_FULL"))
EXAMPLES = 500 if FULL else 15
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]
AS_DESCRIBED, OTHERWISE = (
    schemathesis.GenerationMode.POSITIVE,
    schemathesis.GenerationMode.NEGATIVE,
)
OPERATIONS = [
    (path, method, mode)
    for path, item in openapi_document()["paths"].items()
    for method, operation in item.items()
    # a route that takes nothing cannot be sent something else
    for mode in ([AS_DESCRIBED, OTHERWISE] if "requestBody" in operation else [AS_DESCRIBED])
]


@pytest.fixture(scope="module")
def schema(app: Flask) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)


Send = Callable[[schemathesis.Case], None]


@pytest.fixture(scope="module")
def send(app: Flask) -> Send:
    """Give a function that sends a case, to a webinar that is there, with its token."""
    with app.app_context():
        webinar = create_webinar(get_database(), "Afval scheiden")
        token = renew_live_token(get_database(), webinar.id)

    def send(case: schemathesis.Case) -> None:
        if "webinar_id" in case.path:
            case.path_parameters = {"webinar_id": webinar.id}
        case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})

    return send


@pytest.mark.parametrize(("path", "method", "mode"), OPERATIONS)
def test_every_described_route_answers_as_described(
    schema: schemathesis.BaseSchema,
    send: Send,
    path: str,
    method: str,
    mode: schemathesis.GenerationMode,
) -> None:
    """15 cases a route and way; 500 with `make verify-full`."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not FULL,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def run(case: schemathesis.Case) -> None:
        send(case)

    run()
