"""Statements as they were stored.

A statement is written once. Its payload is the exact JSON text that the store answers with; the
columns beside it are what the filters and the projectors need. Nothing updates or deletes a
statement; voiding one, by another statement, only marks it. The sequence (the primary key) grows
with insertion; pages follow (`stored`, sequence).
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lrs.keys import MAX_LENGTH
from lrs.models.credentials import Credential


class Statement(models.Model):
    """One stored statement; the primary key is its sequence."""

    id = models.BigAutoField(primary_key=True)
    statement_id = models.UUIDField(_("identifiant"), unique=True)
    stored = models.DateTimeField(_("enregistrée le"))
    timestamp = models.DateTimeField(_("survenue le"))
    actor_key = models.CharField(_("acteur"), max_length=MAX_LENGTH, blank=True)
    verb = models.CharField(_("verbe"), max_length=MAX_LENGTH)
    object_key = models.CharField(_("objet"), max_length=MAX_LENGTH, blank=True)
    registration = models.UUIDField(_("inscription"), null=True)
    credential = models.ForeignKey(
        Credential,
        on_delete=models.PROTECT,
        related_name="statements",
        null=True,
        db_index=False,
        verbose_name=_("accès xAPI"),
        help_text=_("Vide pour les traces de la plateforme elle-même."),
    )
    is_trusted = models.BooleanField(_("de confiance"))
    is_voided = models.BooleanField(_("annulée"), default=False)
    version = models.CharField(_("version"), max_length=16)
    payload = models.TextField(_("trace"))

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        ordering = ["stored", "id"]
        indexes = [
            models.Index(fields=["stored", "id"], name="statement_stored"),
            models.Index(fields=["actor_key", "stored", "id"], name="statement_actor"),
            models.Index(fields=["verb", "stored", "id"], name="statement_verb"),
            models.Index(fields=["object_key", "stored", "id"], name="statement_object"),
            models.Index(
                fields=["registration", "stored", "id"],
                name="statement_registration",
                condition=Q(registration__isnull=False),
            ),
            models.Index(
                fields=["credential", "stored", "id"],
                name="statement_credential",
                condition=Q(credential__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.statement_id)

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Statements are stored by lrs.services.statements_store only.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Statements are never deleted.")
