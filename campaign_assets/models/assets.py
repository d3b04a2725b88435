"""What every asset is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from campaign_assets.enums import AssetFormat, Licence, Theme
from content.models import AudiencePage, SiteImage

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
    filing_panels = [*AudiencePage.content_panels, FieldPanel("theme")]
    identity_panels = [*filing_panels, FieldPanel("preview")]
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


def check_field(field: str, validator: Callable[[Any], None], value: object) -> None:
    """Run `validator` and show what it refuses beside `field`."""
    try:
        validator(value)
    except ValidationError as error:
        raise ValidationError({field: error.messages}) from error
