"""Somebody asks for a role in her hospital, and somebody above decides."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import RequestState
from organisation.roles_of_access import Role, RoleKey, role_of

from .places import Establishment


class AccessRequest(models.Model):
    """An account asks for a role in an establishment, with her proof.

    `proof` is the name of a file in the private storage, empty where there is none or where it was
    deleted since (`proof_deleted_at`). `decided_at` is when the request left the queue, whoever
    took it out: she who withdrew it, or she who decided.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="access_requests",
        verbose_name=_("compte"),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="access_requests",
        verbose_name=_("établissement"),
    )
    role = models.CharField(_("rôle demandé"), max_length=24, choices=RoleKey.choices)
    function = models.CharField(_("fonction"), max_length=120)
    message = models.TextField(_("message"), max_length=2000, blank=True, default="")
    proof = models.CharField(max_length=80, blank=True, default="", editable=False)
    proof_deleted_at = models.DateTimeField(_("justificatif effacé le"), null=True, editable=False)
    state = models.CharField(
        _("état"), max_length=12, choices=RequestState.choices, default=RequestState.PENDING
    )
    requested_at = models.DateTimeField(_("demandée le"))
    decided_at = models.DateTimeField(_("close le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_requests_decided",
        verbose_name=_("close par"),
    )
    reason = models.TextField(_("motif"), max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = _("demande d’accès")
        verbose_name_plural = _("demandes d’accès")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "establishment"],
                condition=Q(state=RequestState.PENDING),
                name="access_request_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.PENDING, decided_at=None, decided_by=None)
                | (
                    ~Q(state=RequestState.PENDING)
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
                name="access_request_closed_says_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["state", "establishment"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.establishment_id}: {self.state}"

    @property
    def is_pending(self) -> bool:
        return self.state == RequestState.PENDING

    @property
    def asked(self) -> Role:
        return role_of(self.role)
