"""What archives that are made in the background have in common."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.enums import UNFINISHED, ArchiveState


class Archive(models.Model):
    """Abstract: a ZIP of many files. `done` of the `total` are prepared; `file` is its name in the
    private storage once it is ready. Whoever holds the lease works on it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_at = models.DateTimeField(_("demandée le"))
    state = models.CharField(
        _("état"), max_length=16, choices=ArchiveState.choices, default=ArchiveState.QUEUED
    )
    total = models.PositiveIntegerField(_("fichiers"), default=0)
    done = models.PositiveIntegerField(_("préparés"), default=0)
    attempts = models.PositiveSmallIntegerField(_("essais sans progrès"), default=0)
    file = models.CharField(_("fichier"), max_length=200, blank=True, default="")
    finished_at = models.DateTimeField(_("prête le"), null=True)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0
