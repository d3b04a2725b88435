"""Documents: what systems keep beside statements (Part Three 2.2).

Unlike a statement, a document may be replaced, merged with another and deleted. One table holds the
three kinds. A document is found by one key of fixed width, whatever the length of the ids that make
its address; the context's own keys are there for the lists of ids.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lrs.keys import MAX_LENGTH


class DocumentKind(models.TextChoices):
    """The document resource that a document belongs to."""

    STATE = "state", _("État")
    ACTIVITY_PROFILE = "activity_profile", _("Profil d’activité")
    AGENT_PROFILE = "agent_profile", _("Profil d’agent")


class Document(models.Model):
    """One document. The context's keys are those of `lrs.keys`, empty where the kind has none."""

    key = models.CharField(_("clé"), max_length=64, unique=True)
    kind = models.CharField(_("nature"), max_length=16, choices=DocumentKind.choices)
    activity_key = models.CharField(_("activité"), max_length=MAX_LENGTH, blank=True)
    agent_key = models.CharField(_("agent"), max_length=MAX_LENGTH, blank=True)
    registration = models.UUIDField(_("inscription"), null=True)
    document_id = models.TextField(_("identifiant"))
    content = models.BinaryField(_("contenu"))
    content_type = models.CharField(_("type de contenu"), max_length=MAX_LENGTH)
    etag = models.CharField(_("empreinte"), max_length=40)
    updated = models.DateTimeField(_("modifié le"))

    class Meta:
        verbose_name = _("document xAPI")
        verbose_name_plural = _("documents xAPI")
        ordering = ["pk"]
        indexes = [models.Index(fields=["agent_key", "activity_key"], name="document_context")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=DocumentKind.STATE) & ~Q(activity_key="") & ~Q(agent_key="")
                | Q(
                    ~Q(activity_key=""),
                    kind=DocumentKind.ACTIVITY_PROFILE,
                    agent_key="",
                    registration=None,
                )
                | Q(
                    ~Q(agent_key=""),
                    kind=DocumentKind.AGENT_PROFILE,
                    activity_key="",
                    registration=None,
                ),
                name="document_context_fits_kind",
            )
        ]

    def __str__(self) -> str:
        return self.document_id
