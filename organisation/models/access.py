"""Grants."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import GrantRight

from .scopes import ScopedModel


class GrantQuerySet(models.QuerySet["Grant"]):
    def at(self, day: dt.date) -> GrantQuerySet:
        """Those that hold at `day`."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gt=day))


class Grant(ScopedModel):
    """An account may do something in a scope over ``[starts_on, ends_on)``."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="grants",
        verbose_name=_("compte"),
    )
    right = models.CharField(_("droit"), max_length=24, choices=GrantRight.choices)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="grants_given",
        verbose_name=_("accordée par"),
    )

    objects = GrantQuerySet.as_manager()

    class Meta(ScopedModel.Meta):
        verbose_name = _("habilitation")
        verbose_name_plural = _("habilitations")
        ordering = ["-starts_on", "pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            models.CheckConstraint(
                # Equal dates are a grant taken back on the day it was given: it holds on no day.
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="grant_does_not_end_before_it_starts",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_right_display()} ({self.place or self.get_scope_display()})"
