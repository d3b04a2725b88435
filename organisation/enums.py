"""Closed lists of the organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstablishmentFamily(models.TextChoices):
    """Families in which establishments are compared, derived from the FINESS category."""

    CHU = "chu", _("CHU et CHR")
    CH = "ch", _("Centre hospitalier")
    LOCAL = "local", _("Hôpital de proximité")
    PSYCHIATRY = "psychiatrie", _("Psychiatrie")
    REHABILITATION = "ssr", _("Soins de suite et réadaptation")
    CLINIC = "clinique", _("Clinique")
    CANCER = "clcc", _("Centre de lutte contre le cancer")
    EHPAD = "ehpad", _("EHPAD")
    OTHER = "autre", _("Autre établissement")


class Sector(models.TextChoices):
    PUBLIC = "public", _("Public")
    PRIVATE = "private", _("Privé")
    UNKNOWN = "", _("Non précisé")


class ScopeKind(models.TextChoices):
    """How far a grant or a requirement reaches, narrowest first."""

    DEPARTMENT = "department", _("Service")
    ESTABLISHMENT = "establishment", _("Établissement")
    REGION = "region", _("Région")
    NATION = "nation", _("France entière")


class GrantRight(models.TextChoices):
    READ_COVERAGE = "read_coverage", _("Lire la couverture des formations")
    COMMUNICATE = "communicate", _("Adapter les supports de la campagne")
    MANAGE_TRAINING = "manage_training", _("Organiser la formation des agents")
    GIVE_ACCESS = "give_access", _("Habiliter d’autres comptes")
    ORGANISE_MEETINGS = "organise_meetings", _("Organiser les rencontres")


class RequestState(models.TextChoices):
    """Where a request for access stands. All but the first are final."""

    PENDING = "pending", _("En attente")
    GRANTED = "granted", _("Accordée")
    REFUSED = "refused", _("Refusée")
    WITHDRAWN = "withdrawn", _("Retirée")


class CodeKind(models.TextChoices):
    """How a one-time code is handed over."""

    SHOWN = "shown", _("Montré à l’écran")
    PRINTED = "printed", _("Imprimé")


class RegisterKind(models.TextChoices):
    """The formats in which the register of establishments reaches us."""

    SITES_CSV = "sites_csv", _("Liste de sites (CSV)")
    DAILY_EXTRACT = "daily_extract", _("Extraction quotidienne de FINESS")


class IdentifierKind(models.TextChoices):
    """By what others know a person. The first two are national, the last an establishment's own."""

    RPPS = "rpps", _("RPPS")
    ADELI = "adeli", _("ADELI")
    HR = "hr", _("Matricule")


class RosterStage(models.TextChoices):
    """What becomes of a staff list, in order. See `IN_BACKGROUND` for what needs nobody."""

    COLUMNS = "columns", _("Colonnes à confirmer")
    READING = "reading", _("Lecture")
    VALUES = "values", _("Valeurs à faire correspondre")
    PLANNING = "planning", _("Préparation de l’aperçu")
    PREVIEW = "preview", _("Aperçu à confirmer")
    APPLYING = "applying", _("Enregistrement")
    APPLIED = "applied", _("Appliquée")
    UNDOING = "undoing", _("Annulation")
    UNDONE = "undone", _("Annulée")
    DISCARDED = "discarded", _("Abandonnée")


IN_BACKGROUND = (
    RosterStage.READING,
    RosterStage.PLANNING,
    RosterStage.APPLYING,
    RosterStage.UNDOING,
)
WAITING = (RosterStage.COLUMNS, RosterStage.VALUES, RosterStage.PREVIEW)
"""The stages that wait for somebody, and in which a list may be given up."""


class ChangeKind(models.TextChoices):
    """What a staff list does to a person."""

    NEW = "new", _("Nouveaux")
    CHANGED = "changed", _("Modifiés")
    MOVED = "moved", _("Mutés")
    GONE = "gone", _("Partis")
    DOUBTFUL = "doubtful", _("À décider")


class ValueKind(models.TextChoices):
    """Which words of a staff list have to be understood."""

    ROLE = "role", _("Métier")
    DEPARTMENT = "department", _("Service")
    SITE = "site", _("Site")


class HeadcountStage(models.TextChoices):
    """What becomes of a file of headcounts, in order."""

    COLUMNS = "columns", _("Colonnes à confirmer")
    PREVIEW = "preview", _("Aperçu à confirmer")
    APPLIED = "applied", _("Appliqué")
    UNDONE = "undone", _("Annulé")
    DISCARDED = "discarded", _("Abandonné")
