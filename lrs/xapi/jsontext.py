"""JSON text, read strictly: what two readers could understand differently is refused.

Part Two 2.2 asks for RFC 7159 JSON; a repeated key, NaN, a number out of range or half a surrogate
pair would be stored as something else than what was sent.

msgspec reads and writes four to six times faster than the standard library, which stays the judge:
what msgspec refuses, or what might hold a repeated key, is read again by the strict reader, and its
answer counts (docs/adr/0010-validation-by-measurement.md).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

import msgspec

MAX_DEPTH = 100

_DECODER = msgspec.json.Decoder()
_FAST_ENCODER = msgspec.json.Encoder()
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
)
_COLON_IN_DISGUISE = (b"\\u003a", b"\\u003A")


class JsonError(ValueError):
    """The text is no JSON that can be stored as it was sent; the message says why."""


def loads(text: str | bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """Read strict JSON, at most `max_depth` arrays and objects deep. Raises JsonError."""
    try:
        source = text.encode() if isinstance(text, str) else text
        value = _DECODER.decode(source)
        is_sure = _has_no_repeated_key(source, value)
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        is_sure = False
    if not is_sure:
        return _loads_strictly(text, max_depth)
    if _containers_at_most(source) > max_depth and not _is_flat_batch(value, max_depth):
        _check_depth(value, max_depth)
    return value


def dumps(value: Any) -> str:
    """Compact JSON text in UTF-8's own characters, keys in the order they came in.

    Raises ValueError for NaN and infinities.
    """
    written = _FAST_ENCODER.encode(value)
    if b"null" in written:  # which is how msgspec writes NaN too
        return _ENCODER.encode(value)
    return written.decode()


def _has_no_repeated_key(source: bytes, value: Any) -> bool:
    """Whether it is certain that reading `source` to `value` dropped no key.

    Written again, the value has as many colons as its source, one after each key and those inside
    strings; a dropped key would be missing. Only a colon that the source writes as an escape could
    make up for it, so then nothing is certain.
    """
    if b"\\" in source and any(colon in source for colon in _COLON_IN_DISGUISE):
        return False
    return source.count(b":") == _FAST_ENCODER.encode(value).count(b":")


def _loads_strictly(text: str | bytes, max_depth: int) -> Any:
    try:
        source = text.decode("utf-8") if isinstance(text, bytes) else text
        value = json.loads(
            source,
            object_pairs_hook=_unique_keys,
            parse_constant=_constant,
            parse_float=_finite,
        )
        _check_depth(value, max_depth)
        dumps(value).encode("utf-8")  # which half a surrogate pair does not survive
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


def _containers_at_most(source: bytes) -> int:
    """No fewer than the arrays and objects in a text, for some brackets may stand in strings."""
    return source.count(b"{") + source.count(b"[")


def _is_flat_batch(value: Any, max_depth: int) -> bool:
    """Whether each item of a list has too few containers to be too deep; cheaper than a walk."""
    return value.__class__ is list and all(
        _containers_at_most(_FAST_ENCODER.encode(item)) < max_depth for item in value
    )


def _check_depth(value: Any, max_depth: int) -> None:
    level = _containers([value])
    for _depth in range(max_depth):
        if not level:
            return
        level = [
            inner
            for outer in level
            for inner in _containers(outer.values() if outer.__class__ is dict else outer)
        ]
    if level:
        raise JsonError(f"nested deeper than {max_depth} levels")


def _containers(values: Iterable[Any]) -> list[Any]:
    return [value for value in values if value.__class__ is dict or value.__class__ is list]
