"""How far a document that is made in the background is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArchiveState(models.TextChoices):
    QUEUED = "queued", _("En attente")
    WORKING = "working", _("En préparation")
    READY = "ready", _("Prêt")
    FAILED = "failed", _("Interrompu")
    EXPIRED = "expired", _("Effacé")


UNFINISHED = (ArchiveState.QUEUED, ArchiveState.WORKING)
