"""That a manager asked for people to be reminded: where, of what, and how many it was to reach."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import ScopeKind
from organisation.models import RoleFamily, ScopedModel, StaffRole
from training.models import Trainable


class Reminding(ScopedModel):
    """`uid` is that of the form, so that a form that is sent twice asks once. The filters are those
    of the list: empty ones mean everybody, and everything."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    role_family = models.ForeignKey(
        RoleFamily, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.ForeignKey(
        StaffRole, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    trainable = models.ForeignKey(
        Trainable, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_overdue_only = models.BooleanField(_("en retard seulement"), default=False)
    people = models.PositiveIntegerField(_("agents sur la liste"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("demandée par"),
    )
    asked_at = models.DateTimeField(_("demandée le"))

    class Meta(ScopedModel.Meta):
        verbose_name = _("relance")
        verbose_name_plural = _("relances")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(scope__in=[ScopeKind.DEPARTMENT, ScopeKind.ESTABLISHMENT]),
                name="reminding_is_of_people_one_knows",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"])]

    def __str__(self) -> str:
        return f"{self.place} {self.asked_at:%Y-%m-%d}"
