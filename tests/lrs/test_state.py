"""The state resource (Part Three 2.3), and what all documents share (2.2)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import override_settings
from django.utils.http import http_date
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lrs.models import Document
from lrs.xapi import timestamps
from tests.lrs.api import (
    ACTIVITY,
    AGENT,
    OTHER_AGENT,
    REGISTRATION,
    VERSIONS,
    Api,
    check_head,
    error_of,
    sha1,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

URL = "activities/state"
CONTEXT: dict[str, Any] = {"activityId": ACTIVITY, "agent": AGENT}
ONE = {**CONTEXT, "stateId": "place"}
GROUP = {"objectType": "Group", "mbox": "mailto:team@example.org"}


@pytest.fixture(params=VERSIONS)
def api(request: pytest.FixtureRequest) -> Api:
    return Api(version=request.param)


def put(api: Api, state_id: str = "place", body: Any = b"x", **params: Any) -> None:
    sent = {**CONTEXT, **params, "stateId": state_id}
    response = api.send("put", URL, sent, body, media_type="text/plain")
    assert (response.status_code, response.content) == (204, b"")


class TestOneDocument:
    """Part Three 2.3.s3 and 2.2.s5."""

    @pytest.mark.parametrize(
        ("body", "media_type"),
        [
            (b"any text", "text/plain; charset=utf-8"),
            (b"\x00\xff\xfe", "application/octet-stream"),
            (b'{ "a" : 1 }', "application/json"),
            (b"[1, 2]", "application/json;charset=UTF-8"),
            (b"<script>alert(1)</script>", "text/html"),
            (b"", "text/plain"),
        ],
    )
    def test_comes_back_as_it_was_sent(self, api: Api, body: bytes, media_type: str) -> None:
        response = api.send("put", URL, ONE, body, media_type=media_type)
        assert (response.status_code, response.content) == (204, b"")
        assert "Content-Type" not in response
        got = api.send("get", URL, ONE)
        assert (got.status_code, got.content, got["Content-Type"]) == (200, body, media_type)
        assert got["ETag"] == f'"{sha1(body)}"'
        assert got["Last-Modified"] == http_date(Document.objects.get().updated.timestamp())

    def test_never_runs_as_a_page_of_the_site(self, api: Api) -> None:
        api.send("put", URL, ONE, b"<script>alert(1)</script>", media_type="text/html")
        response = api.send("get", URL, ONE)
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_without_a_media_type_it_is_bytes(self, api: Api) -> None:
        api.send("put", URL, ONE, b"x", media_type="")
        assert api.send("get", URL, ONE)["Content-Type"] == "application/octet-stream"

    @pytest.mark.parametrize("media_type", ["x", "a b/c", "text/plain; a=" + "x" * 300, "é/é"])
    def test_media_type_must_be_one(self, api: Api, media_type: str) -> None:
        error_of(api.send("put", URL, ONE, b"x", media_type=media_type), 400)

    @pytest.mark.parametrize("body", [b"", b"{", b'{"a":1,"a":2}', b"NaN", b"\xff"])
    @pytest.mark.parametrize("method", ["put", "post"])
    def test_what_calls_itself_json_must_be_json(self, api: Api, method: str, body: bytes) -> None:
        """Part Three 3.2.s3.b6."""
        error_of(api.send(method, URL, ONE, body), 400)
        assert not Document.objects.exists()

    def test_delete_takes_it_away(self, api: Api) -> None:
        put(api)
        for _time in range(2):
            response = api.send("delete", URL, ONE)
            assert (response.status_code, response.content) == (204, b"")
        error_of(api.send("get", URL, ONE), 404)

    def test_head(self, api: Api) -> None:
        put(api)
        check_head(api, URL, ONE)
        check_head(api, URL, CONTEXT)
        check_head(api, URL, {**ONE, "stateId": "other"})

    @pytest.mark.parametrize(
        "elsewhere",
        [
            {"activityId": ACTIVITY + "/"},
            {"agent": OTHER_AGENT},
            {"registration": REGISTRATION},
            {"stateId": "Place"},
        ],
    )
    def test_each_part_of_the_address_counts(self, api: Api, elsewhere: dict[str, Any]) -> None:
        put(api)
        error_of(api.send("get", URL, {**ONE, **elsewhere}), 404)
        api.send("delete", URL, {**ONE, **elsewhere})
        api.send("put", URL, {**ONE, **elsewhere}, b"y", media_type="text/plain")
        assert api.send("get", URL, ONE).content == b"x"

    def test_the_same_address_can_be_written_in_two_ways(self, api: Api) -> None:
        put(api, registration=REGISTRATION)
        agent = {"objectType": "Agent", "name": "Ann", "mbox": "mailto:ann@EXAMPLE.org"}
        params = {**ONE, "agent": agent, "registration": REGISTRATION.upper()}
        assert api.send("get", URL, params).content == b"x"

    @pytest.mark.parametrize("length", [10, 115, 300, 5000])
    def test_ids_may_be_long(self, api: Api, length: int) -> None:
        long = {
            "activityId": "https://example.org/" + "é🔒" * length,
            "agent": {"account": {"homePage": "https://example.org", "name": "🔒" * length}},
        }
        put(api, "🔒" * length, **long)
        assert api.send("get", URL, {**long, "stateId": "🔒" * length}).content == b"x"
        assert api.send("get", URL, long).json() == ["🔒" * length]

    @pytest.mark.parametrize("method", ["put", "post"])
    def test_too_large_is_413(self, api: Api, method: str) -> None:
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
            error_of(api.send(method, URL, ONE, {"a": "x" * 100}), 413)
        assert not Document.objects.exists()

    def test_credentials_share_documents(self, api: Api) -> None:
        put(api)
        assert Api("all/read").send("get", URL, ONE).content == b"x"


class TestParameters:
    @pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
    @pytest.mark.parametrize("missing", ["activityId", "agent"])
    def test_activity_and_agent_are_required(self, api: Api, method: str, missing: str) -> None:
        params = {name: value for name, value in ONE.items() if name != missing}
        assert error_of(api.send(method, URL, params, {}), 400)["problems"]

    @pytest.mark.parametrize("method", ["put", "post"])
    def test_state_id_is_required_to_write(self, api: Api, method: str) -> None:
        error_of(api.send(method, URL, CONTEXT, {}), 400)

    @pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
    @pytest.mark.parametrize(
        "wrong",
        [
            {"activityId": "no iri"},
            {"activityId": ""},
            {"agent": "ann"},
            {"agent": "{}"},
            {"agent": {"mbox": "ann@example.org"}},
            {"agent": {**AGENT, "openid": "https://example.org/ann"}},
            {"agent": {**AGENT, "mood": "good"}},
            {"agent": [AGENT]},
            {"agent": {"objectType": "Group", "member": [AGENT]}},
            {"agent": {"objectType": "Person", "mbox": ["mailto:ann@example.org"]}},
            {"registration": "1"},
            {"registration": ""},
            {"stateId": ""},
            {"stateId": "a\x00b"},
            {"StateId": "x"},
            {"profileId": "x"},
            {"method": "PUT"},
        ],
    )
    def test_wrong_ones_are_refused(self, api: Api, method: str, wrong: dict[str, Any]) -> None:
        if method == "post" and "method" in wrong:
            pytest.skip("the alternate request syntax")
        error_of(api.send(method, URL, {**ONE, **wrong}, {}), 400)
        assert not Document.objects.exists()

    @pytest.mark.parametrize("method", ["put", "post"])
    def test_since_is_for_reading(self, api: Api, method: str) -> None:
        error_of(api.send(method, URL, {**ONE, "since": "2026-01-01T00:00:00Z"}, {}), 400)

    @pytest.mark.parametrize("since", ["yesterday", "", "2026-13-01T00:00:00Z"])
    @pytest.mark.parametrize("method", ["get", "delete"])
    def test_since_must_be_a_timestamp(self, api: Api, method: str, since: str) -> None:
        error_of(api.send(method, URL, {**CONTEXT, "since": since}), 400)

    def test_repeated_one_is_refused(self, api: Api) -> None:
        response = api.client.get(f"/xapi/{URL}?stateId=a&stateId=b", headers=api.headers)
        error_of(response, 400)

    def test_bytes_that_are_no_utf8_are_refused(self, api: Api) -> None:
        params = f"activityId=a:b&agent={json.dumps(AGENT)}&stateId=%FF"
        error_of(api.client.get(f"/xapi/{URL}?{params}", headers=api.headers), 400)

    @pytest.mark.parametrize(("version", "status"), [("1.0.3", 400), ("2.0.0", 204)])
    def test_identified_group_is_an_agent_of_2_0(self, version: str, status: int) -> None:
        api = Api(version=version)
        assert api.send("put", URL, {**ONE, "agent": GROUP}, {}).status_code == status


class TestIds:
    """Part Three 2.3.s4."""

    def test_nothing_is_an_empty_list(self, api: Api) -> None:
        response = api.send("get", URL, CONTEXT)
        assert (response.status_code, response.json()) == (200, [])
        assert response["ETag"] == f'"{sha1("[]")}"'

    def test_ids_of_the_context_only(self, api: Api) -> None:
        for state_id in ("b", "a", "é"):
            put(api, state_id)
        put(api, "other", agent=OTHER_AGENT)
        put(api, "other", activityId="https://example.org/other")
        assert api.send("get", URL, CONTEXT).json() == ["a", "b", "é"]

    def test_registration_narrows_and_none_means_all(self, api: Api) -> None:
        put(api, "none")
        put(api, "both")
        put(api, "both", registration=REGISTRATION)
        put(api, "with", registration=REGISTRATION)
        assert api.send("get", URL, CONTEXT).json() == ["both", "none", "with"]
        registered = {**CONTEXT, "registration": REGISTRATION}
        assert api.send("get", URL, registered).json() == ["both", "with"]

    def test_since_is_exclusive(self, api: Api) -> None:
        put(api, "old")
        put(api, "new")
        updated = dict(Document.objects.values_list("document_id", "updated"))
        params = {**CONTEXT, "since": timestamps.format_utc(updated["old"])}
        response = api.send("get", URL, params)
        assert response.json() == ["new"]
        assert response["Last-Modified"] == http_date(updated["new"].timestamp())
        params["since"] = timestamps.format_utc(updated["new"])
        assert api.send("get", URL, params).json() == []

    def test_change_makes_an_id_new_again(self, api: Api) -> None:
        put(api, "a")
        moment = Document.objects.get().updated
        api.send("post", URL, {**CONTEXT, "stateId": "b"}, {"x": 1})
        api.send("post", URL, {**CONTEXT, "stateId": "b"}, {"y": 1})
        api.send("put", URL, {**CONTEXT, "stateId": "a"}, {"y": 1}, If_Match="*")
        since = timestamps.format_utc(moment)
        assert api.send("get", URL, {**CONTEXT, "since": since}).json() == ["a", "b"]

    def test_queries_do_not_grow(
        self, api: Api, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        put(api, "first")
        for count in (5, 10):
            for index in range(count):
                put(api, f"{count} {index}")
            with django_assert_max_num_queries(3):  # credential, ids, perhaps consistent-through
                api.send("get", URL, CONTEXT)


class TestDeleteMany:
    """Part Three 2.3.s5."""

    def test_deletes_the_context_only(self, api: Api) -> None:
        put(api, "a")
        put(api, "b", registration=REGISTRATION)
        put(api, "c", agent=OTHER_AGENT)
        response = api.send("delete", URL, CONTEXT)
        assert (response.status_code, response.content) == (204, b"")
        assert list(Document.objects.values_list("document_id", flat=True)) == ["c"]

    def test_registration_narrows(self, api: Api) -> None:
        put(api, "a")
        put(api, "b", registration=REGISTRATION)
        api.send("delete", URL, {**CONTEXT, "registration": REGISTRATION})
        assert api.send("get", URL, CONTEXT).json() == ["a"]

    def test_since_spares_what_is_older(self, api: Api) -> None:
        put(api, "old")
        moment = Document.objects.get().updated
        put(api, "new")
        api.send("delete", URL, {**CONTEXT, "since": timestamps.format_utc(moment)})
        assert api.send("get", URL, CONTEXT).json() == ["old"]


class TestMerge:
    """Part Three 2.2.s7 and s8."""

    def test_properties_of_the_top_level(self, api: Api) -> None:
        api.send("post", URL, ONE, {"x": "foo", "y": {"a": 1}, "k": None})
        response = api.send("post", URL, ONE, {"x": "bash", "y": {"b": 2}, "z": "faz"})
        assert (response.status_code, response.content) == (204, b"")
        got = api.send("get", URL, ONE)
        assert got.json() == {"x": "bash", "y": {"b": 2}, "k": None, "z": "faz"}
        assert got["ETag"] == f'"{sha1(got.content)}"'
        assert got["Content-Type"] == "application/json"

    def test_first_one_is_stored_as_it_is(self, api: Api) -> None:
        api.send("post", URL, ONE, b'{ "a" : 1.0 }', media_type="application/json; charset=utf-8")
        assert api.send("get", URL, ONE).content == b'{ "a" : 1.0 }'

    @pytest.mark.parametrize(
        ("body", "media_type"),
        [
            (b'{"a": 1}', "text/plain"),
            (b'{"a": 1}', ""),
            (b"[1]", "application/json"),
            (b"1", "application/json"),
            (b"a=1", "application/x-www-form-urlencoded"),
        ],
    )
    @pytest.mark.parametrize("is_there", [True, False])
    def test_only_objects_merge(
        self, api: Api, body: bytes, media_type: str, is_there: bool
    ) -> None:
        if is_there:
            api.send("post", URL, ONE, {"x": 1})
        error_of(api.send("post", URL, ONE, body, media_type=media_type), 400)
        if is_there:
            assert api.send("get", URL, ONE).json() == {"x": 1}
        else:
            assert not Document.objects.exists()

    @pytest.mark.parametrize(
        ("body", "media_type"),
        [(b'{"x": 1}', "text/plain"), (b"[1]", "application/json"), (b"x", "image/png")],
    )
    def test_only_into_objects(self, api: Api, body: bytes, media_type: str) -> None:
        api.send("put", URL, ONE, body, media_type=media_type)
        error_of(api.send("post", URL, ONE, {"y": 1}), 400)
        assert api.send("get", URL, ONE).content == body

    def test_growing_beyond_the_limit_is_413(self, api: Api) -> None:
        with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
            api.send("post", URL, ONE, {"a": "x" * 60})
            error_of(api.send("post", URL, ONE, {"b": "x" * 60}), 413)
        assert api.send("get", URL, ONE).json() == {"a": "x" * 60}

    values = st.recursive(
        st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=4,
    )
    objects = st.dictionaries(st.sampled_from(["a", "b", "é", "", "A"]), values)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(documents=st.lists(objects, min_size=1, max_size=4), version=st.sampled_from(VERSIONS))
    def test_any_objects(self, documents: list[dict[str, Any]], version: str) -> None:
        Document.objects.all().delete()
        api, expected = Api(version=version), dict[str, Any]()
        for document in documents:
            response = api.send("post", URL, ONE, json.dumps(document))
            assert response.status_code == 204
            expected |= document
        assert api.send("get", URL, ONE).json() == expected


class TestConcurrency:
    """Part Three 3.1: state may be replaced blindly in 1.0.3, and in 2.0 no more."""

    @pytest.mark.parametrize(("version", "status"), [("1.0.3", 204), ("2.0.0", 409)])
    def test_put_without_headers_over_a_document(self, version: str, status: int) -> None:
        api = Api(version=version)
        put(api, body=b"old")
        response = api.send("put", URL, ONE, b"new", media_type="text/plain")
        assert response.status_code == status
        content = b"new" if status == 204 else b"old"
        assert api.send("get", URL, ONE).content == content

    def test_if_match_detects_a_change(self, api: Api) -> None:
        put(api)
        first = api.send("get", URL, ONE)["ETag"]
        assert api.send("put", URL, ONE, {"a": 1}, If_Match=first).status_code == 204
        error_of(api.send("put", URL, ONE, {"a": 2}, If_Match=first), 412)
        error_of(api.send("post", URL, ONE, {"a": 3}, If_Match=first), 412)
        error_of(api.send("delete", URL, ONE, If_Match=first), 412)
        assert api.send("get", URL, ONE).json() == {"a": 1}

    @pytest.mark.parametrize("method", ["post", "delete"])
    def test_others_need_no_header(self, api: Api, method: str) -> None:
        api.send("put", URL, ONE, {"a": 1})
        assert api.send(method, URL, ONE, {"b": 2}).status_code == 204

    def test_conditional_get(self, api: Api) -> None:
        put(api)
        etag = api.send("get", URL, ONE)["ETag"]
        response = api.send("get", URL, ONE, If_None_Match=etag)
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
        assert api.send("get", URL, ONE, If_None_Match='"x"').status_code == 200
        error_of(api.send("get", URL, ONE, If_Match='"x"'), 412)


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "write", "read"),
        [
            ("statements/write", 403, 403),
            ("statements/read/mine", 403, 403),
            ("statements/read", 403, 403),
            ("state", 204, 200),
            ("profile", 403, 403),
            ("define", 403, 403),
            ("all/read", 403, 200),
            ("all", 204, 200),
        ],
    )
    def test_who_may(self, scope: str, write: int, read: int) -> None:
        Api().send("put", URL, ONE, {"a": 1})
        api = Api(scope)
        assert api.send("get", URL, ONE).status_code == read
        assert api.send("get", URL, CONTEXT).status_code == read
        assert api.send("put", URL, ONE, {"a": 2}, If_Match="*").status_code == write
        assert api.send("post", URL, ONE, {"a": 2}).status_code == write
        assert api.send("delete", URL, ONE).status_code == write
        assert api.send("delete", URL, CONTEXT).status_code == write


def test_reading_a_document_makes_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    api = Api()
    put(api)
    with django_assert_max_num_queries(3):  # credential, document, perhaps consistent-through
        api.send("get", URL, ONE)
