"""Blocks that only lessons have, and that are read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class GesturesBlock(blocks.StructBlock):
    """The three gestures that a module teaches."""

    gestures = blocks.ListBlock(
        blocks.CharBlock(max_length=160),
        label=_("Gestes"),
        min_num=3,
        max_num=3,
        help_text=_("Trois phrases courtes, à la première personne : « Je verrouille, je pars. »"),
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Les trois gestes")
        template = "courses/blocks/gestures.html"
        group = _("À retenir")


class CaseBlock(blocks.StructBlock):
    """What happened, or could have, in a hospital."""

    title = blocks.CharBlock(label=_("Titre"), max_length=120)
    text = blocks.RichTextBlock(label=_("Récit"), features=["bold", "italic", "ol", "ul"])

    class Meta:
        icon = "doc-full"
        label = _("Cas concret")
        template = "courses/blocks/case.html"
        group = _("À retenir")


class MisconceptionBlock(blocks.StructBlock):
    """A common error, and what is true instead."""

    belief = blocks.CharBlock(label=_("Ce que l’on croit"), max_length=200)
    fact = blocks.TextBlock(label=_("Ce qui est vrai"), max_length=600)

    class Meta:
        icon = "warning"
        label = _("Idée reçue")
        template = "courses/blocks/misconception.html"
        group = _("À retenir")
