"""Videos of the campaign."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from campaign_assets.enums import AssetFormat
from campaign_assets.validators import validate_video_complete
from content.blocks import BodyBlock
from content.models import Video

from .assets import AssetPage, check_field


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
            check_field("video", validate_video_complete, self.video)
