"""Timestamps, formats, agents, versions, strict JSON."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import timestamps, versions
from lrs.xapi.agents import identifier_key
from lrs.xapi.jsontext import JsonError, dumps, loads
from lrs.xapi.validation import formats


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2015-11-18T12:17:00Z", "2015-11-18T12:17:00.000000Z"),
        ("2015-11-18T13:17:00.1234567+01:00", "2015-11-18T12:17:00.123456Z"),
        ("2015-11-18T12:17:00+00:00", "2015-11-18T12:17:00.000000Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
    ],
)
def test_timestamp_is_read_to_utc(text: str, expected: str) -> None:
    assert timestamps.format_utc(timestamps.parse(text, strict=True)) == expected


@pytest.mark.parametrize(
    "text",
    ["2015-11-18T12:17", "2015-11-18T12:17:00", "20151118T121700Z", "2015-11-18T12:17:00+01"],
)
def test_iso_8601_is_enough_for_the_first_version_only(text: str) -> None:
    timestamps.parse(text)
    with pytest.raises(ValueError, match="not a date"):
        timestamps.parse(text, strict=True)


@pytest.mark.parametrize(
    "text",
    [
        "2015-11-18",
        "2015-11-18 12:17:00Z",
        "2015-13-18T12:17:00Z",
        "2015-11-18T25:17:00Z",
        "2015-11-18T12:17:00-00:00",
        "2015-11-18T12:17:00-0000",
        "2015-11-18T12:17:00-00",
        "0001-01-01T00:00:00+14:00",
        "2015-W47-3T12:17:00Z",
        "",
        "now",
    ],
)
def test_timestamp_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        timestamps.parse(text)


@given(st.datetimes(timezones=st.timezones(), min_value=dt.datetime(1900, 1, 2)))
def test_timestamp_survives_writing_and_reading(moment: dt.datetime) -> None:
    text = timestamps.format_utc(moment)
    assert timestamps.parse(text, strict=True) == moment.astimezone(dt.UTC)
    assert timestamps.normalise(text) == text


@pytest.mark.parametrize(
    "text", ["PT1H", "P1Y2M10DT2H30M", "P4W", "PT0.5S", "P0.5Y", "PT16559.14S", "P1D"]
)
def test_duration_is_accepted(text: str) -> None:
    assert formats.is_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "P",
        "PT",
        "P1DT",
        "1H",
        "PT1.5H2M",
        "P0003-06-04T12:30:05",
        "PT1H ",
        "P1W2D",
        "-PT1H",
        "P16559.14S",
        "",
    ],
)
def test_duration_is_refused(text: str) -> None:
    assert not formats.is_duration(text)


@pytest.mark.parametrize(
    "tag", ["fr", "en-US", "zh-Hans-CN", "de-CH-1901", "i-klingon", "x-a", "sl-rozaj", "es-419"]
)
def test_language_tag_is_accepted(tag: str) -> None:
    assert formats.is_language_tag(tag)


@pytest.mark.parametrize("tag", ["", "f", "en_US", "en-", "123", "abcdefghi", "en-US-x", "x-"])
def test_language_tag_is_refused(tag: str) -> None:
    assert not formats.is_language_tag(tag)


@pytest.mark.parametrize("iri", ["http://a", "urn:x:y", "tag:a,b:c", "http://example.com/فعل"])
def test_iri_is_accepted(iri: str) -> None:
    assert formats.is_iri(iri)


@pytest.mark.parametrize("iri", ["", "a", "/a/b", "a b:c", "http:", "http://a b", "1a:b", "ht<:a"])
def test_iri_is_refused(iri: str) -> None:
    assert not formats.is_iri(iri)


def test_agents_are_the_same_by_identifier_alone() -> None:
    assert identifier_key({"mbox": "mailto:A@Example.org", "name": "x"}) == identifier_key(
        {"mbox": "mailto:A@example.org", "objectType": "Group"}
    )
    assert identifier_key({"mbox": "mailto:a@example.org"}) != identifier_key(
        {"mbox": "mailto:A@example.org"}
    )
    assert identifier_key({"objectType": "Group", "member": []}) is None


@pytest.mark.parametrize(
    ("header", "version"),
    [
        ("1.0", "1.0.3"),
        ("1.0.0", "1.0.3"),
        ("1.0.9", "1.0.3"),
        ("2.0.0", "2.0.0"),
        ("2.0", "2.0.0"),
    ],
)
def test_version_is_negotiated(header: str, version: str) -> None:
    assert versions.negotiate(header) == version


@pytest.mark.parametrize("header", ["", "0.95", "1", "1.1.0", "2.1.0", "3", "1.0.3.1", " 1.0.3"])
def test_version_is_unknown(header: str) -> None:
    assert versions.negotiate(header) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"a":1,"a":2}', "twice"),
        ('{"a":{"b":1,"b":1}}', "twice"),
        ("[NaN]", "NaN"),
        ("[-Infinity]", "Infinity"),
        ("[1e999]", "out of range"),
        ('["\\ud800"]', "surrogate"),
        (b'["\xff"]', "UTF-8"),
        ("[" * 101 + "]" * 101, "deeper"),
        ("[" * 100_000 + "]" * 100_000, "deeper"),
        ("{", "not JSON"),
        ("", "not JSON"),
    ],
)
def test_json_is_read_strictly(text: str | bytes, why: str) -> None:
    with pytest.raises(JsonError, match=why):
        loads(text)


def test_json_is_written_as_it_was_read() -> None:
    text = '{"b":1.0,"a":"é\\n\\u0000","c":12345678901234567890,"d":0.1,"e":[null,true]}'
    assert dumps(loads(text)) == text
