"""Closed lists of the record store."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CredentialScope(models.TextChoices):
    """What a credential may do (Part Three 4.2, OAuth scopes, used for Basic credentials)."""

    STATEMENTS_WRITE = "statements/write", _("Écrire des traces")
    STATEMENTS_READ_MINE = "statements/read/mine", _("Lire ses propres traces")
    STATEMENTS_READ = "statements/read", _("Lire toutes les traces")
    STATE = "state", _("Lire et écrire les états")
    PROFILE = "profile", _("Lire et écrire les profils")
    DEFINE = "define", _("Modifier la définition des activités et des agents")
    ALL_READ = "all/read", _("Tout lire")
    ALL = "all", _("Tous les droits")


WRITING_SCOPES = frozenset({CredentialScope.STATEMENTS_WRITE, CredentialScope.ALL})
"""The scopes that write statements: no other may be trusted with completions."""


class CredentialState(models.TextChoices):
    """Where a credential stands in its life."""

    ACTIVE = "active", _("Actif")
    EXPIRES_SOON = "soon", _("Expire bientôt")
    EXPIRED = "expired", _("Expiré")
    REVOKED = "revoked", _("Révoqué")


class ForwardState(models.TextChoices):
    """What a destination does. Its outbox grows in all states but the last."""

    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("En pause")
    HALTED = "halted", _("Arrêtée sur erreur")
    CLOSED = "closed", _("Fermée")


class DeliveryState(models.TextChoices):
    """Where a statement stands on its way to one destination."""

    WAITING = "waiting", _("En attente")
    SENT = "sent", _("Transmise")
    SET_ASIDE = "set_aside", _("Mise de côté")


class TargetVersion(models.TextChoices):
    """The version of the standard that a destination speaks."""

    V1 = "1.0.3", "1.0.3"
    V2 = "2.0.0", "2.0"
