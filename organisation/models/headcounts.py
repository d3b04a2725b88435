"""The files in which hospitals declare how many people they have.

A **headcount import** is one file on its way: columns, words, preview, and then, once somebody has
confirmed it, headcounts. What its words for roles mean is kept with those of staff lists.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.enums import HeadcountStage

from .places import Establishment
from .rosters import UNDO_DAYS


class HeadcountImport(models.Model):
    """One file; of one establishment, or of those that its lines name. `lines` is what was read,
    `effects` what was written: [establishment, role, day, people before or none, people after].
    `file` is its name in the private storage while it is needed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        related_name="headcount_imports",
        verbose_name=_("établissement"),
    )
    stage = models.CharField(
        _("étape"), max_length=16, choices=HeadcountStage.choices, default=HeadcountStage.COLUMNS
    )
    as_of = models.DateField(_("effectifs au"))
    file_name = models.CharField(_("fichier"), max_length=255)
    file = models.CharField(max_length=200, blank=True, default="", editable=False)
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64)
    layout = models.JSONField(default=dict, editable=False)
    lines = models.JSONField(default=list, editable=False)
    effects = models.JSONField(default=list, editable=False)
    counts = models.JSONField(_("décompte"), default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="headcount_imports",
        verbose_name=_("envoyé par"),
    )
    requested_at = models.DateTimeField(_("envoyé le"))
    applied_at = models.DateTimeField(_("appliqué le"), null=True)
    undone_at = models.DateTimeField(_("annulé le"), null=True)

    class Meta:
        verbose_name = _("import d’effectifs")
        verbose_name_plural = _("imports d’effectifs")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["establishment", "stage"])]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.as_of})"

    @property
    def is_for_several(self) -> bool:
        return self.establishment_id is None

    @property
    def undo_until(self) -> dt.datetime | None:
        return self.applied_at + dt.timedelta(days=UNDO_DAYS) if self.applied_at else None
