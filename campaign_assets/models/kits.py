"""Kits: assets to deploy together, with what to hang where and what to send when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from campaign_assets.enums import AssetFormat

from .assets import AssetPage

MOST_ITEMS = 60


class KitPage(AssetPage):
    """Assets in the order in which they are used, and the plan that says so."""

    asset_format = AssetFormat.KIT
    needs_preview: ClassVar[bool] = False

    plan = RichTextField(
        _("mode d’emploi"),
        features=["h3", "bold", "ol", "ul", "link"],
        help_text=_("Qui prévenir, dans quel ordre s’y prendre, combien de temps cela prend."),
    )

    searched_fields = ("plan",)
    is_creatable = True
    content_panels = [
        *AssetPage.filing_panels,
        FieldPanel("plan"),
        InlinePanel(
            "items",
            heading=_("Plan de déploiement"),
            label=_("Étape"),
            min_num=1,
            max_num=MOST_ITEMS,
        ),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("kit")
        verbose_name_plural = _("kits")


class KitItem(Orderable):
    """A step of the plan: which asset, when, and where it is hung or to whom it is sent."""

    kit = ParentalKey(KitPage, on_delete=models.CASCADE, related_name="items")
    asset = models.ForeignKey(
        AssetPage, on_delete=models.PROTECT, related_name="kit_items", verbose_name=_("ressource")
    )
    moment = models.CharField(
        _("quand"), max_length=80, help_text=_("« Semaine 1 », « La veille de l’exercice ».")
    )
    place = models.CharField(
        _("où, ou à qui"),
        max_length=160,
        help_text=_("« Salle de pause, près de la cafetière », « Tous les cadres »."),
    )
    note = models.CharField(_("conseil"), max_length=240, blank=True, default="")

    panels = [
        PageChooserPanel("asset", "campaign_assets.AssetPage"),
        FieldPanel("moment"),
        FieldPanel("place"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]  # an order of its own for what has no number
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")

    def __str__(self) -> str:
        return f"{self.moment}\N{NO-BREAK SPACE}: {self.asset}"
