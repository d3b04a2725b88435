"""Grants."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import GrantRight

from .intervals import DatedQuerySet, interval_constraint
from .scopes import ScopedModel


class GrantQuerySet(DatedQuerySet["Grant"]):
    pass


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
            interval_constraint("grant_does_not_end_before_it_starts"),
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("user")),
                name="grant_is_given_by_somebody_else",
                violation_error_message=_("Personne ne s’habilite soi-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_right_display()} ({self.place or self.get_scope_display()})"
