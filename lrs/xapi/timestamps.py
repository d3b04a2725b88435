"""Timestamps: text to a point in time, and back (Part Two 4.5; RFC 3339 in xAPI 2.0).

Points in time are aware datetimes in UTC, to the microsecond; further digits are cut, which the
standard allows beyond the millisecond.
"""

from __future__ import annotations

import datetime as dt
import re

_OFFSET = r"[+-](?:[01]\d|2[0-3])(?:{colon}[0-5]\d){many}"
_EXTENDED_OFFSET = _OFFSET.format(colon=":?", many="?")
_BASIC_OFFSET = _OFFSET.format(colon="", many="?")
_STRICT_OFFSET = _OFFSET.format(colon=":", many="")

_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d+)?Z", re.ASCII)
_EXTENDED = re.compile(
    rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?P<offset>Z|{_EXTENDED_OFFSET})?", re.ASCII
)
_BASIC = re.compile(
    rf"\d{{8}}T\d{{4}}(?:\d\d(?:[.,]\d+)?)?(?P<offset>Z|{_BASIC_OFFSET})?", re.ASCII
)
_RFC_3339 = re.compile(
    rf"\d{{4}}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?P<offset>[Zz]|{_STRICT_OFFSET})", re.ASCII
)
_NORMAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{1,6})?Z", re.ASCII)
_NEGATIVE_ZERO = re.compile(r"-00(?::?00)?")
_LEAP_SECOND = re.compile(r"([Tt]\d\d:?\d\d:?)60")


def parse(text: str, *, strict: bool = False) -> dt.datetime:
    """The point in time that `text` names, in UTC.

    `strict` asks for RFC 3339, as xAPI 2.0 does: seconds and an offset must be there. Without it
    ISO 8601 is enough, in its extended or basic form, and no offset means UTC (Part Two 4.5).
    An offset of -00:00 is refused: ISO 8601 knows no negative zero.

    Raises ValueError for anything else.
    """
    if _UTC.fullmatch(text):  # as nearly every client writes it, in both versions
        return dt.datetime.fromisoformat(text)
    match = _match(text, strict=strict)
    if match is None:
        raise ValueError("not a date and time in the form of the standard")
    if _NEGATIVE_ZERO.fullmatch(match["offset"] or ""):
        raise ValueError("the offset of UTC is Z or +00:00, never -00:00")
    return _to_utc(text)


def _match(text: str, *, strict: bool) -> re.Match[str] | None:
    if strict:
        return _RFC_3339.fullmatch(text)
    return _EXTENDED.fullmatch(text) or _BASIC.fullmatch(text)


def _to_utc(text: str) -> dt.datetime:
    leap = dt.timedelta()
    if _LEAP_SECOND.match(text, text.upper().index("T")):
        text, leap = _LEAP_SECOND.sub(r"\g<1>59", text, count=1), dt.timedelta(seconds=1)
    moment = dt.datetime.fromisoformat(text.upper())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    try:
        return moment.astimezone(dt.UTC) + leap
    except OverflowError as error:
        raise ValueError("out of range") from error


def format_utc(moment: dt.datetime) -> str:
    """`moment` as RFC 3339 in UTC with microseconds, such as ``2026-03-01T08:30:00.000000Z``."""
    if moment.tzinfo is not dt.UTC:
        moment = moment.astimezone(dt.UTC)
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def normalise(text: str) -> str:
    """A valid timestamp in UTC, untouched when it already is (Part Two 4.5.s1.b6)."""
    return text if _NORMAL.fullmatch(text) else format_utc(parse(text))
