"""The blocks of a meeting's page: its programme, and what is left of it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from content.blocks import INLINE_FEATURES, RICH_TEXT_FEATURES, BodyBlock, VideoBlock


class SpeakerBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Nom"), max_length=120)
    function = blocks.CharBlock(label=_("Fonction, établissement"), required=False, max_length=160)

    class Meta:
        icon = "user"
        label = _("Intervenant")


class SessionBlock(blocks.StructBlock):
    """A moment of the programme, on the clocks of the place."""

    day = blocks.DateBlock(
        label=_("Jour"), required=False, help_text=_("Si la rencontre dure plusieurs jours.")
    )
    starts = blocks.TimeBlock(label=_("Début"), help_text=_("À l’heure du lieu."))
    ends = blocks.TimeBlock(label=_("Fin"), required=False)
    title = blocks.CharBlock(label=_("Intitulé"), max_length=160)
    text = blocks.RichTextBlock(label=_("Précision"), required=False, features=INLINE_FEATURES)
    speakers = blocks.ListBlock(SpeakerBlock(), label=_("Intervenants"), default=[])

    class Meta:
        icon = "time"
        label = _("Séquence")
        template = "meetings/blocks/session.html"


class ProgrammeBlock(BodyBlock):
    """Sequences with their times, and whatever else a body may have."""

    session = SessionBlock()


class SlidesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Intitulé"), max_length=160)
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full"
        label = _("Support présenté")
        template = "meetings/blocks/slides.html"


class RecordingLinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Intitulé"), max_length=160)
    url = blocks.URLBlock(label=_("Adresse"))

    class Meta:
        icon = "link"
        label = _("Lien (enregistrement ailleurs)")
        template = "meetings/blocks/recording_link.html"


class MaterialsBlock(blocks.StreamBlock):
    """What is left of a meeting."""

    summary = blocks.RichTextBlock(
        label=_("Compte rendu"),
        features=RICH_TEXT_FEATURES,
        template="content/blocks/rich_text.html",
    )
    slides = SlidesBlock()
    video = VideoBlock()
    link = RecordingLinkBlock()
