"""What work that is done in the background has in common."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.enums import UNFINISHED, WorkState


class Work(models.Model):
    """Abstract: something that is done part by part, `done` of the `total` so far. Whoever holds
    the lease works on it (see `documents.work`)."""

    state = models.CharField(
        _("état"), max_length=16, choices=WorkState.choices, default=WorkState.QUEUED
    )
    total = models.PositiveIntegerField(_("en tout"), default=0)
    done = models.PositiveIntegerField(_("fait"), default=0)
    attempts = models.PositiveSmallIntegerField(_("essais sans progrès"), default=0)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


class Archive(Work):
    """Abstract: a ZIP of many files. `done` of the `total` are prepared; `file` is its name in the
    private storage once it is ready."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_at = models.DateTimeField(_("demandée le"))
    total = models.PositiveIntegerField(_("fichiers"), default=0)
    done = models.PositiveIntegerField(_("préparés"), default=0)
    file = models.CharField(_("fichier"), max_length=200, blank=True, default="")
    finished_at = models.DateTimeField(_("prête le"), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.uid} {self.state}"
