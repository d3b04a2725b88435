"""JSON is read strictly, and the quick reader never differs from the strict one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.xapi import jsontext
from lrs.xapi.jsontext import JsonError, dumps, loads

texts = st.text(st.sampled_from('":, \\\n{}[]aé\U0001f600'), max_size=6)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts


class Pairs(list[tuple[str, Any]]):
    """An object in which a key may stand twice."""


def _written(value: Any, space: str, draw: Any) -> str:
    """JSON in some of the ways in which it may be written."""
    if isinstance(value, Pairs):
        inner = ",".join(
            f"{_written(key, space, draw)}{space}:{space}{_written(item, space, draw)}"
            for key, item in value
        )
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{space}{','.join(_written(item, space, draw) for item in value)}]"
    if isinstance(value, str) and draw(st.booleans()):
        return '"' + "".join(f"\\u{unit:04x}" for unit in _utf_16(value)) + '"'
    return json.dumps(value, ensure_ascii=draw(st.booleans()))


def _utf_16(text: str) -> list[int]:
    raw = text.encode("utf-16-be")
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]


@st.composite
def json_texts(draw: Any) -> str:
    value = draw(
        st.recursive(
            scalars,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.lists(st.tuples(texts, inner), max_size=3).map(Pairs)
            ),
            max_leaves=8,
        )
    )
    return _written(value, draw(st.sampled_from(["", " ", "\n\t"])), draw)


def _outcome(read: Any, text: str) -> Any:
    try:
        return json.dumps(read(text), allow_nan=False)
    except JsonError as error:
        return str(error)


@given(json_texts() | texts | st.text(st.sampled_from('{}[]":,1ae.\\u0 "'), max_size=16))
def test_quick_reading_is_strict_reading(text: str) -> None:
    strictly = _outcome(lambda given: jsontext._loads_strictly(given, 100), text)
    assert _outcome(loads, text) == strictly
    assert _outcome(loads, text.encode()) == strictly  # type: ignore[arg-type]


@given(json_texts())
def test_what_was_written_is_read_again(text: str) -> None:
    try:
        value = loads(text)
    except JsonError:
        return
    assert loads(dumps(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"\\u0022:","b":1,"b":2}',  # a quote in disguise would make up for the lost key
        '{"a":"\\u003a","b":1,"b":2}',
        '{"a":"\\u003A","b":1,"b":2}',
        '{"a":":","b" :1,"b":2}',
        '{"a":1,"\\u0061":2}',
        '{"":1,"":2}',
        '[[{"a":[],"a":[]}]]',
    ],
)
def test_repeated_key_is_found(text: str) -> None:
    with pytest.raises(JsonError, match="twice"):
        loads(text)


@pytest.mark.parametrize(
    "text", ['["\\udc00"]', '["\\ud800x"]', '{"\\udbff":1}', '["\\udc00\\ud800"]']
)
def test_half_a_surrogate_pair_is_found(text: str) -> None:
    with pytest.raises(JsonError, match="surrogate"):
        loads(text)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": [float("-inf")]}])
def test_what_json_has_not_is_not_written(value: Any) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(value)


def test_depth_is_counted_in_arrays_and_objects() -> None:
    assert loads("[" * 100 + "]" * 100)
    assert loads(json.dumps([{"a": [number]} for number in range(200)]))
    with pytest.raises(JsonError, match="deeper than 3"):
        loads('{"a":[{"b":[]}]}', max_depth=3)
