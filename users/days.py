"""Days in words."""

from __future__ import annotations

import datetime as dt

from django.utils.dateformat import format as date_format


def long_day(day: dt.date) -> str:
    """«1er octobre 2026»."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {date_format(day, 'F Y')}"
