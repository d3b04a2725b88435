"""The credentials that outside systems use."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lrs.enums import CredentialScope


class Credential(models.Model):
    """A key and a secret with which an outside system speaks to the store.

    The secret is random and long, so that its SHA-256 is enough: there is nothing to guess, and no
    request pays for a slow password hash.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=120)
    key = models.CharField(_("clé"), max_length=64, unique=True)
    secret_hash = models.CharField(_("empreinte du secret"), max_length=64, editable=False)
    scope = models.CharField(_("droits"), max_length=32, choices=CredentialScope.choices)
    is_trusted = models.BooleanField(
        _("peut valider des formations"),
        default=False,
        help_text=_("Les traces de ce système peuvent valider une formation."),
    )
    establishment_scope = models.CharField(
        _("établissement"),
        max_length=32,
        blank=True,
        help_text=_("Numéro FINESS de l’établissement que ce système concerne."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("dernière utilisation"), null=True, editable=False)

    class Meta:
        verbose_name = _("accès xAPI")
        verbose_name_plural = _("accès xAPI")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_trusted=False)
                | Q(scope__in=[CredentialScope.STATEMENTS_WRITE, CredentialScope.ALL]),
                name="credential_trusted_may_write",
                violation_error_message=_("Seul un accès en écriture peut valider des formations."),
            )
        ]

    def __str__(self) -> str:
        return self.name
