"""Closed lists of the meetings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingFormat(models.TextChoices):
    ON_SITE = "sur_place", _("Sur place")
    REMOTE = "a_distance", _("À distance")
    BOTH = "mixte", _("Sur place et à distance")


class Attends(models.TextChoices):
    """How somebody takes part, where both are possible."""

    ON_SITE = "on_site", _("Sur place")
    REMOTE = "remote", _("À distance")


class RegistrationState(models.TextChoices):
    PENDING = "pending", _("À confirmer par courriel")
    CONFIRMED = "confirmed", _("Inscrite")
    WAITING = "waiting", _("En liste d’attente")
    CANCELLED = "cancelled", _("Annulée")


class How(models.TextChoices):
    """How it is known that somebody was there. Paper is declared, the others are observed."""

    SCANNED = "scanned", _("Code scanné à l’entrée")
    LISTED = "listed", _("Pointée sur la liste")
    PAPER = "paper", _("Déclarée d’après une feuille signée")


class Audience(models.TextChoices):
    """To whom an organiser writes."""

    CONFIRMED = "confirmed", _("Les inscrits")
    WAITING = "waiting", _("La liste d’attente")
    STANDING = "standing", _("Les inscrits et la liste d’attente")
