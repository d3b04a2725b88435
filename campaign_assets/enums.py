"""What an asset is, speaks of, and may be used for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssetFormat(models.TextChoices):
    POSTER = "affiche", _("Affiche")
    VISUAL = "visuel", _("Visuel pour les réseaux")
    CARD = "carte-reflexe", _("Carte réflexe")
    VIDEO = "video", _("Vidéo")


class Theme(models.TextChoices):
    """The twelve gestures of the campaign."""

    SESSION = "session", _("Verrouillage de session")
    PHISHING = "hameconnage", _("Hameçonnage")
    PASSWORDS = "mots-de-passe", _("Mots de passe")
    CARD = "carte", _("Carte professionnelle")
    USB = "cle-usb", _("Clé USB inconnue")
    MESSAGING = "messagerie", _("Messagerie sécurisée")
    RANSOMWARE = "rancongiciel", _("Rançongiciel")
    REPORTING = "signalement", _("Signalement")
    TELEWORK = "teletravail", _("Télétravail")
    DEVICES = "equipements", _("Mises à jour et équipements connectés")
    VISITORS = "visiteurs", _("Visiteurs et badges")
    GOVERNANCE = "pilotage", _("Pilotage et exercices")


class Licence(models.TextChoices):
    ETALAB = "etalab-2.0", _("Licence Ouverte 2.0 (Etalab)")
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    HEALTH_ONLY = "etablissements", _("Usage réservé aux établissements de santé")
