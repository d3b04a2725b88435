"""A scope: a department, an establishment, a region, or the nation.

Grants and requirements have one. The columns are the same and the database checks that exactly the
place that the kind names is filled.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import ScopeKind

from .places import Department, Establishment, Region

PLACE_FIELDS = ("department", "establishment", "region")


def scope_condition() -> Q:
    """The condition of the constraint: the place of the kind is set, and no other."""
    condition = Q()
    for kind in ScopeKind.values:
        places = {f"{field}__isnull": field != kind for field in PLACE_FIELDS}
        condition |= Q(scope=kind, **places)
    return condition


class ScopedModel(models.Model):
    """Abstract: something that holds in one scope."""

    scope = models.CharField(_("portée"), max_length=16, choices=ScopeKind.choices)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("service"),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("établissement"),
    )
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("région"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=scope_condition(),
                name="%(app_label)s_%(class)s_scope_names_its_place",
                violation_error_message=_("Indiquez le lieu de la portée choisie, et lui seul."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        for field in PLACE_FIELDS:
            is_set = getattr(self, f"{field}_id") is not None
            if field == self.scope and not is_set:
                errors[field] = _("À préciser pour cette portée.")
            elif field != self.scope and is_set:
                errors[field] = _("À laisser vide pour cette portée.")
        if errors:
            raise ValidationError(errors)

    @property
    def place(self) -> Department | Establishment | Region | None:
        """The place itself; None for the nation."""
        if self.scope == ScopeKind.NATION:
            return None
        place: Department | Establishment | Region = getattr(self, self.scope)
        return place
