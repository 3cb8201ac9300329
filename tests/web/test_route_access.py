"""Closed by default: every route is walked as nobody, moderator, editor and administrator."""

from typing import Any

import pytest
from flask import Flask
from route_access import ROUTES, Access
from werkzeug.routing import IntegerConverter
from werkzeug.test import TestResponse

from web.accounts import Role, set_role
from web.auth import SIGN_IN_PATH

ROLES = [None, *Role]
SIGN_OUT = ("POST", "/moderatie/afmelden")


def path_of(app: Flask, rule: str, **values: object) -> str:
    """Give an address of a route: of the first webinar and card, or with any word that fits."""
    found = next(each for each in app.url_map.iter_rules() if each.rule == rule)
    for name, converter in found._converters.items():
        word = next(iter(getattr(converter, "items", ["x"])))
        values.setdefault(name, 1 if isinstance(converter, IntegerConverter) else word)
    with app.test_request_context():
        return app.url_map.bind("localhost").build(found.endpoint, values)


def is_refused(answer: TestResponse) -> bool:
    """Tell whether the answer is that this is not for whoever asked."""
    asks_to_sign_in = answer.status_code == 303 and (
        answer.location == SIGN_IN_PATH or answer.location.startswith(f"{SIGN_IN_PATH}?next=")
    )
    return answer.status_code in (401, 403) or asks_to_sign_in


def test_every_route_is_named_and_no_other(app: Flask) -> None:
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(ROUTES) == routes, "name each route in tests/web/route_access.py"


def test_every_route_is_guarded_with_the_role_of_the_table(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            view = app.view_functions[rule.endpoint]
            wanted = ROUTES[method, rule.rule].role
            assert getattr(view, "required_role", None) == wanted, (method, rule.rule)


@pytest.fixture(params=ROLES, ids=[str(role) for role in ROLES])
def role(request: pytest.FixtureRequest) -> Role | None:
    found: Role | None = request.param
    return found


def test_each_role_gets_in_where_the_table_says_and_nowhere_else(
    site: Any, role: Role | None
) -> None:
    site.take_in()
    client, token = site.app.test_client(), ""
    if role is not None:
        person = site.person("Anna")
        client, token = person.client, person.token
        set_role(site.database, "Anna", role)
    order = sorted(ROUTES.items(), key=lambda route: route[0] == SIGN_OUT)  # signing out comes last
    for (method, rule), access in order:
        path = path_of(site.app, rule)
        data = {"csrf_token": token} if method == "POST" else None
        answer = client.open(path, method=method, data=data, buffered=not rule.endswith("/stroom"))
        answer.close()
        assert answer.status_code < 500, (method, rule)
        if access.role is not None:
            may = role is not None and role.includes(access.role)
            assert is_refused(answer) is not may, (method, rule, answer.status_code)
            assert answer.headers["Cache-Control"] == "no-store", (method, rule)
        elif access is Access.EVERYONE and (method, rule) != ("POST", SIGN_IN_PATH):
            assert not is_refused(answer), (method, rule, answer.status_code)


def test_no_post_of_a_moderator_goes_without_the_token_or_from_another_site(
    site: Any, anna: Any
) -> None:
    set_role(site.database, "Anna", Role.ADMINISTRATOR)
    for (method, rule), access in ROUTES.items():
        if method == "GET":
            continue
        path = path_of(site.app, rule)
        if access.role is not None:
            assert anna.client.post(path).status_code == 403, rule
            assert anna.client.post(path, data={"csrf_token": "fout"}).status_code == 403, rule
        elsewhere = {"Sec-Fetch-Site": "cross-site"}
        form = {"csrf_token": anna.token}
        assert anna.client.post(path, data=form, headers=elsewhere).status_code == 403, rule
        origin = {"Origin": "https://elders.example"}
        assert anna.client.post(path, data=form, headers=origin).status_code == 403, rule
    assert anna.get("/moderatie").status_code == 200


def test_what_a_token_opens_stays_closed_without_it(site: Any) -> None:
    client = site.app.test_client()
    for (method, rule), access in ROUTES.items():
        if access is Access.OWN_TOKEN:
            answer = client.open(path_of(site.app, rule, token="geraden"), method=method)  # noqa: S106
            assert answer.status_code in (401, 404), rule


@pytest.mark.parametrize("path", ["/spreker/{speaker}", "/webinar/{public}"])
def test_links_of_one_webinar_open_their_page_only(site: Any, path: str) -> None:
    client = site.app.test_client()
    tokens = {"speaker": site.webinar.public_token, "public": site.webinar.speaker_token}
    assert client.get(path.format(**tokens)).status_code == 404  # the one for the other
