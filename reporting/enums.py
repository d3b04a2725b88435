"""Closed lists of reporting."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """What a row of the monthly grid counts. A family is one of establishments, nation-wide."""

    ESTABLISHMENT = "establishment", _("Établissement")
    REGION = "region", _("Région")
    FAMILY = "family", _("Famille d’établissements")
    SIZE = "size", _("Taille d’établissement")
    NATION = "nation", _("France entière")


class SizeClass(models.TextChoices):
    """How many people work in an establishment, known or declared."""

    UNKNOWN = "unknown", _("Effectif inconnu")
    UNDER_100 = "under_100", _("Moins de 100 personnes")
    UNDER_500 = "under_500", _("De 100 à 499 personnes")
    UNDER_2000 = "under_2000", _("De 500 à 1 999 personnes")
    UNDER_5000 = "under_5000", _("De 2 000 à 4 999 personnes")
    MORE = "more", _("5 000 personnes et plus")

    @classmethod
    def of(cls, people: int) -> SizeClass:
        if people <= 0:
            return cls.UNKNOWN
        bounds = {100: cls.UNDER_100, 500: cls.UNDER_500, 2000: cls.UNDER_2000}
        bounds[5000] = cls.UNDER_5000
        return next((size for bound, size in bounds.items() if people < bound), cls.MORE)


class AttendanceTable(models.TextChoices):
    """What the rows of a published table of attendance are."""

    REGION = "region", _("Région de la rencontre")
    FAMILY = "family", _("Famille d’établissements")
    ROLE_FAMILY = "role_family", _("Filière")
    HOW = "how", _("Comment la présence est connue")
    ABSENT = "absent", _("Inscrits absents, par région")
