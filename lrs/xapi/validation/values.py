"""Rules for single values and for the shape of objects; the other modules are built from these.

A rule is called with a value. It answers None if the value is right, else what is wrong, with paths
that begin at the value: a valid statement, which nearly every statement is, builds no path and no
list (docs/adr/0010-validation-by-measurement.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from lrs.xapi import timestamps
from lrs.xapi.validation import formats
from lrs.xapi.validation.problems import Problem, below, key_step

Found = list[Problem] | None
Rule = Callable[[Any], Found]

_REMEMBERED = 2048  # texts that a rule remembers at most
_LONGEST = 256  # characters of a text worth remembering


def object_of(
    properties: Mapping[str, Rule],
    *,
    clause: str,
    required: Sequence[str] = (),
    whole: Callable[[dict[str, Any]], Found] | None = None,
) -> Rule:
    """A rule for an object of known properties; `whole` judges them together.

    Part Two 2.2: no null, no unknown key, keys in their exact case, what is required is there.
    """
    rule_of = properties.get

    def rule(value: Any) -> Found:
        if not isinstance(value, dict):
            return [Problem("", clause, "must be an object")]
        found: list[Problem] = []
        for key, item in value.items():
            judge = rule_of(key)
            if judge is None:
                found.append(_unknown(key))
            elif (wrong := judge(item)) is not None:
                found += _at(f".{key}", item, wrong)
        for key in required:
            if key not in value:
                found.append(Problem(f".{key}", clause, "is required"))
        if whole is not None and (wrong := whole(value)) is not None:
            found += wrong
        return found or None

    return rule


def array_of(judge: Rule, clause: str, *, at_least: int = 0) -> Rule:
    """A rule for an array whose items pass `judge`."""

    def rule(value: Any) -> Found:
        if not isinstance(value, list):
            return [Problem("", clause, "must be an array")]
        found: list[Problem] = []
        if len(value) < at_least:
            found.append(Problem("", clause, "must not be empty"))
        for index, item in enumerate(value):
            if (wrong := judge(item)) is not None:
                found += _at(f"[{index}]", item, wrong)
        return found or None

    return rule


def text_in(
    form: Callable[[str], object], clause: str, message: str, *, remember: bool = False
) -> Rule:
    """A rule for a text that has a form: `form` answers something true.

    `remember` is for texts that come again and again, such as the IRIs of verbs: what was found
    right is kept in a small set, which is emptied when it is full.
    """
    known: set[str] = set()

    def rule(value: Any) -> Found:
        if isinstance(value, str):
            if value in known:
                return None
            if form(value):
                if remember and len(value) <= _LONGEST:
                    if len(known) >= _REMEMBERED:
                        known.clear()
                    known.add(value)
                return None
        return [Problem("", clause, message)]

    return rule


def constant(expected: str, clause: str) -> Rule:
    """A rule for exactly one value, in this case of letters (Part Two 2.2.s4.b1.b6)."""

    def rule(value: Any) -> Found:
        return None if value == expected else [Problem("", clause, f"must be {expected!r}")]

    return rule


def is_number(value: Any) -> TypeGuard[int | float]:
    """Part Two 2.2.s4.b1.b2: JSON numbers only; a boolean is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def string(value: Any) -> Found:
    """Any text, the empty one too."""
    return None if isinstance(value, str) else [Problem("", "2.2.s4.b1.b2", "must be a string")]


def boolean(value: Any) -> Found:
    """Part Two 2.2.s4.b1.b3: a string that reads «true» is no boolean."""
    if value is True or value is False:
        return None
    return [Problem("", "2.2.s4.b1.b3", "must be true or false")]


def number(value: Any) -> Found:
    """Part Two 2.2.s4.b1.b2."""
    return None if is_number(value) else [Problem("", "2.2.s4.b1.b2", "must be a number")]


def timestamp(*, is_v2: bool) -> Rule:
    """Part Two 4.5; RFC 3339 in xAPI 2.0."""

    def rule(value: Any) -> Found:
        if not isinstance(value, str):
            return [Problem("", "4.5", "must be a timestamp")]
        try:
            timestamps.parse(value, strict=is_v2)
        except ValueError as error:
            return [Problem("", "4.5", f"must be a timestamp: {error}")]
        return None

    return rule


def language_map(value: Any) -> Found:
    """Part Two 4.2: language tags as keys, strings as values."""
    if not isinstance(value, dict):
        return [Problem("", "4.2", "must be a language map")]
    found: list[Problem] = []
    for tag, text in value.items():
        if language_tag(tag) is not None:
            message = "the key must be a language tag (RFC 5646)"
            found.append(Problem(key_step(tag), "4.2", message))
        if not isinstance(text, str):
            found.append(Problem(key_step(tag), "4.2", "must be a string"))
    return found or None


def extensions(value: Any) -> Found:
    """Part Two 4.1: IRIs as keys; the values are the sender's own, null included."""
    if not isinstance(value, dict):
        return [Problem("", "4.1", "must be an object")]
    found = [
        Problem(key_step(key), "4.1.s3.b1", "the key must be an IRI")
        for key in value
        if iri(key) is not None
    ]
    return found or None


uuid = text_in(formats.UUID.fullmatch, "4.4", "must be a UUID in standard string form")
iri = text_in(formats.IRI.fullmatch, "4.3", "must be an IRI with a scheme", remember=True)
irl = text_in(formats.IRI.fullmatch, "4.3", "must be an IRL with a scheme", remember=True)
language_tag = text_in(
    formats.is_language_tag,
    "4.2",
    "must be a language tag in the form of RFC 5646",
    remember=True,
)
duration = text_in(
    formats.is_duration, "4.6", "must be an ISO 8601 duration such as PT5M30S", remember=True
)


def _unknown(key: str) -> Problem:
    return Problem(key_step(key), "2.2.s4.b1.b7", "is no property of this object")


def _at(step: str, item: Any, wrong: list[Problem]) -> list[Problem]:
    """What is wrong with an item, seen from its container; null is wrong in one way only."""
    if item is None:
        return [Problem(step, "2.2.s4.b1.b1", "must not be null")]
    return below(step, wrong)
