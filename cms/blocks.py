"""Blocks of the home and incident pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import CallToActionBlock, DoDontBlock, FigureBlock

PICTOGRAMS = [
    ("buildings/city-hall", _("Institution")),
    ("digital/ecosystem", _("Réseau")),
    ("digital/self-training", _("Formation")),
    ("environment/human-cooperation", _("Entraide")),
    ("health/health", _("Soin")),
    ("health/hospital", _("Hôpital")),
    ("system/padlock", _("Cadenas")),
    ("system/success", _("Réussite")),
    ("system/notification", _("Alerte")),
]


class AimBlock(blocks.StructBlock):
    """One of the campaign's aims."""

    title = blocks.CharBlock(label=_("Objectif"), max_length=80)
    text = blocks.CharBlock(label=_("Explication"), max_length=240)
    pictogram = blocks.ChoiceBlock(label=_("Pictogramme"), choices=PICTOGRAMS)

    class Meta:
        icon = "tick"
        label = _("Objectif")
        template = "cms/blocks/aim.html"


class AimsBlock(blocks.StreamBlock):
    aim = AimBlock()


class ActionsBlock(blocks.StreamBlock):
    """The actions of the home page; the first one is the main one."""

    action = CallToActionBlock()


class FiguresBlock(blocks.StreamBlock):
    figure = FigureBlock()


class StepsBlock(blocks.StreamBlock):
    """Sentences in order."""

    step = blocks.CharBlock(label=_("Étape"), max_length=240, icon="list-ol")


class GesturesBlock(blocks.StreamBlock):
    do_dont = DoDontBlock()
