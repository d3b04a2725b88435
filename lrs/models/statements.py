"""Statements as they were stored, and what they are about.

A statement is written once. Its payload is the exact JSON text that the store answers with; the
columns beside it, its relations and its references are what the filters and the projectors need.
Nothing updates or deletes a statement; voiding one, by another statement, only marks it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lrs.models.credentials import Credential

_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
WRITERS = 1 << 12
"""How many writers may store something in the same microsecond."""


def sequence_at(stored: dt.datetime, writer: int = 0) -> int:
    """The sequence number of what a writer stores at `stored`; grows with it until 2091.

    Microseconds since 2020 in the upper bits, the writer modulo 4,096 in the lower 12.
    """
    return (stored - _EPOCH) // _MICROSECOND * WRITERS + writer % WRITERS


class Statement(models.Model):
    """One stored statement. The primary key, its sequence, is ordered as `stored` is.

    So every index that ends with the key is also in the order of storage, and `since`, `until` and
    pages are ranges of it.
    """

    id = models.BigAutoField(primary_key=True)
    statement_id = models.UUIDField(_("identifiant"), unique=True)
    stored = models.DateTimeField(_("enregistrée le"))
    timestamp = models.DateTimeField(_("survenue le"))
    verb_number = models.BigIntegerField(_("verbe"))
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
        ordering = ["id"]
        indexes = [
            models.Index(fields=["verb_number", "id"], name="statement_verb"),
            models.Index(
                fields=["registration", "id"],
                name="statement_registration",
                condition=Q(registration__isnull=False),
            ),
            models.Index(
                fields=["credential", "id"],
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


class Relation(models.Model):
    """That a statement is about an agent or an activity: what the filters for these look up.

    `number` is one of `lrs.keys`; its kind says in which part of the statement it stands.
    """

    pk = models.CompositePrimaryKey("number", "statement_id")
    number = models.BigIntegerField()
    statement = models.ForeignKey(
        Statement,
        on_delete=models.DO_NOTHING,
        related_name="relations",
        db_index=False,
        db_constraint=False,  # both rows go in by one command; nothing deletes either
    )

    class Meta:
        verbose_name = _("relation d’une trace")
        verbose_name_plural = _("relations des traces")

    def __str__(self) -> str:
        return f"{self.number} {self.statement_id}"


class Reference(models.Model):
    """That a statement's object is another statement, or one that itself refers to another.

    The target may not be stored yet, or never. `is_direct` tells the object itself from what is
    reached through it; `is_voiding` the references of statements that void.
    """

    source = models.ForeignKey(
        Statement, on_delete=models.DO_NOTHING, related_name="references", db_index=False
    )
    target = models.UUIDField(_("trace visée"), db_index=True)
    is_direct = models.BooleanField()
    is_voiding = models.BooleanField()

    class Meta:
        verbose_name = _("référence entre traces")
        verbose_name_plural = _("références entre traces")
        constraints = [models.UniqueConstraint(fields=["source", "target"], name="reference_once")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target}"


class ReferredRelation(models.Model):
    """What a statement is about by way of another that it refers to: the other's numbers.

    A row for each number of each target that is stored, the verb's and the registration's among
    them. Filters that look for several numbers want them of the same target.
    """

    pk = models.CompositePrimaryKey("number", "source_id", "target")
    number = models.BigIntegerField()
    source = models.ForeignKey(
        Statement,
        on_delete=models.DO_NOTHING,
        related_name="referred_relations",
        db_index=False,
        db_constraint=False,
    )
    target = models.UUIDField()

    class Meta:
        verbose_name = _("relation d’une trace visée")
        verbose_name_plural = _("relations des traces visées")

    def __str__(self) -> str:
        return f"{self.number} {self.source_id} → {self.target}"
