"""The ZIP files of kits."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Archive
from organisation.models import Establishment

from .kits import KitPage


class KitArchive(Archive):
    """The ZIP of a kit, made once for equal content: `digest` names everything that is in it.

    That of an `establishment` bears its name; those who speak for it may have it. `refused` are the
    drawings that could not be made with its brand, as `campaign_assets.kits.Refusal`.
    """

    kit = models.ForeignKey(
        KitPage, on_delete=models.CASCADE, related_name="archives", verbose_name=_("kit")
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="kit_archives",
        verbose_name=_("établissement"),
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    size = models.PositiveBigIntegerField(_("poids en octets"), default=0)
    refused = models.JSONField(_("dessins impossibles"), default=list, editable=False)

    class Meta:
        verbose_name = _("archive d’un kit")
        verbose_name_plural = _("archives de kits")
        ordering = ["-requested_at", "pk"]
