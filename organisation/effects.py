"""From when on something counts otherwise, as the audit log keeps it: so many in each month.

Who reads what was known at a month's end wants to know how much of it was changed since.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

MOST = 60  # months told apart; what is older is told with the oldest of them


def effects_told(days: Iterable[dt.date]) -> list[str]:
    """«2026-05: 3» for each month, the oldest first."""
    counted = sorted(Counter(f"{day:%Y-%m}" for day in days if day < dt.date.max).items())
    old, told = counted[:-MOST], counted[-MOST:]
    if old:
        told[0] = (told[0][0], told[0][1] + sum(number for _month, number in old))
    return [f"{month}: {number}" for month, number in told]


def effects_until(told: object, day: dt.date) -> int:
    """How many of those told count otherwise on the last day of a month, `day`, already."""
    if not isinstance(told, list):
        return 0
    parts = (str(one).split(": ") for one in told)
    return sum(int(number) for month, number in parts if month <= f"{day:%Y-%m}")
