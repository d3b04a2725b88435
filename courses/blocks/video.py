"""A video in a lesson: what is played of it is recorded."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import VideoBlock


class LessonVideoBlock(VideoBlock):
    """A video that may be asked to be watched, or its transcript to be read."""

    is_required = blocks.BooleanBlock(
        label=_("À voir pour finir la leçon"),
        required=False,
        help_text=_(
            "La leçon n’est finie qu’une fois la vidéo vue, ou sa transcription lue : sur un poste "
            "sans son, lire suffit."
        ),
    )

    class Meta:
        icon = "media"
        label = _("Vidéo")
        template = "content/blocks/video.html"
