"""Every operation of the HTTP API × every scope of a credential, and without one."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from lrs.enums import CredentialScope
from lrs.urls import urlpatterns
from tests.lrs.api import ACTIVITY, AGENT, Api
from tests.lrs.factories import statement

pytestmark = pytest.mark.django_db

STATE = {"activityId": ACTIVITY, "agent": AGENT, "stateId": "place"}
OF_ACTIVITY = {"activityId": ACTIVITY, "profileId": "place"}
OF_AGENT = {"agent": AGENT, "profileId": "place"}
DOCUMENTS = {
    "activities/state": (STATE, "state"),
    "activities/profile": (OF_ACTIVITY, "profile"),
    "agents/profile": (OF_AGENT, "profile"),
}
READERS = {"statements/read", "statements/read/mine", "all/read", "all"}
WRITERS = {"statements/write", "all"}
# (resource, method, parameters, body): the scopes that may. What GET may, HEAD may.
OPERATIONS: dict[tuple[str, str], tuple[dict[str, Any], Any, set[str]]] = {
    ("statements", "get"): ({}, b"", READERS),
    ("statements", "post"): ({}, None, WRITERS),
    ("statements", "put"): ({}, None, WRITERS),
    ("activities", "get"): ({"activityId": ACTIVITY}, b"", READERS),
    ("agents", "get"): ({"agent": AGENT}, b"", READERS),
    **{
        (resource, method): (
            params,
            b"" if method in ("get", "delete") else {"at": 1},
            {scope, "all"} | ({"all/read"} if method == "get" else set()),
        )
        for resource, (params, scope) in DOCUMENTS.items()
        for method in ("get", "post", "put", "delete")
    },
}


def test_every_resource_is_asked() -> None:
    named = {str(one.pattern) for one in urlpatterns} - {"", "about"}
    with_cursor = "statements/more/<str:cursor>"  # tests/lrs/test_statements_paging.py
    assert named - {with_cursor} == {resource for resource, _method in OPERATIONS}


def call(api: Api, resource: str, method: str) -> HttpResponse:
    params, body, _scopes = OPERATIONS[resource, method]
    if body is None:
        sent = statement()
        params = {"statementId": sent["id"]} if method == "put" else {}
        return api.send(method, resource, params, sent)
    return api.send(method, resource, params, body, If_None_Match="*" if method == "put" else None)


@pytest.mark.parametrize("scope", CredentialScope.values)
@pytest.mark.parametrize(("resource", "method"), OPERATIONS)
def test_who_may(resource: str, method: str, scope: str) -> None:
    status = call(Api(scope), resource, method).status_code
    if scope in OPERATIONS[resource, method][2]:
        assert status in (200, 204, 404), status  # nothing was stored there yet
    else:
        assert status == 403


@pytest.mark.parametrize(("resource", "method"), OPERATIONS)
def test_nobody_without_a_credential(resource: str, method: str) -> None:
    api = Api()
    api.headers.pop("Authorization")
    assert call(api, resource, method).status_code == 401
