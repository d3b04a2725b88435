"""What the store knows of activities and verbs: canonical definitions, beside the statements.

Part Three 2.5: the definition of an activity grows with the statements of those who may define it.
Statements keep the definition that they came with.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Definition(models.Model):
    """A JSON object that belongs to an IRI, found by the IRI's number (`lrs.keys`)."""

    number = models.BigIntegerField(primary_key=True)
    iri = models.TextField()
    payload = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.iri


class ActivityDefinition(Definition):
    """The canonical definition of an activity (Part Two 2.4.4.1)."""

    class Meta:
        verbose_name = _("définition d’activité")
        verbose_name_plural = _("définitions d’activités")


class VerbDisplay(Definition):
    """The canonical display of a verb: a language map (Part Two 2.4.3)."""

    class Meta:
        verbose_name = _("libellé de verbe")
        verbose_name_plural = _("libellés de verbes")
