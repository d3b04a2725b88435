"""Files taken away, films played and codes followed, one row each."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaign_assets.enums import ReachKind
from organisation.models import Establishment

from .assets import AssetPage
from .workshop import ShortLink


class ReachEvent(models.Model):
    """An asset reached somebody. Nothing in the row, and nothing that it leads to, says who.

    `establishment` is the hospital whose name the file bears, on whose wall the code hangs, or
    where the reader works; none for a visitor of whom nothing is known. Rows outlive the asset.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("événement"), max_length=16, choices=ReachKind.choices)
    at = models.DateTimeField(_("date"))
    asset = models.ForeignKey(
        AssetPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("ressource"),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("établissement"),
    )
    short_link = models.ForeignKey(
        ShortLink,
        on_delete=models.SET_NULL,
        null=True,
        related_name="scans",
        verbose_name=_("adresse courte"),
    )
    file = models.CharField(_("fichier"), max_length=40, blank=True, default="")

    class Meta:
        verbose_name = _("diffusion")
        verbose_name_plural = _("diffusions")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at", "kind"], name="reach_at"),
            models.Index(fields=["establishment", "at"], name="reach_establishment_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asset_id} {self.at:%Y-%m-%d %H:%M}"
