"""Who asked for the board's page of a place every month."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import ScopedModel


class ReportFormat(models.TextChoices):
    """What the mail leads to first."""

    SCREEN = "screen", _("La page à l’écran")
    PDF = "pdf", _("La feuille A4 (PDF)")
    TABLE = "xlsx", _("Le tableau détaillé (XLSX)")


class MonthlyReport(ScopedModel):
    """A subscription: she asked for it herself, and ends it as easily."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="monthly_reports",
        verbose_name=_("compte"),
    )
    format = models.CharField(
        _("format"), max_length=8, choices=ReportFormat.choices, default=ReportFormat.SCREEN
    )
    created_at = models.DateTimeField(_("demandé le"), default=timezone.now)

    class Meta(ScopedModel.Meta):
        verbose_name = _("bilan mensuel par courriel")
        verbose_name_plural = _("bilans mensuels par courriel")
        ordering = ["pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            # Coalesced, because two NULLs differ in a plain unique constraint.
            models.UniqueConstraint(
                "user",
                "scope",
                Coalesce("department", 0),
                Coalesce("establishment", 0),
                Coalesce("region", 0),
                name="monthly_report_once_per_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.scope}"
