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
    found: list[Problem] = []
    get = {key: value for key, value in score.items() if is_number(value)}.get
    scaled, raw, low, high = get("scaled"), get("raw"), get("min"), get("max")
    if scaled is not None and not -1 <= scaled <= 1:
        found.append(Problem(".scaled", "2.4.5.1", "must be between -1 and 1"))
    if low is not None and high is not None and not low < high:
        found.append(Problem(".min", "2.4.5.1", "must be less than max"))
    if raw is not None and low is not None and not low <= raw:
        found.append(Problem(".raw", "2.4.5.1", "must not be less than min"))
    if raw is not None and high is not None and not raw <= high:
        found.append(Problem(".raw", "2.4.5.1", "must not be more than max"))
    return found or None


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
