"""The record behind a «dossier de preuve»."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import ScopeKind
from organisation.models import ScopedModel


class EvidenceFile(ScopedModel):
    """Figures of a place at a day, as they were issued. `content` never changes.

    `editions` are the SHA-256 of the PDFs that were handed out of it: one, unless the program that
    draws them has changed since.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("numéro"), max_length=24, unique=True)
    day = models.DateField(_("situation au"))
    computed_at = models.DateTimeField(_("calculé le"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="evidence_files",
        verbose_name=_("demandé par"),
    )
    issued_at = models.DateTimeField(_("délivré le"))
    content = models.TextField(_("contenu"))
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    editions = models.JSONField(_("empreintes des PDF remis"), default=list)
    revoked_at = models.DateTimeField(_("révoqué le"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("dossier de preuve")
        verbose_name_plural = _("dossiers de preuve")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            *ScopedModel.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(scope=ScopeKind.DEPARTMENT), name="evidence_file_of_a_house_or_above"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
