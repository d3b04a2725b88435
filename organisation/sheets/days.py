"""Dates as spreadsheets and HR software write them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

_PARTS = re.compile(r"^(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[ T]\d{1,2}[:hH.]\d{2}.*)?$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SERIAL = re.compile(r"^\d{5}(?:[.,]\d+)?$")
_NONE = re.compile(r"^[0\-/. ]*$")
_EPOCH = dt.date(1899, 12, 30)  # day 0 of spreadsheets, which hold 1900 for a leap year
_SERIALS = range(1, 120_000)
FOREVER = 2100
"""From this year on a date means «never», such as 31/12/9999."""

YEARS_AHEAD = 5
"""Of two figures: a year up to so far ahead is of this century, a later one of the last."""


class DayOrder(models.TextChoices):
    """How dates written with figures are read; a year of four figures in front is always that."""

    DAY_FIRST = "dmy", _("jour, mois, année (31/12/2026)")
    MONTH_FIRST = "mdy", _("mois, jour, année (12/31/2026)")
    YEAR_FIRST = "ymd", _("année, mois, jour (26/12/31)")


def day_of(value: Any, order: DayOrder, *, today: dt.date) -> dt.date | None:
    """The day a cell says; None for none at all. Raises ValueError if it is no date."""
    if value is None:
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float):
        return _of_serial(float(value))
    text = str(value).strip()
    if _NONE.match(text):
        return None
    if _SERIAL.match(text):
        return _of_serial(float(text.replace(",", ".")))
    compact = _COMPACT.match(text)
    if compact:
        return dt.date(*map(int, compact.groups()))
    parts = _PARTS.match(text)
    if not parts:
        raise ValueError(text)
    return _of_parts(parts.groups(), order, today)


def guess_order(values: Iterable[Any], preferred: DayOrder) -> DayOrder:
    """The order in which all of these can be read: the preferred one if it can."""
    texts = [str(value).strip() for value in values if isinstance(value, str)]
    for order in (preferred, *DayOrder):
        if all(_is_readable(text, order) for text in texts):
            return order
    return preferred


def _is_readable(text: str, order: DayOrder) -> bool:
    try:
        day_of(text, order, today=dt.date(2000, 1, 1))
    except ValueError:
        return not _PARTS.match(text)  # what is no date at all says nothing about the order
    return True


def _of_serial(value: float) -> dt.date | None:
    if value == 0:
        return None
    if int(value) not in _SERIALS:
        raise ValueError(value)
    return _EPOCH + dt.timedelta(days=int(value))


def _of_parts(parts: tuple[str, ...], order: DayOrder, today: dt.date) -> dt.date:
    first, second, third = parts
    if len(first) == 4 or order == DayOrder.YEAR_FIRST:
        year, month, day = first, second, third
    elif order == DayOrder.MONTH_FIRST:
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    if len(year) == 3 or len(day) > 2:
        raise ValueError(parts)
    return dt.date(_year(year, today), int(month), int(day))


def _year(figures: str, today: dt.date) -> int:
    """The year; of two figures, that of the century in which it makes sense."""
    year = int(figures)
    if len(figures) == 4:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year + YEARS_AHEAD else century - 100 + year
