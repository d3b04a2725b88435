"""Days, for every room's templates."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils import timezone

from users.days import long_day

register = template.Library()


@register.filter(name="long_day")
def long_day_here(day: dt.date) -> str:
    """«1er octobre 2026», of a day or of a moment."""
    return long_day(timezone.localtime(day) if isinstance(day, dt.datetime) else day)
