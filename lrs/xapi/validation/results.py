"""Results and scores (Part Two 2.4.5)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.problems import Problem
from lrs.xapi.validation.values import (
    Found,
    boolean,
    duration,
    extensions,
    is_number,
    number,
    object_of,
    string,
)


def _score_bounds(score: dict[str, Any]) -> Found:
    """Part Two 2.4.5.1.s2: scaled in [-1, 1], min below max, raw between them."""
    scaled, raw, low, high = (_number(score, key) for key in ("scaled", "raw", "min", "max"))
    found: list[Problem] = []
    if scaled is not None and not -1 <= scaled <= 1:
        found.append(Problem(".scaled", "2.4.5.1", "must be between -1 and 1"))
    if low is not None and high is not None and low >= high:
        found.append(Problem(".min", "2.4.5.1", "must be less than max"))
    if raw is not None and low is not None and raw < low:
        found.append(Problem(".raw", "2.4.5.1", "must not be less than min"))
    if raw is not None and high is not None and raw > high:
        found.append(Problem(".raw", "2.4.5.1", "must not be more than max"))
    return found or None


def _number(score: dict[str, Any], key: str) -> int | float | None:
    value = score.get(key)
    return value if is_number(value) else None


score = object_of(
    dict.fromkeys(("scaled", "raw", "min", "max"), number),
    clause="2.4.5.1",
    whole=_score_bounds,
)
"""Part Two 2.4.5.1: all properties optional."""

result = object_of(
    {
        "score": score,
        "success": boolean,
        "completion": boolean,
        "response": string,
        "duration": duration,
        "extensions": extensions,
    },
    clause="2.4.5",
)
"""Part Two 2.4.5: all properties optional."""
