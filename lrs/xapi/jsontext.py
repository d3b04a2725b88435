"""JSON text, read strictly: what two readers could understand differently is refused.

Part Two 2.2 asks for RFC 7159 JSON; a repeated key, NaN, a number out of range or half a surrogate
pair would be stored as something else than what was sent.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

MAX_DEPTH = 100

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)


class JsonError(ValueError):
    """The text is no JSON that can be stored as it was sent; the message says why."""


def loads(text: str | bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """Read strict JSON, at most `max_depth` arrays and objects deep. Raises JsonError."""
    try:
        source = text.decode("utf-8") if isinstance(text, bytes) else text
        value = json.loads(
            source,
            object_pairs_hook=_unique_keys,
            parse_constant=_constant,
            parse_float=_finite,
        )
        _check_depth(value, max_depth)
        if "\\u" in source:  # only an escape can smuggle half a surrogate pair in
            dumps(value).encode("utf-8")
    except JsonError:
        raise
    except UnicodeDecodeError as error:
        raise JsonError("the text is not UTF-8") from error
    except UnicodeEncodeError as error:
        raise JsonError("a string holds half a surrogate pair") from error
    except RecursionError as error:
        raise JsonError(f"nested deeper than {max_depth} levels") from error
    except ValueError as error:
        raise JsonError(f"not JSON: {error}") from error
    return value


def dumps(value: Any) -> str:
    """Compact JSON text in UTF-8's own characters, keys in the order they came in."""
    return _ENCODER.encode(value)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _value in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise JsonError(f"the key {repeated!r} stands twice in one object")
    return result


def _constant(name: str) -> NoReturn:
    raise JsonError(f"{name} is not a JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise JsonError(f"the number {text} is out of range")
    return number


def _check_depth(value: Any, max_depth: int) -> None:
    level = _containers([value])
    for _depth in range(max_depth):
        if not level:
            return
        level = [
            inner
            for outer in level
            for inner in _containers(outer.values() if isinstance(outer, dict) else outer)
        ]
    if level:
        raise JsonError(f"nested deeper than {max_depth} levels")


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if isinstance(value, dict | list)]
