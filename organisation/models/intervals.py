"""Rows that hold over a half-open interval of days, ``[starts_on, ends_on)``.

An interval may be empty: what was begun by mistake ends on its first day, and never held.
"""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

Dated = TypeVar("Dated", bound=models.Model)


class DatedQuerySet(models.QuerySet[Dated]):
    def at(self, day: dt.date) -> Self:
        """Those that hold at `day`: begun on or before it, and ending after it."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


def interval_constraint(name: str) -> models.CheckConstraint:
    """The interval does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message=_("La fin ne peut pas précéder le début."),
    )
