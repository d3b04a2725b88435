"""How far what is done in the background is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkState(models.TextChoices):
    QUEUED = "queued", _("En attente")
    WORKING = "working", _("En préparation")
    READY = "ready", _("Prêt")
    FAILED = "failed", _("Interrompu")
    EXPIRED = "expired", _("Effacé")


UNFINISHED = (WorkState.QUEUED, WorkState.WORKING)
