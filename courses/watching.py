"""How much of a video was played: plain arithmetic of segments, in seconds.

A browser proposes what it played; what it cannot have played in the time that went by is refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Segment = tuple[float, float]

COMPLETION_SHARE = 0.9
MAX_SPEED = 2.0
SLACK = 5.0  # seconds: clocks differ, and a page tells a little later than it plays
MAX_SEGMENTS = 200
MAX_EVENTS = 50
JOINED = 0.3  # seconds: a smaller gap is how a browser counts, and no gap
PLAYING = "playing"  # nothing happened: how far it is meanwhile
KINDS = frozenset({"played", "paused", "seeked", PLAYING})


class PlaybackInvalid(Exception):
    """What was posted is no playback."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a browser tells it, checked for its form."""

    key: str
    kind: str
    time: float
    time_from: float | None
    segments: tuple[Segment, ...]


def events_read(posted: Any, length: float) -> list[Told]:
    """The events in a posted body, in order.

    Raises PlaybackInvalid for anything else than ``{"events": [{"key", "kind", "time", "from",
    "segments"}]}`` with times inside the video.
    """
    events = posted.get("events") if isinstance(posted, dict) else None
    if not isinstance(events, list) or not 1 <= len(events) <= MAX_EVENTS:
        raise PlaybackInvalid("events")
    return [_told(event, length) for event in events]


def _told(event: Any, length: float) -> Told:
    if not isinstance(event, dict) or event.get("kind") not in KINDS:
        raise PlaybackInvalid("kind")
    key = event.get("key")
    if not isinstance(key, str) or not 1 <= len(key) <= 48 or not key.isprintable():
        raise PlaybackInvalid("key")
    segments = event.get("segments", [])
    if not isinstance(segments, list) or len(segments) > MAX_SEGMENTS:
        raise PlaybackInvalid("segments")
    return Told(
        key=key,
        kind=event["kind"],
        time=_seconds(event.get("time"), length),
        time_from=_seconds(event["from"], length) if "from" in event else None,
        segments=tuple(_segment(one, length) for one in segments),
    )


def _segment(value: Any, length: float) -> Segment:
    if not isinstance(value, list) or len(value) != 2:
        raise PlaybackInvalid("segment")
    start, end = _seconds(value[0], length), _seconds(value[1], length)
    if start > end:
        raise PlaybackInvalid("segment")
    return start, end


def _seconds(value: Any, length: float) -> float:
    """A time in the video; a player may report a moment more than the file's length."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise PlaybackInvalid("time")
    if not 0 <= value <= length + 1:
        raise PlaybackInvalid("time")
    return min(round(float(value), 3), length)


def merged(segments: Iterable[Segment]) -> list[Segment]:
    """The same seconds as segments in order that do not touch."""
    result: list[Segment] = []
    for start, end in sorted((start, end) for start, end in segments):  # JSON has lists
        if result and start <= result[-1][1] + JOINED:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        elif end > start:
            result.append((start, end))
    return result


def seconds_in(segments: Iterable[Segment]) -> float:
    return sum(end - start for start, end in segments)


def share_played(segments: Iterable[Segment], length: float) -> float:
    """From 0 to 1."""
    return min(1.0, seconds_in(segments) / length) if length > 0 else 0.0


def is_possible(before: Iterable[Segment], after: Iterable[Segment], elapsed: float) -> bool:
    """Whether so much more can have been played in `elapsed` seconds of anybody's clock."""
    return seconds_in(after) - seconds_in(before) <= elapsed * MAX_SPEED + SLACK


def pattern(segments: Iterable[Segment]) -> str:
    """Played segments as the video profile writes them, «0[.]12.5[,]40[.]61.2»."""
    return "[,]".join(f"{_plain(start)}[.]{_plain(end)}" for start, end in segments)


def _plain(seconds: float) -> str:
    """A number of seconds without an exponent and without needless zeros."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")
