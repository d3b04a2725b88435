"""Closed lists of reporting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """What a row of the monthly grid counts. A family is one of establishments, nation-wide."""

    ESTABLISHMENT = "establishment", _("Établissement")
    REGION = "region", _("Région")
    FAMILY = "family", _("Famille d’établissements")
    NATION = "nation", _("France entière")


class AttendanceTable(models.TextChoices):
    """What the rows of a published table of attendance are."""

    REGION = "region", _("Région de la rencontre")
    FAMILY = "family", _("Famille d’établissements")
    ROLE_FAMILY = "role_family", _("Filière")
    HOW = "how", _("Comment la présence est connue")
    ABSENT = "absent", _("Inscrits absents, par région")
