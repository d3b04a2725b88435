"""Results and scores (Part Two 2.4.5)."""

from __future__ import annotations

from typing import Any

from lrs.xapi.validation.problems import Findings
from lrs.xapi.validation.values import (
    Check,
    check_boolean,
    check_duration,
    check_extensions,
    check_number,
    check_object,
    check_string,
    is_number,
)


def check_result(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.5: all properties optional."""
    check_object(value, path, found, clause="2.4.5", properties=_RESULT)


def check_score(value: Any, path: str, found: Findings) -> None:
    """Part Two 2.4.5.1: scaled in [-1, 1], min below max, raw between them."""
    if not check_object(value, path, found, clause="2.4.5.1", properties=_SCORE):
        return
    scaled, raw, low, high = (_number(value, key) for key in ("scaled", "raw", "min", "max"))
    if scaled is not None and not -1 <= scaled <= 1:
        found.add(f"{path}.scaled", "2.4.5.1", "must be between -1 and 1")
    if low is not None and high is not None and low >= high:
        found.add(f"{path}.min", "2.4.5.1", "must be less than max")
    if raw is not None and low is not None and raw < low:
        found.add(f"{path}.raw", "2.4.5.1", "must not be less than min")
    if raw is not None and high is not None and raw > high:
        found.add(f"{path}.raw", "2.4.5.1", "must not be more than max")


def _number(score: dict[str, Any], key: str) -> int | float | None:
    value = score.get(key)
    return value if is_number(value) else None


_SCORE: dict[str, Check] = dict.fromkeys(("scaled", "raw", "min", "max"), check_number)
_RESULT: dict[str, Check] = {
    "score": check_score,
    "success": check_boolean,
    "completion": check_boolean,
    "response": check_string,
    "duration": check_duration,
    "extensions": check_extensions,
}
