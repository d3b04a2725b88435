"""Durations, as ISO 8601 writes them (Part Two 4.6)."""

from __future__ import annotations

import datetime as dt

_HUNDREDTH = dt.timedelta(milliseconds=10)


def written(time: dt.timedelta) -> str:
    """`time` in seconds, to the hundredth that is over: two stores compare no further (4.6).

    A time below zero, which clocks that were set back give, is none.
    """
    seconds, rest = divmod(max(0, time // _HUNDREDTH), 100)
    return f"PT{seconds}.{rest:02d}S" if rest else f"PT{seconds}S"
