"""Forwarding: other record stores, and what is on its way to them.

A `Forward` is a destination. Whoever stores a statement writes, in the same transaction, an
`OutboxRow` for each destination that wants it; a worker sends the rows in order of the sequence,
keeping the order of each registration. A `Replay` puts a span of the past into the outbox; each
new destination begins with one, which covers the moments in which writers did not know of it yet.

Nothing is deleted here but rows that were sent long ago: a destination that is no longer wanted is
closed.
"""

from __future__ import annotations

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lrs.enums import DeliveryState, ForwardState, TargetVersion
from lrs.models.statements import Statement
from lrs.xapi.validation import formats


def endpoint_validate(value: str) -> None:
    """An https address without user, query or fragment; http only on this very machine.

    The key travels in each request, so it must not cross a network in clear. Who may enter the
    address is an operator, who may choose an internal one; nothing of an answer is shown to others.
    """
    try:
        parts = urlsplit(value)
        _port = parts.port
    except ValueError as error:
        raise ValidationError(_("Cette adresse ne peut pas être lue.")) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValidationError(_("Indiquez une adresse qui commence par https://."))
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise ValidationError(
            _("La clé circulerait en clair : http:// n’est admis que sur cette machine.")
        )
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValidationError(_("L’adresse ne doit contenir ni identifiant, ni paramètre."))


def iris_validate(value: Any) -> None:
    """A list of IRIs."""
    if not isinstance(value, list) or not all(
        isinstance(item, str) and formats.is_iri(item) for item in value
    ):
        raise ValidationError(_("Indiquez un IRI complet par ligne (https://…)."))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Forward(models.Model):
    """A destination: another record store that receives statements from here.

    `verbs` and `activities` limit what it receives; an empty list limits nothing. `failures` counts
    the requests that failed since the last success and rules the wait until `next_attempt_at`.
    `lease_*`: the worker that sends at the moment, for there is at most one. `wake_at`: when the
    task that is already in the queue will run, so that not every statement queues one; `watch_at`:
    when one will look whether a worker was killed.
    """

    name = models.CharField(_("nom"), max_length=120, unique=True)
    endpoint = models.CharField(
        _("adresse"),
        max_length=500,
        validators=[endpoint_validate],
        help_text=_("Par exemple https://lrs.exemple.fr/xapi/, sans « statements »."),
    )
    key = models.CharField(_("clé"), max_length=255)
    sealed_secret = models.TextField(_("secret chiffré"), editable=False)
    version = models.CharField(
        _("version xAPI"), max_length=8, choices=TargetVersion.choices, default=TargetVersion.V2
    )
    verbs = models.JSONField(_("verbes"), default=list, blank=True, validators=[iris_validate])
    activities = models.JSONField(
        _("activités"), default=list, blank=True, validators=[iris_validate]
    )
    state = models.CharField(
        _("état"),
        max_length=8,
        choices=ForwardState.choices,
        default=ForwardState.ACTIVE,
        editable=False,
    )
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    active_since = models.DateTimeField(default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(_("échecs de suite"), default=0, editable=False)
    next_attempt_at = models.DateTimeField(_("prochain essai"), null=True, editable=False)
    last_success_at = models.DateTimeField(_("dernier succès"), null=True, editable=False)
    last_error = models.TextField(_("dernière erreur"), blank=True, editable=False)
    last_error_at = models.DateTimeField(_("erreur survenue le"), null=True, editable=False)
    last_status = models.PositiveSmallIntegerField(null=True, editable=False)
    wake_at = models.DateTimeField(null=True, editable=False)
    watch_at = models.DateTimeField(null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("destination")
        verbose_name_plural = _("destinations")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class OutboxRow(models.Model):
    """One statement on its way to one destination.

    `attempts` counts how often it was sent alone; `answer_*` is what the destination answered then.
    """

    forward = models.ForeignKey(
        Forward, on_delete=models.PROTECT, related_name="outbox", db_index=False
    )
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    registration = models.UUIDField(_("inscription"), null=True)
    state = models.CharField(
        _("état"), max_length=9, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_attempt_at = models.DateTimeField(_("prochain essai"), null=True)
    answer_status = models.PositiveSmallIntegerField(_("code"), null=True)
    answer_text = models.TextField(_("réponse"), blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True)
    sent_at = models.DateTimeField(_("transmise le"), null=True)

    class Meta:
        verbose_name = _("trace à transmettre")
        verbose_name_plural = _("traces à transmettre")
        ordering = ["statement_id"]
        constraints = [
            models.UniqueConstraint(fields=["forward", "statement"], name="outbox_once"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at=None)),
                name="outbox_sent_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["forward", "statement"],
                name="outbox_waiting",
                condition=Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["forward", "statement"],
                name="outbox_set_aside",
                condition=Q(state=DeliveryState.SET_ASIDE),
            ),
            models.Index(
                fields=["sent_at"], name="outbox_sent", condition=Q(state=DeliveryState.SENT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forward_id} ← {self.statement_id}"


class Replay(models.Model):
    """A span of the past that is put into a destination's outbox, after `since`, up to `until`.

    `sends_again`: what was sent or set aside before is sent once more. Else only what is missing
    is added, which is how a new destination begins; its `until` is set by the worker.
    `position_sequence` is how far it has come.
    """

    forward = models.ForeignKey(Forward, on_delete=models.PROTECT, related_name="replays")
    since = models.DateTimeField(_("depuis"))
    until = models.DateTimeField(_("jusqu’à"), null=True)
    sends_again = models.BooleanField(default=True)
    total = models.PositiveIntegerField(_("traces de la période"), default=0)
    read = models.PositiveIntegerField(_("traces lues"), default=0)
    queued = models.PositiveIntegerField(_("traces à transmettre"), default=0)
    position_sequence = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(_("demandé le"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    finished_at = models.DateTimeField(_("terminé le"), null=True)

    class Meta:
        verbose_name = _("rejeu")
        verbose_name_plural = _("rejeux")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="replay_until_after_since",
            )
        ]

    def __str__(self) -> str:
        return f"{self.since} – {self.until}"
