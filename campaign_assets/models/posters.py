"""Posters of the campaign."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField

from campaign_assets.enums import AssetFormat
from campaign_assets.validators import validate_pdf_document

from .assets import AssetPage, check_field


class PosterPage(AssetPage):
    """A poster to print: its picture, its words as text, its PDF."""

    asset_format = AssetFormat.POSTER

    headline = models.CharField(
        _("titre de l’affiche"), max_length=80, help_text=_("Sept mots au plus.")
    )
    gesture = models.CharField(
        _("le geste"), max_length=160, help_text=_("La phrase qui dit quoi faire.")
    )
    footer = models.CharField(
        _("bas de l’affiche"), max_length=160, blank=True, default="", help_text=_("Qui appeler.")
    )
    placement = RichTextField(
        _("où l’afficher"),
        blank=True,
        default="",
        features=["bold", "ul", "link"],
        help_text=_("Les lieux où cette affiche sera vue au bon moment."),
    )
    pdf = models.ForeignKey(
        get_document_model_string(),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("fichier PDF (A4)"),
        help_text=_("Un PDF balisé, polices incorporées. Le remplacer garde son adresse."),
    )

    searched_fields = ("headline", "gesture", "placement")
    is_creatable = True
    content_panels = [
        *AssetPage.identity_panels,
        MultiFieldPanel(
            [FieldPanel("headline"), FieldPanel("gesture"), FieldPanel("footer")],
            heading=_("Le texte de l’affiche"),
        ),
        FieldPanel("pdf"),
        FieldPanel("placement"),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("affiche")
        verbose_name_plural = _("affiches")

    def clean(self) -> None:
        super().clean()
        if self.pdf is not None:
            check_field("pdf", validate_pdf_document, self.pdf)
