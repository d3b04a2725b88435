"""What all resources share: the alternate request syntax, HEAD, headers, methods, parameters."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import override_settings

from tests.lrs.api import (
    ACTIVITY,
    AGENT,
    VERSIONS,
    Api,
    as_text,
    check_head,
    check_headers,
    error_of,
)
from tests.lrs.factories import statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

STATE = {"activityId": ACTIVITY, "agent": AGENT, "stateId": "place"}
READABLE: dict[str, dict[str, Any]] = {
    "about": {},
    "statements": {},
    "activities": {"activityId": ACTIVITY},
    "activities/state": {"activityId": ACTIVITY, "agent": AGENT},
    "activities/profile": {"activityId": ACTIVITY},
    "agents": {"agent": AGENT},
    "agents/profile": {"agent": AGENT},
}


class TestEveryResource:
    @pytest.mark.parametrize("resource", READABLE)
    def test_head_is_get_without_body(self, resource: str) -> None:
        check_head(Api(), resource, READABLE[resource])

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("resource", READABLE)
    def test_headers_of_the_standard(self, resource: str, version: str) -> None:
        response = Api(version=version).send("get", resource, READABLE[resource])
        assert response.status_code == 200, response.content
        assert response["X-Experience-API-Version"] == version
        check_headers(response)

    @pytest.mark.parametrize("version", VERSIONS)
    @pytest.mark.parametrize("resource", READABLE)
    def test_unknown_parameter_is_refused(self, resource: str, version: str) -> None:
        params = {**READABLE[resource], "other": "1"}
        error_of(Api(version=version).send("get", resource, params), 400)

    @pytest.mark.parametrize(
        ("resource", "name"), [(one, name) for one, params in READABLE.items() for name in params]
    )
    def test_parameter_in_another_case_is_refused(self, resource: str, name: str) -> None:
        """Part Three 3.2.s3.b8."""
        params = {key.upper() if key == name else key: v for key, v in READABLE[resource].items()}
        error_of(Api().send("get", resource, params), 400)

    @pytest.mark.parametrize("resource", sorted(set(READABLE) - {"about"}))
    @pytest.mark.parametrize("version", [None, "0.9", "0.95", "1.1.0", "3.0", "x", ""])
    def test_version_is_asked_for_and_named(self, resource: str, version: str | None) -> None:
        response = Api().send("get", resource, READABLE[resource], X_Experience_API_Version=version)
        message = error_of(response, 400)["message"]
        assert "1.0.3" in message
        assert "2.0.0" in message

    @pytest.mark.parametrize("version", [None, "0.9", "1.1.0", "x"])
    def test_about_asks_for_no_version(self, version: str | None) -> None:
        response = Api().send("get", "about", X_Experience_API_Version=version)
        assert response.status_code == 200
        check_headers(response)

    @pytest.mark.parametrize("resource", sorted(set(READABLE) - {"about"}))
    def test_credentials_are_asked_for(self, resource: str) -> None:
        error_of(Api().send("get", resource, READABLE[resource], Authorization=None), 401)

    @pytest.mark.parametrize(
        ("resource", "method"),
        [
            ("about", "put"),
            ("about", "post"),
            ("statements", "delete"),
            ("activities", "put"),
            ("activities", "post"),
            ("activities", "delete"),
            ("agents", "put"),
            ("agents", "delete"),
            ("activities/state", "patch"),
            ("activities/profile", "trace"),
            ("agents/profile", "patch"),
        ],
    )
    def test_other_methods_are_405(self, resource: str, method: str) -> None:
        response = Api().send(method, resource, READABLE[resource])
        error_of(response, 405)
        assert "GET" in response["Allow"]
        assert method.upper() not in response["Allow"]

    def test_about_names_the_limits(self) -> None:
        body = Api().send("get", "about").json()
        assert body.keys() == {"version", "extensions"}
        (limits,) = body["extensions"].values()
        assert limits["statementsPerPage"] == 500
        assert limits["requestBytes"] == 10 * 1024 * 1024

    def test_too_many_parameters_are_a_400(self) -> None:
        with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2):
            error_of(Api().send("get", "statements", {"a": "1", "b": "2", "c": "3"}), 400)


class TestAlternateSyntax:
    """Part Three 1.3."""

    @pytest.fixture
    def api(self) -> Api:
        return Api(version="1.0.3")

    def fields(self, api: Api, **others: Any) -> dict[str, Any]:
        return {**api.headers, **others}

    def test_statement_goes_and_comes(self, api: Api) -> None:
        sent = statement(result={"response": "à & b = c + d"})
        text = json.dumps(sent, ensure_ascii=False)
        fields = self.fields(
            api,
            **{"Content-Type": "application/json", "Content-Length": str(len(text.encode()))},
            statementId=sent["id"],
            content=text,
        )
        response = api.form("statements", "PUT", fields)
        assert (response.status_code, response.content) == (204, b"")
        check_headers(response)
        assert response["X-Experience-API-Version"] == "1.0.3"
        got = api.form("statements", "GET", self.fields(api, statementId=sent["id"]))
        assert got.json()["result"] == sent["result"]

    def test_post_is_a_method_too(self, api: Api) -> None:
        sent = statement()
        fields = self.fields(api, content=sent, **{"Content-Type": "application/json"})
        assert api.form("statements", "POST", fields).json() == [sent["id"]]

    def test_head_has_no_body(self, api: Api) -> None:
        response = api.form("statements", "HEAD", self.fields(api))
        assert (response.status_code, response.content) == (200, b"")

    def test_document_with_its_preconditions(self, api: Api) -> None:
        profile = {"activityId": ACTIVITY, "profileId": "p"}
        put = {**profile, "content": "some text", "Content-Type": "text/plain"}
        new = self.fields(api, **put, **{"If-None-Match": "*"})
        assert api.form("activities/profile", "PUT", new).status_code == 204
        error_of(api.form("activities/profile", "PUT", new), 412)
        got = api.form("activities/profile", "GET", self.fields(api, **profile))
        assert (got.content, got["Content-Type"]) == (b"some text", "text/plain")
        gone = self.fields(api, **profile, **{"If-Match": got["ETag"]})
        assert api.form("activities/profile", "DELETE", gone).status_code == 204
        error_of(api.send("get", "activities/profile", profile), 404)

    def test_content_is_utf8(self, api: Api) -> None:
        fields = self.fields(api, **STATE, content="é€", **{"Content-Type": "text/plain"})
        assert api.form("activities/state", "PUT", fields).status_code == 204
        assert api.send("get", "activities/state", STATE).content == "é€".encode()

    def test_headers_may_stand_where_they_belong(self, api: Api) -> None:
        response = api.send(
            "post",
            "activities/state",
            {"method": "PUT"},
            urlencode({name: as_text(value) for name, value in {**STATE, "content": "{}"}.items()}),
            media_type="application/x-www-form-urlencoded",
        )
        assert response.status_code == 204, response.content

    @pytest.mark.parametrize("version", ["2.0.0", "2.0"])
    def test_xapi_2_has_none(self, api: Api, version: str) -> None:
        fields = self.fields(api, **{"X-Experience-API-Version": version})
        error_of(api.form("statements", "GET", fields), 400)

    def test_version_in_the_form_is_judged(self, api: Api) -> None:
        error_of(
            api.form("statements", "GET", {**api.headers, "X-Experience-API-Version": "0.9"}), 400
        )
        without = {"Authorization": api.headers["Authorization"]}
        assert "missing" in error_of(api.form("statements", "GET", without), 400)["message"]

    def test_credential_in_the_form_is_judged(self, api: Api) -> None:
        error_of(api.form("statements", "GET", {"X-Experience-API-Version": "1.0.3"}), 401)

    @pytest.mark.parametrize(
        "query", ["method=GET&limit=1", "method=GET&method=PUT", "limit=1&method=GET"]
    )
    def test_query_holds_the_method_only(self, api: Api, query: str) -> None:
        response = api.client.generic(
            "POST",
            f"/xapi/statements?{query}",
            urlencode(self.fields(api)),
            content_type="application/x-www-form-urlencoded",
        )
        error_of(response, 400)

    @pytest.mark.parametrize("method", ["", "get", "PATCH", "OPTIONS", "x"])
    def test_method_is_one_of_the_standard(self, api: Api, method: str) -> None:
        error_of(api.form("statements", method, self.fields(api)), 400)

    @pytest.mark.parametrize("method", ["get", "put", "delete"])
    def test_only_post_carries_it(self, api: Api, method: str) -> None:
        error_of(api.send(method, "activities/state", {**STATE, "method": "GET"}), 400)

    @pytest.mark.parametrize("media_type", ["application/json", "multipart/form-data; boundary=x"])
    def test_body_must_be_a_form(self, api: Api, media_type: str) -> None:
        response = api.send("post", "statements", {"method": "GET"}, b"{}", media_type=media_type)
        error_of(response, 400)

    @pytest.mark.parametrize("body", [b"content=%FF", b"\xff"])
    def test_form_must_be_utf8(self, api: Api, body: bytes) -> None:
        response = api.send("post", "statements", {"method": "PUT"}, body, media_type="text/plain")
        error_of(response, 400)

    @pytest.mark.parametrize("repeated", ["content", "Authorization", "statementId"])
    def test_nothing_stands_twice(self, api: Api, repeated: str) -> None:
        sent = statement()
        fields = self.fields(api, statementId=sent["id"], content=json.dumps(sent))
        response = api.client.generic(
            "POST",
            "/xapi/statements?method=PUT",
            urlencode([*fields.items(), (repeated, fields[repeated])]),
            content_type="application/x-www-form-urlencoded",
        )
        error_of(response, 400)

    @pytest.mark.parametrize(
        ("length", "status"), [("1000", 400), ("x", 400), ("-1", 400), ("2", 204)]
    )
    def test_length_tells_what_was_cut_off(self, api: Api, length: str, status: int) -> None:
        fields = self.fields(api, **STATE, content="{}", **{"Content-Length": length})
        assert api.form("activities/state", "PUT", fields).status_code == status

    def test_unknown_field_is_an_unknown_parameter(self, api: Api) -> None:
        error_of(api.form("statements", "GET", self.fields(api, other="1")), 400)

    def test_too_large_is_413(self, api: Api) -> None:
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
            fields = self.fields(api, **STATE, content="x" * 200)
            error_of(api.form("activities/state", "PUT", fields), 413)

    def test_about_answers_it_too(self, api: Api) -> None:
        assert api.form("about", "GET", {}).json()["version"] == list(VERSIONS)


class TestOtherOrigins:
    """Browsers on another origin: off unless the origin is named."""

    ORIGIN = "https://cours.example"
    PREFLIGHT = {"Origin": ORIGIN, "Access-Control-Request-Method": "PUT"}

    @pytest.fixture
    def _allowed(self, settings: Any) -> None:
        settings.XAPI_CORS_ORIGINS = [self.ORIGIN]

    def test_off_by_default(self) -> None:
        api = Api()
        preflight = api.client.options("/xapi/statements", headers=self.PREFLIGHT)
        error_of(preflight, 400)
        for response in (preflight, api.send("get", "statements", Origin=self.ORIGIN)):
            assert not [name for name in response.headers if name.startswith("Access-Control")]

    @pytest.mark.usefixtures("_allowed")
    @pytest.mark.parametrize("resource", READABLE)
    def test_preflight(self, resource: str) -> None:
        response = Api().client.options(f"/xapi/{resource}", headers=self.PREFLIGHT)
        assert (response.status_code, response.content) == (204, b"")
        assert response["Access-Control-Allow-Origin"] == self.ORIGIN
        assert "PUT" in response["Access-Control-Allow-Methods"]
        assert "Authorization" in response["Access-Control-Allow-Headers"]
        assert "X-Experience-API-Version" in response["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in response
        check_headers(response)

    @pytest.mark.usefixtures("_allowed")
    @pytest.mark.parametrize("limit", ["1", "x"])
    def test_answers_can_be_read(self, limit: str) -> None:
        response = Api().send("get", "statements", {"limit": limit}, Origin=self.ORIGIN)
        assert response["Access-Control-Allow-Origin"] == self.ORIGIN
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert "Origin" in response["Vary"]

    @pytest.mark.usefixtures("_allowed")
    @pytest.mark.parametrize(
        "origin", ["https://other.example", "null", "https://cours.example.org"]
    )
    def test_other_origins_cannot(self, origin: str) -> None:
        api = Api()
        preflight = api.client.options(
            "/xapi/statements", headers={**self.PREFLIGHT, "Origin": origin}
        )
        error_of(preflight, 400)
        for response in (preflight, api.send("get", "statements", Origin=origin)):
            assert "Access-Control-Allow-Origin" not in response
            assert "Origin" in response["Vary"]
