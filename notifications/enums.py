"""Closed lists of the mails."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where a mail stands. `UNCERTAIN`: the mail server may have taken it, and nobody can say."""

    QUEUED = "queued", _("En attente")
    SENDING = "sending", _("En cours")
    SENT = "sent", _("Envoyé")
    FAILED = "failed", _("Échec")
    UNCERTAIN = "uncertain", _("Incertain")
    SKIPPED = "skipped", _("Non envoyé")


PENDING = (DeliveryState.QUEUED, DeliveryState.SENDING)
COUNTED = (*PENDING, DeliveryState.SENT, DeliveryState.UNCERTAIN)
"""What counts against a person's limit: what reached her, may have, or is about to."""


class SkipReason(models.TextChoices):
    """Why a mail was not sent."""

    CAPPED = "capped", _("limite de fréquence atteinte")
    UNSUBSCRIBED = "unsubscribed", _("désabonnement")
    NO_ADDRESS = "no_address", _("pas d’adresse")


class RunState(models.TextChoices):
    """Where a run stands: it composes mails, they are being sent, or it is over."""

    COMPOSING = "composing", _("Préparation")
    SENDING = "sending", _("Envoi")
    FINISHED = "finished", _("Terminé")
    FAILED = "failed", _("Échec")
    REPLACED = "replaced", _("Repris par le suivant")
