"""What can be required and completed.

A `Trainable` is the stable identity of a training: its page may be rewritten, moved or deleted, the
evidence stays. A `Requirement` says who has to take it, in which scope, and for how long a
completion counts. A `Completion` is a projection of the statement that proves it.
"""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Person, RoleFamily, ScopedModel, StaffRole
from organisation.models.intervals import DatedQuerySet, interval_constraint
from training.enums import Provenance


class Trainable(models.Model):
    """Something that can be required and completed; today, a module."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("titre"), max_length=255)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)

    class Meta:
        verbose_name = _("formation")
        verbose_name_plural = _("formations")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class RequirementQuerySet(DatedQuerySet["Requirement"]):
    pass


class Requirement(ScopedModel):
    """People of these roles or families, in this scope, have to take this training."""

    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="requirements",
        verbose_name=_("formation"),
    )
    roles = models.ManyToManyField(
        StaffRole, blank=True, related_name="requirements", verbose_name=_("métiers")
    )
    role_families = models.ManyToManyField(
        RoleFamily, blank=True, related_name="requirements", verbose_name=_("filières")
    )
    due_days = models.PositiveIntegerField(
        _("délai (jours)"),
        default=90,
        help_text=_("Jours laissés à partir du début de l’obligation ou de l’affectation."),
    )
    validity_months = models.PositiveSmallIntegerField(
        _("validité (mois)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Vide : une formation validée le reste."),
    )
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta(ScopedModel.Meta):
        verbose_name = _("obligation de formation")
        verbose_name_plural = _("obligations de formation")
        ordering = ["trainable__title", "pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            interval_constraint("requirement_does_not_end_before_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.trainable} ({self.place or self.get_scope_display()})"


class Completion(models.Model):
    """Projection: this person completed this training then; the statement is the evidence."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="completions", verbose_name=_("agent")
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="completions",
        verbose_name=_("formation"),
    )
    completed_at = models.DateTimeField(_("validée le"))
    score_scaled = models.FloatField(
        _("score"),
        null=True,
        validators=[MinValueValidator(-1), MaxValueValidator(1)],
        help_text=_("Entre -1 et 1, comme dans la trace."),
    )
    provenance = models.CharField(
        _("provenance"), max_length=16, choices=Provenance.choices, default=Provenance.OBSERVED
    )
    statement_id = models.UUIDField(_("trace"), unique=True)

    class Meta:
        verbose_name = _("formation validée")
        verbose_name_plural = _("formations validées")
        ordering = ["-completed_at", "pk"]
        indexes = [models.Index(fields=["trainable", "person", "completed_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.trainable_id} {self.completed_at:%Y-%m-%d}"
