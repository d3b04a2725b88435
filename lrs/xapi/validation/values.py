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

_NUMBERS = (int, float)
_REMEMBERED = 2048  # texts that a rule remembers at most
_LONGEST = 256  # characters of a text worth remembering


class Leaf:
    """A rule for a single value, with a set of what it accepts without being asked.

    The set holds whole classes (`str` for any text) or texts that were found right before; looking
    into it is cheaper than calling the rule. Only the rule decides what enters it.
    """

    __slots__ = ("_judge", "accepted")

    def __init__(self, judge: Rule, accepted: set[object]) -> None:
        self._judge = judge
        self.accepted = accepted

    def __call__(self, value: Any) -> Found:
        return self._judge(value)


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
    accepted_by = {
        key: rule.accepted for key, rule in properties.items() if isinstance(rule, Leaf)
    }.get

    def rule(value: Any) -> Found:
        if not isinstance(value, dict):
            return [Problem("", clause, "must be an object")]
        found: Found = None
        for key, item in value.items():
            accepted = accepted_by(key)
            if accepted is not None and (
                item.__class__ in accepted or (item.__class__ is str and item in accepted)
            ):
                continue
            judge = rule_of(key)
            if judge is None:
                found = [*(found or ()), _unknown(key)]
            elif (wrong := judge(item)) is not None:
                found = [*(found or ()), *_at(f".{key}", item, wrong)]
        for key in required:
            if key not in value:
                found = [*(found or ()), Problem(f".{key}", clause, "is required")]
        if whole is not None and (wrong := whole(value)) is not None:
            found = [*(found or ()), *wrong]
        return found

    return rule


def array_of(judge: Rule, clause: str, *, at_least: int = 0) -> Rule:
    """A rule for an array whose items pass `judge`."""

    def rule(value: Any) -> Found:
        if not isinstance(value, list):
            return [Problem("", clause, "must be an array")]
        if len(value) < at_least:
            return [Problem("", clause, "must not be empty")]
        for item in value:
            if judge(item) is not None:
                return _in_items(judge, value)
        return None

    return rule


def text_in(form: Callable[[str], object], clause: str, message: str) -> Rule:
    """A rule for a text that has a form: `form` answers something true."""

    def rule(value: Any) -> Found:
        if isinstance(value, str) and form(value):
            return None
        return [Problem("", clause, message)]

    return rule


def recurring_text_in(form: Callable[[str], object], clause: str, message: str) -> Leaf:
    """A rule for texts that come again and again, such as the IRIs of verbs.

    What was found right is kept in a small set, which is emptied when it is full.
    """
    accepted: set[object] = set()

    def rule(value: Any) -> Found:
        if not isinstance(value, str) or not form(value):
            return [Problem("", clause, message)]
        if len(value) <= _LONGEST:
            if len(accepted) >= _REMEMBERED:
                accepted.clear()
            accepted.add(value)
        return None

    return Leaf(rule, accepted)


def of_class(*classes: type, clause: str, message: str) -> Leaf:
    """A rule for any value of one of these classes; a boolean is no number."""

    def rule(value: Any) -> Found:
        if isinstance(value, classes) and (bool in classes or not isinstance(value, bool)):
            return None
        return [Problem("", clause, message)]

    return Leaf(rule, set(classes))


def constant(expected: str, clause: str) -> Leaf:
    """A rule for exactly one value, in this case of letters (Part Two 2.2.s4.b1.b6)."""
    return recurring_text_in(expected.__eq__, clause, f"must be {expected!r}")


def is_number(value: Any) -> TypeGuard[int | float]:
    """Part Two 2.2.s4.b1.b2: JSON numbers only; a boolean is none."""
    return isinstance(value, _NUMBERS) and not isinstance(value, bool)


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
        if tag not in language_tag.accepted and language_tag(tag) is not None:
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
        if key not in iri.accepted and iri(key) is not None
    ]
    return found or None


string = of_class(str, clause="2.2.s4.b1.b2", message="must be a string")
number = of_class(int, float, clause="2.2.s4.b1.b2", message="must be a number")
boolean = of_class(bool, clause="2.2.s4.b1.b3", message="must be true or false")
uuid = text_in(formats.UUID.fullmatch, "4.4", "must be a UUID in standard string form")
iri = recurring_text_in(formats.IRI.fullmatch, "4.3", "must be an IRI with a scheme")
irl = recurring_text_in(formats.IRI.fullmatch, "4.3", "must be an IRL with a scheme")
language_tag = recurring_text_in(
    formats.is_language_tag, "4.2", "must be a language tag in the form of RFC 5646"
)
duration = recurring_text_in(
    formats.is_duration, "4.6", "must be an ISO 8601 duration such as PT5M30S"
)


def _unknown(key: str) -> Problem:
    return Problem(key_step(key), "2.2.s4.b1.b7", "is no property of this object")


def _at(step: str, item: Any, wrong: list[Problem]) -> list[Problem]:
    """What is wrong with an item, seen from its container; null is wrong in one way only."""
    if item is None and wrong:
        return [Problem(step, "2.2.s4.b1.b1", "must not be null")]
    return below(step, wrong)


def _in_items(judge: Rule, items: list[Any]) -> list[Problem]:
    return [
        problem
        for index, item in enumerate(items)
        for problem in _at(f"[{index}]", item, judge(item) or [])
    ]
