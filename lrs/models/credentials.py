"""The credentials that outside systems use.

A credential is never deleted, for statements point to it: it expires or is revoked.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lrs.enums import WRITING_SCOPES, CredentialScope, CredentialState

EXPIRES_SOON = dt.timedelta(days=30)


def scopes_validate(value: Any) -> None:
    """A list of `CredentialScope` values, each once, at least one."""
    if not isinstance(value, list) or not value:
        raise ValidationError(_("Choisissez au moins un droit."))
    if any(scope not in CredentialScope.values for scope in value):
        raise ValidationError(_("Ce droit n’existe pas."))
    if len(set(value)) < len(value):
        raise ValidationError(_("Un droit ne se donne qu’une fois."))


def _any_scope_of(scopes: frozenset[CredentialScope]) -> Q:
    """Whether the list holds one of these, in words that both databases have.

    Their JSON operators differ; the quotes keep «all» from being found in «all/read».
    """
    condition = Q()
    for scope in sorted(scopes):
        condition |= Q(scopes__icontains=f'"{scope}"')
    return condition


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Credentials by their state at a moment, as `Credential.state_at` tells it."""

    def in_state(self, state: CredentialState, moment: dt.datetime) -> CredentialQuerySet:
        expired = Q(expires_at__lte=moment)
        soon = Q(expires_at__gt=moment, expires_at__lte=moment + EXPIRES_SOON)
        match state:
            case CredentialState.REVOKED:
                return self.filter(revoked_at__isnull=False)
            case CredentialState.EXPIRED:
                return self.filter(expired, revoked_at=None)
            case CredentialState.EXPIRES_SOON:
                return self.filter(soon, revoked_at=None)
            case CredentialState.ACTIVE:
                return self.filter(revoked_at=None).exclude(expired | soon)


class Credential(models.Model):
    """A key and a secret with which an outside system speaks to the store.

    The secret is random and long, so that its SHA-256 is enough: there is nothing to guess, and no
    request pays for a slow password hash. After a rotation the secret before may be good for a
    while longer, so that the outside system can change over without an interruption.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("nom"), max_length=120, help_text=_("Le système qui utilise cet accès.")
    )
    key = models.CharField(_("clé"), max_length=64, unique=True, editable=False)
    secret_hash = models.CharField(_("empreinte du secret"), max_length=64, editable=False)
    previous_secret_hash = models.CharField(
        _("empreinte du secret précédent"), max_length=64, blank=True, editable=False
    )
    previous_secret_until = models.DateTimeField(
        _("secret précédent valable jusqu’au"), null=True, editable=False
    )
    scopes = models.JSONField(_("droits"), validators=[scopes_validate])
    is_trusted = models.BooleanField(
        _("peut valider des formations"),
        default=False,
        help_text=_(
            "Les traces de ce système peuvent valider une formation. Suppose un droit d’écriture."
        ),
    )
    establishment_scope = models.CharField(
        _("établissement"),
        max_length=32,
        blank=True,
        help_text=_(
            "Numéro FINESS de l’établissement que ce système concerne, s’il n’y en a qu’un."
        ),
    )
    expires_at = models.DateTimeField(
        _("expire le"),
        null=True,
        blank=True,
        help_text=_("Vide : l’accès vaut jusqu’à sa révocation."),
    )
    created_at = models.DateTimeField(_("créé le"), auto_now_add=True)
    rotated_at = models.DateTimeField(_("secret renouvelé le"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("révoqué le"), null=True, editable=False)
    revocation_reason = models.CharField(
        _("motif de révocation"), max_length=255, blank=True, editable=False
    )
    last_used_at = models.DateTimeField(_("dernière utilisation"), null=True, editable=False)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        verbose_name = _("accès xAPI")
        verbose_name_plural = _("clés d’accès xAPI")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_trusted=False) | _any_scope_of(WRITING_SCOPES),
                name="credential_trusted_may_write",
                violation_error_message=_("Seul un accès en écriture peut valider des formations."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revocation_reason="")
                | (Q(revoked_at__isnull=False) & ~Q(revocation_reason="")),
                name="credential_revoked_for_a_reason",
                violation_error_message=_("Indiquez le motif de la révocation."),
            ),
            models.CheckConstraint(
                condition=Q(previous_secret_hash="", previous_secret_until=None)
                | (~Q(previous_secret_hash="") & Q(previous_secret_until__isnull=False)),
                name="credential_previous_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    @property
    def scope_labels(self) -> list[str]:
        """What the credential may do, in words, in the order of the standard."""
        return [str(scope.label) for scope in CredentialScope if scope in self.scopes]

    @property
    def state(self) -> CredentialState:
        return self.state_at(timezone.now())

    def state_at(self, moment: dt.datetime) -> CredentialState:
        if self.revoked_at is not None:
            return CredentialState.REVOKED
        if self.expires_at is None:
            return CredentialState.ACTIVE
        if self.expires_at <= moment:
            return CredentialState.EXPIRED
        is_near = self.expires_at <= moment + EXPIRES_SOON
        return CredentialState.EXPIRES_SOON if is_near else CredentialState.ACTIVE

    def previous_secret_ends(self, moment: dt.datetime) -> dt.datetime | None:
        """Until when the secret before the last rotation is good; None if it is not any more."""
        end = self.previous_secret_until
        return end if end is not None and moment < end else None
