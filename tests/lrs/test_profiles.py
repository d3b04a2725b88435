"""Activity and agent profiles (Part Three 2.6 and 2.7), and their concurrency (3.1)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.models import Document
from lrs.preconditions import PreconditionMalformed, preconditions_read
from lrs.xapi import timestamps
from tests.lrs.api import ACTIVITY, AGENT, OTHER_AGENT, VERSIONS, Api, check_head, error_of, sha1

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry")]

CONTEXTS: dict[str, dict[str, Any]] = {
    "activities/profile": {"activityId": ACTIVITY},
    "agents/profile": {"agent": AGENT},
}
OTHERS: dict[str, dict[str, Any]] = {
    "activities/profile": {"activityId": ACTIVITY + "/other"},
    "agents/profile": {"agent": OTHER_AGENT},
}


class Profile:
    """One profile document of one kind in one version."""

    def __init__(self, url: str, version: str) -> None:
        self.url, self.context, self.other = url, CONTEXTS[url], OTHERS[url]
        self.one = {**self.context, "profileId": "p"}
        self.api = Api(version=version)

    def send(self, method: str, body: Any = b"", **options: Any) -> Any:
        return self.api.send(method, self.url, options.pop("params", self.one), body, **options)

    @property
    def content(self) -> bytes:
        return bytes(self.send("get").content)


@pytest.fixture(params=[(url, version) for url in CONTEXTS for version in VERSIONS], ids=str)
def profile(request: pytest.FixtureRequest) -> Profile:
    return Profile(*request.param)


class TestDocuments:
    def test_put_get_and_delete(self, profile: Profile) -> None:
        response = profile.send("put", b"x", media_type="image/png", If_None_Match="*")
        assert (response.status_code, response.content) == (204, b"")
        got = profile.send("get")
        assert (got.content, got["Content-Type"]) == (b"x", "image/png")
        assert got["ETag"] == f'"{sha1(b"x")}"'
        assert "Last-Modified" in got
        assert profile.send("delete").status_code == 204
        error_of(profile.send("get"), 404)

    def test_first_put_needs_no_header(self, profile: Profile) -> None:
        """Part Three 3.1.s4.b13 speaks of what already exists only."""
        assert profile.send("put", {}).status_code == 204

    def test_merge(self, profile: Profile) -> None:
        assert profile.send("post", {"a": 1, "b": 1}).status_code == 204
        assert profile.send("post", {"b": 2}).status_code == 204
        assert profile.send("get").json() == {"a": 1, "b": 2}
        error_of(profile.send("post", [1]), 400)
        error_of(profile.send("post", {}, media_type="text/plain"), 400)

    def test_head(self, profile: Profile) -> None:
        profile.send("put", {})
        check_head(profile.api, profile.url, profile.one)
        check_head(profile.api, profile.url, profile.context)

    def test_ids(self, profile: Profile) -> None:
        for index, profile_id in enumerate(("b", "a")):
            params = {**profile.context, "profileId": profile_id}
            profile.send("put", {"n": index}, params=params)
        profile.send("put", {}, params={**profile.other, "profileId": "other"})
        assert profile.send("get", params=profile.context).json() == ["a", "b"]
        first = Document.objects.get(document_id="b")
        since = timestamps.format_utc(first.updated)
        response = profile.send("get", params={**profile.context, "since": since})
        assert response.json() == ["a"]
        assert "Last-Modified" in response
        assert "ETag" in response

    def test_kinds_do_not_mix(self) -> None:
        api = Api()
        api.send("put", "activities/profile", {"activityId": ACTIVITY, "profileId": "p"}, {"a": 1})
        api.send("put", "agents/profile", {"agent": AGENT, "profileId": "p"}, {"a": 2})
        state = {"activityId": ACTIVITY, "agent": AGENT}
        api.send("put", "activities/state", {**state, "stateId": "p"}, {"a": 3})
        api.send("delete", "activities/state", state)
        assert Document.objects.count() == 2
        for url, context in CONTEXTS.items():
            assert api.send("get", url, context).json() == ["p"]

    def test_any_activity_and_agent_will_do(self, profile: Profile) -> None:
        """Part Three 2.2.s4.b2: no prior knowledge is needed."""
        assert profile.send("get", params=profile.other).json() == []


class TestParameters:
    @pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
    def test_context_is_required(self, profile: Profile, method: str) -> None:
        error_of(profile.send(method, {}, params={"profileId": "p"}), 400)

    @pytest.mark.parametrize("method", ["put", "post", "delete"])
    def test_id_is_required(self, profile: Profile, method: str) -> None:
        profile.send("put", {})
        error_of(profile.send(method, {}, params=profile.context), 400)
        assert Document.objects.exists()

    @pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
    @pytest.mark.parametrize(
        "wrong",
        [
            {"profileId": ""},
            {"profileid": "x"},
            {"stateId": "x"},
            {"registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7"},
            {"other": "x"},
        ],
    )
    def test_wrong_ones_are_refused(
        self, profile: Profile, method: str, wrong: dict[str, str]
    ) -> None:
        error_of(profile.send(method, {}, params={**profile.one, **wrong}), 400)

    @pytest.mark.parametrize("method", ["put", "post", "delete"])
    def test_since_is_for_reading(self, profile: Profile, method: str) -> None:
        params = {**profile.one, "since": "2026-01-01T00:00:00Z"}
        error_of(profile.send(method, {}, params=params), 400)

    @pytest.mark.parametrize("since", ["x", "", "2026-02-30T00:00:00Z"])
    def test_since_must_be_a_timestamp(self, profile: Profile, since: str) -> None:
        error_of(profile.send("get", params={**profile.context, "since": since}), 400)

    @pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
    @pytest.mark.parametrize("agent", ["x", "[]", "null", {"name": "Ann"}, {"mbox": "ann"}])
    def test_agent_must_be_one(self, method: str, agent: Any) -> None:
        params = {"agent": agent, "profileId": "p"}
        error_of(Api().send(method, "agents/profile", params, {}), 400)

    @pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
    @pytest.mark.parametrize("iri", ["x", "/a", "a b:c", "http://example.org/ /"])
    def test_activity_must_be_an_iri(self, method: str, iri: str) -> None:
        params = {"activityId": iri, "profileId": "p"}
        error_of(Api().send(method, "activities/profile", params, {}), 400)

    @pytest.mark.parametrize(("version", "status"), [("1.0.3", 400), ("2.0.0", 204)])
    def test_identified_group_is_an_agent_of_2_0(self, version: str, status: int) -> None:
        group = {"objectType": "Group", **OTHER_AGENT}
        params = {"agent": group, "profileId": "p"}
        response = Api(version=version).send("put", "agents/profile", params, {})
        assert response.status_code == status


class TestConcurrency:
    """Part Three 3.1.s4."""

    def test_put_over_a_profile_needs_a_header(self, profile: Profile) -> None:
        profile.send("put", {"a": 1})
        message = error_of(profile.send("put", {"a": 2}), 409)["message"]
        assert "current state" in message
        assert "If-Match" in message
        assert sha1(profile.content) in message
        assert profile.send("get").json() == {"a": 1}

    def test_put_if_match(self, profile: Profile) -> None:
        profile.send("put", {"a": 1})
        etag = profile.send("get")["ETag"]
        assert profile.send("put", {"a": 2}, If_Match=etag).status_code == 204
        error_of(profile.send("put", {"a": 3}, If_Match=etag), 412)
        assert profile.send("get").json() == {"a": 2}

    def test_put_if_none_match(self, profile: Profile) -> None:
        assert profile.send("put", {"a": 1}, If_None_Match="*").status_code == 204
        error_of(profile.send("put", {"a": 2}, If_None_Match="*"), 412)
        assert profile.send("get").json() == {"a": 1}

    @pytest.mark.parametrize("method", ["put", "post", "delete"])
    def test_if_match_without_a_document_fails(self, profile: Profile, method: str) -> None:
        for value in ("*", f'"{sha1(b"")}"'):
            error_of(profile.send(method, {}, If_Match=value), 412)
        assert not Document.objects.exists()

    @pytest.mark.parametrize("method", ["post", "delete"])
    def test_post_and_delete_heed_both(self, profile: Profile, method: str) -> None:
        profile.send("put", {"a": 1})
        before = profile.content
        etag = f'"{sha1(before)}"'
        error_of(profile.send(method, {"b": 1}, If_Match='"other"'), 412)
        error_of(profile.send(method, {"b": 1}, If_None_Match="*"), 412)
        error_of(profile.send(method, {"b": 1}, If_Match=etag, If_None_Match=etag), 412)
        assert profile.content == before
        assert profile.send(method, {"b": 1}, If_Match=etag).status_code == 204

    @pytest.mark.parametrize("method", ["post", "delete"])
    def test_post_and_delete_need_neither(self, profile: Profile, method: str) -> None:
        profile.send("put", {"a": 1})
        assert profile.send(method, {"b": 1}).status_code == 204

    @pytest.mark.parametrize(
        ("header", "status"),
        [
            ('"{etag}"', 204),
            ('"{ETAG}"', 204),
            ("{etag}", 204),
            ('"x", "{etag}"', 204),
            ('"x" ,, "a,b", "{etag}" ,', 204),
            ("*", 204),
            ('W/"{etag}"', 412),
            ('"x"', 412),
            ("x", 412),
            ('"wrong tag"', 412),
            ('"*"', 412),
            ('"', 400),
            ("", 400),
            ('"{etag}" "x"', 400),
            ('*, "x"', 400),
            ("a b", 400),
        ],
    )
    def test_forms_of_if_match(self, profile: Profile, header: str, status: int) -> None:
        profile.send("put", {"a": 1})
        etag = sha1(profile.content)
        sent = header.replace("{etag}", etag).replace("{ETAG}", etag.upper())
        assert profile.send("put", {"a": 2}, If_Match=sent).status_code == status

    @pytest.mark.parametrize(
        ("header", "status"),
        [("*", 412), ('"{etag}"', 412), ('W/"{etag}"', 412), ('"x", "{etag}"', 412), ('"x"', 204)],
    )
    def test_forms_of_if_none_match(self, profile: Profile, header: str, status: int) -> None:
        profile.send("put", {"a": 1})
        sent = header.replace("{etag}", sha1(profile.content))
        assert profile.send("put", {"a": 2}, If_None_Match=sent).status_code == status


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "write", "read"),
        [
            ("statements/write", 403, 403),
            ("statements/read/mine", 403, 403),
            ("statements/read", 403, 403),
            ("state", 403, 403),
            ("profile", 204, 200),
            ("define", 403, 403),
            ("all/read", 403, 200),
            ("all", 204, 200),
        ],
    )
    @pytest.mark.parametrize("url", CONTEXTS)
    def test_who_may(self, url: str, scope: str, write: int, read: int) -> None:
        one = {**CONTEXTS[url], "profileId": "p"}
        Api().send("put", url, one, {"a": 1})
        api = Api(scope)
        assert api.send("get", url, one).status_code == read
        assert api.send("put", url, one, {"a": 2}, If_Match="*").status_code == write
        assert api.send("post", url, one, {"a": 2}).status_code == write
        assert api.send("delete", url, one).status_code == write


tags = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters='"\x7f'), max_size=12
)
separators = st.sampled_from([",", ", ", " , ", ",,", "\t,\t"])


@given(
    items=st.lists(st.tuples(st.booleans(), tags), min_size=1, max_size=5),
    separator=separators,
    etag=tags,
)
def test_lists_of_entity_tags(items: list[tuple[bool, str]], separator: str, etag: str) -> None:
    """RFC 9110, 13.1.1 and 13.1.2: strong comparison for If-Match, weak for If-None-Match."""
    header = separator.join(f'{"W/" if is_weak else ""}"{tag}"' for is_weak, tag in items)
    read = preconditions_read(header, header)
    etag = etag.lower()
    strong = {tag.lower() for is_weak, tag in items if not is_weak}
    every = {tag.lower() for _is_weak, tag in items}
    assert read.match(etag) == (etag in strong - {"*"})
    assert read.none_match(etag) == (etag not in every - {"*"})
    assert not read.match(None)
    assert read.none_match(None)


@given(header=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_any_header_is_read_or_refused(header: str) -> None:
    try:
        read = preconditions_read(header, None)
    except PreconditionMalformed:
        return
    assert not read.are_missing
    assert not read.match(None)
