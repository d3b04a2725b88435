"""An objective: which share of whom is to be up to date in what, by when, in one scope."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from organisation.enums import ScopeKind
from organisation.models import RoleFamily, ScopedModel, StaffRole
from training.models import Trainable

NEAR = (ScopeKind.DEPARTMENT, ScopeKind.ESTABLISHMENT)


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def standing(self) -> ObjectiveQuerySet:
        """Those that nobody ended; one that was reached, or whose day is past, still stands."""
        return self.filter(ended_at=None)


class Objective(ScopedModel):
    """Without role and family it is of everybody, without training of all that is asked."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role_family = models.ForeignKey(
        RoleFamily,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("filière"),
    )
    role = models.ForeignKey(
        StaffRole,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("métier"),
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("formation"),
    )
    percent = models.PositiveSmallIntegerField(
        _("part visée (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    due_on = models.DateField(_("échéance"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("fixé par"),
    )
    set_at = models.DateTimeField(_("fixé le"))
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("terminé par"),
    )
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta(ScopedModel.Meta):
        verbose_name = _("objectif")
        verbose_name_plural = _("objectifs")
        ordering = ["due_on", "pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role=None) | Q(role_family=None, scope__in=NEAR),
                name="objective_of_a_role_is_near",
                violation_error_message=_("Un métier précis ne se suit que dans un établissement."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1, percent__lte=100), name="objective_percent_is_one"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="objective_says_who_ended_it",
            ),
            models.UniqueConstraint(
                "scope",
                Coalesce("department", 0),
                Coalesce("establishment", 0),
                Coalesce("region", 0),
                Coalesce("role_family", 0),
                Coalesce("role", 0),
                Coalesce("trainable", 0),
                condition=Q(ended_at=None),
                name="objective_stands_once",
                violation_error_message=_(
                    "Un objectif en cours porte déjà sur ces personnes et ce module : modifiez-le."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent} % {self.due_on:%Y-%m-%d}"
