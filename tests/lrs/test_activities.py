"""The activities resource (Part Three 2.5)."""

from __future__ import annotations

import pytest

from lrs.services import PLATFORM, statements_store
from tests.lrs.api import ACTIVITY, VERSIONS, Api, check_head, error_of, sha1
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

DEFINITION = {"name": {"fr": "Hameçonnage"}, "type": "http://adlnet.gov/expapi/activities/module"}


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def test_activity_that_nobody_defined(api: Api) -> None:
    """Part Three 2.5.s2.b1."""
    response = api.send("get", "activities", {"activityId": ACTIVITY})
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response.json() == {"objectType": "Activity", "id": ACTIVITY}


def test_canonical_definition(api: Api) -> None:
    sent = statement(object={"id": ACTIVITY, "definition": DEFINITION})
    statements_store(statements=[sent], source=PLATFORM)
    response = api.send("get", "activities", {"activityId": ACTIVITY})
    assert response.json() == {"objectType": "Activity", "id": ACTIVITY, "definition": DEFINITION}
    assert response["ETag"] == f'"{sha1(response.content)}"'
    again = api.send("get", "activities", {"activityId": ACTIVITY}, If_None_Match=response["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    check_head(api, "activities", {"activityId": ACTIVITY})


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"activityId": ""},
        {"activityId": "x"},
        {"activityId": "http://example.org/a b"},
        {"activityid": ACTIVITY},
        {"activityId": ACTIVITY, "agent": "{}"},
    ],
)
def test_parameter_is_required_and_alone(api: Api, params: dict[str, str]) -> None:
    assert error_of(api.send("get", "activities", params), 400)["message"]


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        ("statements/write", 403),
        ("statements/read/mine", 200),
        ("statements/read", 200),
        ("state", 403),
        ("profile", 403),
        ("define", 403),
        ("all/read", 200),
        ("all", 200),
    ],
)
def test_scopes(scope: str, status: int) -> None:
    response = Api(scope).send("get", "activities", {"activityId": ACTIVITY})
    assert response.status_code == status
