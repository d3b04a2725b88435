"""Erasures that people ask for, and what the retention periods did."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ErasureRequest(models.Model):
    """The holder of an account asks that her identity be erased. Until it is done she may think
    better of it; afterwards the row says only that it was."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="erasure_requests",
        verbose_name=_("compte"),
    )
    asked_at = models.DateTimeField(_("demandé le"))
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True)
    done_at = models.DateTimeField(_("effectué le"), null=True)

    class Meta:
        verbose_name = _("demande d’effacement")
        verbose_name_plural = _("demandes d’effacement")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(withdrawn_at=None, done_at=None),
                name="erasure_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(done_at=None),
                name="erasure_withdrawn_or_done_never_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"

    def due_at(self, after: dt.timedelta) -> dt.datetime:
        return self.asked_at + after


class RetentionRun(models.Model):
    """One rule, applied once: what was older than `before` is gone. `count` is how much it was;
    with an `error` it is unknown, and the next run goes on."""

    rule = models.CharField(_("règle"), max_length=40)
    at = models.DateTimeField(_("date"), db_index=True)
    before = models.DateTimeField(_("antérieur au"))
    count = models.PositiveIntegerField(_("effacés"), null=True)
    error = models.TextField(_("erreur"), blank=True, default="")

    class Meta:
        verbose_name = _("application d’une durée de conservation")
        verbose_name_plural = _("applications des durées de conservation")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["rule", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__isnull=False, error="") | (Q(count=None) & ~Q(error="")),
                name="retention_run_has_a_count_or_an_error",
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.at:%Y-%m-%d}"


class RetentionTimer(models.Model):
    """One row: until when a run is queued already."""

    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("minuterie")
        verbose_name_plural = _("minuteries")

    def __str__(self) -> str:
        return f"{self.at}"
