"""Closed lists of the training room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrainableKind(models.TextChoices):
    """What is taken. Meetings are shown apart from modules."""

    MODULE = "module", _("Module")
    MEETING = "meeting", _("Rencontre")


class Provenance(models.TextChoices):
    """Who saw the training happen. What is not observed counts, and is shown apart."""

    OBSERVED = "observed", _("Suivie sur la plateforme")
    TEAM = "team", _("Déclarée : séance d’équipe")
    IMPORT = "import", _("Déclarée : formation passée")
    PAPER = "paper", _("Déclarée : feuille signée à une rencontre")

    @property
    def is_declared(self) -> bool:
        return self is not Provenance.OBSERVED


DECLARED = (Provenance.TEAM, Provenance.IMPORT)
"""What a manager declares with a record of its own."""
