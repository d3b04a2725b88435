"""The blocks that editors write with, on every page type that has a body."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import VideoChooserBlock as MediaChooserBlock

RICH_TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "link"]


class ImageBlock(blocks.StructBlock):
    """A picture with its legend. The text alternative is the picture's own, and compulsory."""

    image = ImageChooserBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Légende"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "content/blocks/image.html"


class KeyMessageBlock(blocks.StructBlock):
    """The one thing to remember."""

    title = blocks.CharBlock(label=_("Message"), max_length=120)
    text = blocks.RichTextBlock(label=_("Précision"), required=False, features=INLINE_FEATURES)

    class Meta:
        icon = "pick"
        label = _("Message clé")
        template = "content/blocks/key_message.html"


class DoDontBlock(blocks.StructBlock):
    """Gestures to make and to avoid, side by side."""

    do = blocks.ListBlock(blocks.CharBlock(max_length=255), label=_("À faire"))
    dont = blocks.ListBlock(blocks.CharBlock(max_length=255), label=_("À éviter"))

    class Meta:
        icon = "tick-inverse"
        label = _("À faire, à éviter")
        template = "content/blocks/do_dont.html"


class FigureBlock(blocks.StructBlock):
    """A figure with who published it and when."""

    value = blocks.CharBlock(label=_("Chiffre"), max_length=24)
    label = blocks.CharBlock(label=_("Ce qu’il mesure"), max_length=160)
    publisher = blocks.CharBlock(label=_("Source"), max_length=120)
    published_on = blocks.CharBlock(
        label=_("Date de publication"), max_length=40, help_text=_("Par exemple : novembre 2019")
    )
    url = blocks.URLBlock(label=_("Adresse de la source"), required=False)

    class Meta:
        icon = "order"
        label = _("Chiffre sourcé")
        template = "content/blocks/figure.html"


class VideoBlock(blocks.StructBlock):
    """A video; its captions are on by default and its transcript stands below."""

    video = MediaChooserBlock(label=_("Vidéo"))

    class Meta:
        icon = "media"
        label = _("Vidéo")
        template = "content/blocks/video.html"


class LinkTargetBlock(blocks.StructBlock):
    """Where a call to action leads: a page of the site, or an address."""

    page = blocks.PageChooserBlock(label=_("Page du site"), required=False)
    url = blocks.URLBlock(label=_("Adresse extérieure"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Choisissez une page du site ou une adresse, l’une des deux.")]
            )
        return cleaned


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Texte du bouton"), max_length=80)
    target = LinkTargetBlock(label=_("Destination"))

    class Meta:
        icon = "link"
        label = _("Appel à l’action")
        template = "content/blocks/call_to_action.html"


class BodyBlock(blocks.StreamBlock):
    """The body of a page. Lessons and other rooms extend it with blocks of their own."""

    rich_text = blocks.RichTextBlock(
        label=_("Texte"), features=RICH_TEXT_FEATURES, template="content/blocks/rich_text.html"
    )
    image = ImageBlock()
    key_message = KeyMessageBlock()
    do_dont = DoDontBlock()
    figure = FigureBlock()
    video = VideoBlock()
    call_to_action = CallToActionBlock()
