"""Any valid statement is taken and comes back; any single fault is refused (Part Two 2.2 to 2.4).

Statements come from `tests.lrs.xapi.strategies`, faults from `tests.lrs.xapi.faults`.
"""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrs.models import Statement
from lrs.xapi import equality, timestamps
from lrs.xapi.validation import validate_statement
from tests.lrs.api import VERSIONS, Api, error_of
from tests.lrs.xapi import strategies
from tests.lrs.xapi.faults import Fault, faults

pytestmark = [
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.usefixtures("registry"),
]

BY_VERSION = {"1.0.3": strategies.statements_v1, "2.0.0": strategies.sent_statements}
OF_THE_STORE = {"id", "stored", "authority", "version", "timestamp"}
_settings = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def as_arrays(statement: Any) -> Any:
    """Part Two 2.4.6.2.s4.b3: a context activity alone is answered as an array of one."""
    if not isinstance(statement, dict):
        return statement
    made = {name: as_arrays(one) if name == "object" else one for name, one in statement.items()}
    if isinstance(made.get("context"), dict) and "contextActivities" in made["context"]:
        groups = made["context"]["contextActivities"]
        arrays = {name: one if isinstance(one, list) else [one] for name, one in groups.items()}
        made["context"] = {**made["context"], "contextActivities": arrays}
    return made


@pytest.mark.parametrize("version", VERSIONS)
def test_valid_statement_comes_back_as_it_went(version: str) -> None:
    api = Api(version=version)

    @settings(_settings, max_examples=40)
    @given(BY_VERSION[version], st.booleans())
    def check(sent: dict[str, Any], is_put: bool) -> None:
        with transaction.atomic():
            _check_valid(api, version, sent, is_put)
            transaction.set_rollback(True)

    check()


def _check_valid(api: Api, version: str, sent: dict[str, Any], is_put: bool) -> None:
    statement_id = sent.get("id") or str(uuid.uuid4())
    if is_put:
        assert api.put(sent, statement_id).status_code == 204
    else:
        response = api.post(sent)
        assert response.status_code == 200, response.content
        (statement_id,) = response.json()
    got = api.get(statementId=statement_id).json()
    assert equality.equivalent(sent, got)
    assert validate_statement(got, version) == []
    expected = {name: one for name, one in sent.items() if name not in OF_THE_STORE}
    assert {n: one for n, one in got.items() if n not in OF_THE_STORE} == as_arrays(expected)
    if "timestamp" in sent:
        assert timestamps.parse(got["timestamp"]) == timestamps.parse(sent["timestamp"])
    assert api.post(got).json() == [got["id"]]  # what is answered may be sent again
    for form in ("ids", "canonical"):
        (shown,) = api.get(format=form).json()["statements"]
        assert validate_statement(shown, version) == []
        assert shown["id"] == got["id"]


@pytest.mark.parametrize("version", VERSIONS)
def test_single_fault_is_refused_where_it_stands(version: str) -> None:
    api = Api(version=version)
    good = {
        "actor": {"openid": "http://a"},
        "verb": {"id": "http://v"},
        "object": {"id": "http://o"},
    }

    @settings(_settings, max_examples=50)
    @given(BY_VERSION[version], st.data())
    def check(statement: dict[str, Any], data: Any) -> None:
        fault = data.draw(st.sampled_from(list(faults(statement))).filter(_is_object))
        alone = error_of(api.post(fault.statement), 400)
        assert fault.path in {one["path"] for one in alone["problems"]}
        batch = error_of(api.post([good, fault.statement]), 400)
        expected = "$[1]" + fault.path.removeprefix("$")
        assert expected in {one["path"] for one in batch["problems"]}
        assert all(one["clause"] and one["message"] for one in batch["problems"])
        error_of(api.put(fault.statement, str(uuid.uuid4())), 400)
        assert not Statement.objects.exists()

    check()


def _is_object(fault: Fault) -> bool:
    return isinstance(fault.statement, dict)  # what is none is no body for a PUT
