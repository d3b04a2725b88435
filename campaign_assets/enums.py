"""What an asset is, speaks of, and may be used for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssetFormat(models.TextChoices):
    """In the order of the gallery's filter."""

    POSTER = "affiche", _("Affiche")
    VISUAL = "visuel", _("Visuel pour les réseaux")
    CARD = "carte-reflexe", _("Carte réflexe")
    VIDEO = "video", _("Vidéo")
    KIT = "kit", _("Kit de déploiement")
    PRESS = "presse", _("Texte de presse")
    MESSAGE = "message", _("Message intranet")


class Theme(models.TextChoices):
    """The twelve gestures of the campaign, and what speaks of all of them."""

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
    WHOLE = "ensemble", _("Toute la campagne")


class Language(models.TextChoices):
    """What an asset speaks; the codes are those of `lang` (BCP 47)."""

    FRENCH = "fr", _("Français")
    ENGLISH = "en", _("Anglais")
    SIGN = "fsl", _("Langue des signes française")
    GUADELOUPEAN = "gcf", _("Créole guadeloupéen et martiniquais")
    GUIANESE = "gcr", _("Créole guyanais")
    REUNION = "rcf", _("Créole réunionnais")


class Licence(models.TextChoices):
    ETALAB = "etalab-2.0", _("Licence Ouverte 2.0 (Etalab)")
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    HEALTH_ONLY = "etablissements", _("Usage réservé aux établissements de santé")


class TextKind(models.TextChoices):
    """What a text is sent as; the values are those of `AssetFormat`."""

    PRESS = AssetFormat.PRESS.value, _("Texte de presse")
    MESSAGE = AssetFormat.MESSAGE.value, _("Message intranet")


class ReachKind(models.TextChoices):
    """How an asset reached somebody."""

    DOWNLOAD = "telechargement", _("Téléchargement")
    PLAY = "lecture", _("Lecture")
    SCAN = "code", _("Code QR suivi")
