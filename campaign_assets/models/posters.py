"""What is drawn in a series: posters, visuals for social networks, reflex cards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from campaign_assets.design_forms import design_form, design_panels
from campaign_assets.designs import Kind, QrTarget
from campaign_assets.enums import AssetFormat

from .assets import AssetPage
from .designed import DesignedPage


class HungPage(DesignedPage):
    """Abstract: what hangs on a wall or lies at a desk, so that its page says where."""

    placement = RichTextField(
        _("où l’afficher"),
        blank=True,
        default="",
        features=["bold", "ul", "link"],
        help_text=_("Les lieux où ce support sera vu au bon moment."),
    )
    leads_to = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page du code QR"),
        help_text=_("Le module que ce support fait commencer. Vide : la page de ce support."),
    )

    searched_fields = ("placement",)
    template = "campaign_assets/poster_page.html"

    class Meta:
        abstract = True

    def qr(self, code: str) -> QrTarget:
        label = _("Le module à suivre :") if self.leads_to_id else _("En savoir plus :")
        return QrTarget(url=short_address(code), label=str(label))

    @cached_property
    def campaign_code(self) -> str:
        """Its own short link is made when it is published."""
        own = self.short_links.filter(establishment=None)
        return own.values_list("code", flat=True).first() or ""


def short_address(code: str) -> str:
    """The whole address, as a phone reads it."""
    return settings.WAGTAILADMIN_BASE_URL + reverse("campaign_assets:short_link", args=[code])


class PosterPage(HungPage):
    """A poster to print."""

    asset_format = AssetFormat.POSTER
    design_kind = Kind.POSTER

    is_creatable = True
    base_form_class = design_form(Kind.POSTER)
    content_panels = [
        *AssetPage.filing_panels,
        *design_panels(Kind.POSTER),
        FieldPanel("placement"),
        FieldPanel("leads_to"),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("affiche")
        verbose_name_plural = _("affiches")


class CardPage(HungPage):
    """A reflex card: what to do, step by step, within reach."""

    asset_format = AssetFormat.CARD
    design_kind = Kind.CARD

    template = HungPage.template
    is_creatable = True
    base_form_class = design_form(Kind.CARD)
    content_panels = [
        *AssetPage.filing_panels,
        *design_panels(Kind.CARD),
        FieldPanel("placement"),
        FieldPanel("leads_to"),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("carte réflexe")
        verbose_name_plural = _("cartes réflexes")


class VisualPage(DesignedPage):
    """A picture for social networks and screens, with the words to send it with."""

    asset_format = AssetFormat.VISUAL
    design_kind = Kind.VISUAL

    post = models.TextField(
        _("texte de la publication"),
        blank=True,
        default="",
        help_text=_("À copier avec le visuel sur le réseau social ou l’intranet."),
    )

    searched_fields = ("post",)
    template = "campaign_assets/poster_page.html"
    is_creatable = True
    base_form_class = design_form(Kind.VISUAL)
    content_panels = [
        *AssetPage.filing_panels,
        *design_panels(Kind.VISUAL),
        FieldPanel("post"),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("visuel")
        verbose_name_plural = _("visuels")
