"""Mails to people: what was queued, what became of it, who does not want which.

A **run** composes the mails of a day or a week, step by step, and remembers how far it came. Each
mail is a **delivery**; it leaves at most once, and its row says what the mail server answered. What
a mail says is kept as **said**, by key, so that nothing is said twice even if a run is begun again.
Bodies are kept only as long as they may be needed.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.enums import DeliveryState, RunState, SkipReason


def stalled_before() -> dt.datetime:
    """A run that gave its last sign of life before this moment is stalled."""
    return timezone.now() - dt.timedelta(minutes=settings.NOTIFICATIONS_STALL_MINUTES)


class Run(models.Model):
    """The mails of one kind and period. `cursor` is where composing goes on; it is also what keeps
    two processes from composing the same step: only one of them can move it."""

    kind = models.CharField(_("nature"), max_length=32)
    period = models.CharField(_("période"), max_length=16)
    state = models.CharField(
        _("état"), max_length=9, choices=RunState.choices, default=RunState.COMPOSING
    )
    cursor = models.CharField(max_length=64, blank=True, default="")
    counts = models.JSONField(_("comptes"), default=dict)
    started_at = models.DateTimeField(_("commencé le"), default=timezone.now)
    heartbeat_at = models.DateTimeField(_("dernier signe de vie"), default=timezone.now)
    composed_at = models.DateTimeField(_("préparé le"), null=True)
    finished_at = models.DateTimeField(_("terminé le"), null=True)
    error = models.TextField(_("erreur"), blank=True, default="")

    class Meta:
        verbose_name = _("envoi groupé")
        verbose_name_plural = _("envois groupés")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "period"], name="run_once_per_period")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    @property
    def is_stalled(self) -> bool:
        """It should go on and gives no sign of life."""
        is_over = self.state not in (RunState.COMPOSING, RunState.SENDING)
        return not is_over and self.heartbeat_at < stalled_before()


class Delivery(models.Model):
    """One mail. `text` and `html` are emptied once it is sent: what somebody has to learn is
    nobody else's business, and the log needs only that a mail went out."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey(
        Run,
        on_delete=models.PROTECT,
        null=True,
        related_name="deliveries",
        verbose_name=_("envoi groupé"),
    )
    category = models.CharField(_("nature"), max_length=32)
    key = models.CharField(_("clé"), max_length=160, unique=True)
    recipient = models.UUIDField(_("destinataire"))
    address = models.EmailField(_("adresse"), blank=True, default="", db_index=True)
    reply_to = models.EmailField(_("répondre à"), blank=True, default="")
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("texte"), blank=True, default="")
    html = models.TextField(_("version HTML"), blank=True, default="")
    state = models.CharField(
        _("état"), max_length=9, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    skip_reason = models.CharField(
        _("motif"), max_length=12, choices=SkipReason.choices, blank=True, default=""
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    last_error = models.TextField(_("dernière erreur"), blank=True, default="")
    created_at = models.DateTimeField(_("créé le"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("prochain essai"), default=timezone.now)
    expires_at = models.DateTimeField(_("abandonné après le"))
    claimed_at = models.DateTimeField(_("pris en charge le"), null=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True)

    class Meta:
        verbose_name = _("courriel")
        verbose_name_plural = _("courriels")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state=DeliveryState.SKIPPED) & ~Q(skip_reason=""))
                | (~Q(state=DeliveryState.SKIPPED) & Q(skip_reason="")),
                name="delivery_has_a_reason_if_skipped",
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at=None)),
                name="delivery_has_a_time_if_sent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state=DeliveryState.QUEUED),
                name="delivery_queued",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=Q(state=DeliveryState.SENDING),
                name="delivery_claimed",
            ),
            models.Index(fields=["recipient", "created_at"]),
            models.Index(fields=["run", "state"]),
        ]

    def __str__(self) -> str:
        return self.address or str(self.uid)


class Said(models.Model):
    """Something that was said to somebody: the key of a reminder for one training and stage."""

    key = models.CharField(max_length=160, unique=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="said")

    class Meta:
        verbose_name = _("information donnée")
        verbose_name_plural = _("informations données")

    def __str__(self) -> str:
        return self.key


class Unsubscription(models.Model):
    """Somebody does not want the mails of a category."""

    recipient = models.UUIDField(_("destinataire"))
    category = models.CharField(_("nature"), max_length=32)
    created_at = models.DateTimeField(_("depuis le"), default=timezone.now)

    class Meta:
        verbose_name = _("désabonnement")
        verbose_name_plural = _("désabonnements")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "category"], name="unsubscription_once_per_category"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.category}"


class Wake(models.Model):
    """One row: when the task that is already queued will send, so that not each mail queues one."""

    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("réveil")
        verbose_name_plural = _("réveils")

    def __str__(self) -> str:
        return f"{self.at}"
