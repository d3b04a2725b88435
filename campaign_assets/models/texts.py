"""Texts to copy: for the press, and for the intranet of a hospital."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from campaign_assets.enums import TextKind

from .assets import AssetPage


class TextAssetPage(AssetPage):
    """A text ready to send, as it is or adapted: copied, or taken along as a file."""

    needs_preview: ClassVar[bool] = False

    kind = models.CharField(
        _("sorte de texte"), max_length=16, choices=TextKind.choices, default=TextKind.MESSAGE
    )
    heading = models.CharField(
        _("titre ou objet"),
        max_length=160,
        help_text=_("Le titre du communiqué, ou l’objet du message."),
    )
    text = RichTextField(
        _("texte"),
        features=["h3", "bold", "italic", "ul", "ol", "link"],
        help_text=_("Entre crochets, ce que chaque établissement complète : [nom de l’hôpital]."),
    )
    advice = RichTextField(
        _("conseils d’envoi"),
        blank=True,
        default="",
        features=["bold", "ul", "link"],
        help_text=_("À qui l’envoyer, et quand."),
    )

    searched_fields = ("heading", "text", "advice")
    is_creatable = True
    content_panels = [
        *AssetPage.filing_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("heading"), FieldPanel("text")],
            heading=_("Le texte à copier"),
        ),
        FieldPanel("advice"),
        AssetPage.rights_panel,
    ]

    class Meta:
        verbose_name = _("texte")
        verbose_name_plural = _("textes")

    def format_now(self) -> str:
        return self.kind
