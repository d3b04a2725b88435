"""Assets: posters and videos."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField, StreamField

from campaign_assets.enums import AssetFormat, Licence, Theme
from campaign_assets.validators import validate_pdf_document, validate_video_complete
from content.blocks import BodyBlock
from content.models import AudiencePage, SiteImage, Video

# A file that a published page promises is protected: it cannot vanish under the page. It is null
# in a draft only, which may still lack it.


class AssetPage(AudiencePage):
    """What assets share. Only its subclasses are created."""

    asset_format: ClassVar[AssetFormat]

    format = models.CharField(
        _("format"), max_length=16, choices=AssetFormat.choices, editable=False, db_index=True
    )
    theme = models.CharField(_("thème"), max_length=24, choices=Theme.choices)
    preview = models.ForeignKey(
        SiteImage,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("aperçu"),
        help_text=_("L’image de la galerie : l’affiche entière, ou une image de la vidéo."),
    )
    licence = models.CharField(
        _("licence"), max_length=24, choices=Licence.choices, default=Licence.ETALAB
    )
    credit = models.CharField(
        _("crédit"),
        max_length=160,
        help_text=_("Qui a conçu ce support, tel qu’il faut le citer."),
    )

    parent_page_types = ["campaign_assets.ResourcesIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False
    identity_panels = [
        *AudiencePage.content_panels,
        FieldPanel("theme"),
        FieldPanel("preview"),
    ]
    rights_panel = MultiFieldPanel(
        [FieldPanel("licence"), FieldPanel("credit")], heading=_("Droits")
    )

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if hasattr(type(self), "asset_format"):
            self.format = self.asset_format
        super().save(*args, **kwargs)


class VideoPage(AssetPage):
    """A video to watch and to download, with its captions and transcript."""

    asset_format = AssetFormat.VIDEO

    video = models.ForeignKey(
        Video,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("vidéo"),
        help_text=_("MP4 ou WebM, avec ses sous-titres et sa transcription."),
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("contenu"))

    searched_fields = ("body",)
    is_creatable = True
    content_panels = [
        *AssetPage.identity_panels,
        FieldPanel("video"),
        FieldPanel("body"),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("vidéo")
        verbose_name_plural = _("vidéos")

    def clean(self) -> None:
        super().clean()
        if self.video is not None:
            _check("video", validate_video_complete, self.video)


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
            _check("pdf", validate_pdf_document, self.pdf)


def _check(field: str, validator: Any, value: object) -> None:
    """Run `validator` and show what it refuses beside `field`."""
    try:
        validator(value)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
