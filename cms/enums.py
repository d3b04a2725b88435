"""Closed lists of the site's face."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessibilityStatus(models.TextChoices):
    """What the footer must say (décret 2019-768): without a valid audit it is «non conforme»."""

    NOT_AUDITED = "not_audited", _("non conforme (pas encore auditée)")
    NONE = "none", _("non conforme")
    PARTIAL = "partial", _("partiellement conforme")
    FULL = "full", _("totalement conforme")
