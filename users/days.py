"""Days in words."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.dateformat import format as date_format


def long_day(day: dt.date) -> str:
    """«1er octobre 2026»."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {date_format(day, 'F Y')}"


def long_moment(moment: dt.datetime) -> str:
    """«1er mars 2026, 10:12», here."""
    here = timezone.localtime(moment)
    return f"{long_day(here)}, {here:%H:%M}"
