"""Checks of single values and of the shape of objects; the other modules are built from these.

A check is called with a value that is there and not None, its path and the findings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from lrs.xapi import timestamps
from lrs.xapi.validation import formats
from lrs.xapi.validation.problems import Findings, child_path

Check = Callable[[Any, str, Findings], None]


def check_object(
    value: Any,
    path: str,
    found: Findings,
    *,
    clause: str,
    properties: Mapping[str, Check],
    required: Sequence[str] = (),
) -> TypeGuard[dict[str, Any]]:
    """Check an object of known properties, and say whether `value` is an object at all.

    Part Two 2.2: no null, no unknown key, keys in their exact case, what is required is there.
    """
    if not isinstance(value, dict):
        found.add(path, clause, "must be an object")
        return False
    for key, item in value.items():
        check = properties.get(key)
        if check is None:
            found.add(child_path(path, key), "2.2.s4.b1.b7", "is no property of this object")
        elif item is None:
            found.add(f"{path}.{key}", "2.2.s4.b1.b1", "must not be null")
        else:
            check(item, f"{path}.{key}", found)
    for key in required:
        if key not in value:
            found.add(f"{path}.{key}", clause, "is required")
    return True


def array_of(check: Check, clause: str, *, at_least: int = 0) -> Check:
    """A check for an array whose items pass `check`."""

    def check_array(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, list):
            found.add(path, clause, "must be an array")
            return
        if len(value) < at_least:
            found.add(path, clause, "must not be empty")
        for index, item in enumerate(value):
            if item is None:
                found.add(f"{path}[{index}]", "2.2.s4.b1.b1", "must not be null")
            else:
                check(item, f"{path}[{index}]", found)

    return check_array


def text_in(form: Callable[[str], bool], clause: str, message: str) -> Check:
    """A check for a text that has a form."""

    def check_text(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, str) or not form(value):
            found.add(path, clause, message)

    return check_text


def constant(expected: str, clause: str) -> Check:
    """A check for exactly one value, in this case of letters (Part Two 2.2.s4.b1.b6)."""
    return text_in(expected.__eq__, clause, f"must be {expected!r}")


check_string = text_in(lambda _text: True, "2.2.s4.b1.b2", "must be a string")
check_uuid = text_in(formats.is_uuid, "4.4", "must be a UUID in standard string form")
check_iri = text_in(formats.is_iri, "4.3", "must be an IRI with a scheme")
check_irl = text_in(formats.is_iri, "4.3", "must be an IRL with a scheme")
check_language_tag = text_in(
    formats.is_language_tag, "4.2", "must be a language tag in the form of RFC 5646"
)
check_duration = text_in(formats.is_duration, "4.6", "must be an ISO 8601 duration such as PT5M30S")


def check_boolean(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.2.s4.b1.b3: a string that reads «true» is no boolean."""
    if not isinstance(value, bool):
        found.add(path, "2.2.s4.b1.b3", "must be true or false")


def is_number(value: Any) -> TypeGuard[int | float]:
    """Part Two 2.2.s4.b1.b2: JSON numbers only; a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_number(value: Any, path: str, found: Findings) -> None:
    if not is_number(value):
        found.add(path, "2.2.s4.b1.b2", "must be a number")


def check_timestamp(value: Any, path: str, found: Findings) -> None:
    """Part Two 4.5; RFC 3339 in xAPI 2.0."""
    if not isinstance(value, str):
        found.add(path, "4.5", "must be a timestamp")
        return
    try:
        timestamps.parse(value, strict=found.is_v2)
    except ValueError as error:
        found.add(path, "4.5", f"must be a timestamp: {error}")


def check_language_map(value: Any, path: str, found: Findings) -> None:
    """Part Two 4.2: language tags as keys, strings as values."""
    if not isinstance(value, dict):
        found.add(path, "4.2", "must be a language map")
        return
    for tag, text in value.items():
        if not formats.is_language_tag(tag):
            found.add(child_path(path, tag), "4.2", "the key must be a language tag (RFC 5646)")
        if not isinstance(text, str):
            found.add(child_path(path, tag), "4.2", "must be a string")


def check_extensions(value: Any, path: str, found: Findings) -> None:
    """Part Two 4.1: IRIs as keys; the values are the sender's own, null included."""
    if not isinstance(value, dict):
        found.add(path, "4.1", "must be an object")
        return
    for key in value:
        if not formats.is_iri(key):
            found.add(child_path(path, key), "4.1.s3.b1", "the key must be an IRI")
