from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingFormat(models.TextChoices):
    ON_SITE = "sur_place", _("Sur place")
    REMOTE = "a_distance", _("À distance")
    BOTH = "mixte", _("Sur place et à distance")
