"""Hotspot: what is wrong in this picture. Each area has a label, which is its text equivalent."""

from __future__ import annotations

import random
from operator import itemgetter
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from content.models import SiteImage
from courses.exercises.base import Content, parts_of, refused
from courses.exercises.marking import Marking

WHOLE = 100  # percent


class AreaBlock(blocks.StructBlock):
    label = blocks.CharBlock(
        label=gettext_lazy("Ce que l’on voit"),
        max_length=160,
        help_text=gettext_lazy(
            "Sans dire si c’est un risque : qui ne voit pas l’image répond avec ce texte."
        ),
    )
    left = blocks.IntegerBlock(
        label=gettext_lazy("Bord gauche (%)"),
        min_value=0,
        max_value=WHOLE - 1,
        help_text=gettext_lazy("En pourcentage de la largeur de l’image."),
    )
    top = blocks.IntegerBlock(
        label=gettext_lazy("Bord haut (%)"),
        min_value=0,
        max_value=WHOLE - 1,
        help_text=gettext_lazy("En pourcentage de la hauteur de l’image."),
    )
    width = blocks.IntegerBlock(label=gettext_lazy("Largeur (%)"), min_value=1, max_value=WHOLE)
    height = blocks.IntegerBlock(label=gettext_lazy("Hauteur (%)"), min_value=1, max_value=WHOLE)
    is_right = blocks.BooleanBlock(
        label=gettext_lazy("À trouver"),
        required=False,
        help_text=gettext_lazy("L’agent doit le cocher."),
    )
    feedback = blocks.TextBlock(
        label=gettext_lazy("Pourquoi"),
        max_length=500,
        rows=2,
        help_text=gettext_lazy("Montré après la réponse, juste ou non."),
    )

    class Meta:
        label_format = "{label}"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["left"] + cleaned["width"] > WHOLE or cleaned["top"] + cleaned["height"] > WHOLE:
            raise refused(_("La zone dépasse le bord de l’image."))
        return cleaned


class HotspotBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=gettext_lazy("Titre"), max_length=120)
    instruction = blocks.TextBlock(
        label=gettext_lazy("Consigne"),
        max_length=300,
        rows=2,
        default=gettext_lazy("Cochez tout ce qui présente un risque."),
    )
    image = ImageChooserBlock(label=gettext_lazy("Image"))
    areas = blocks.ListBlock(
        AreaBlock(),
        label=gettext_lazy("Zones"),
        min_num=2,
        max_num=12,
        help_text=gettext_lazy("De quatre à dix, dont au moins une sans danger."),
    )

    class Meta:
        icon = "image"
        label = gettext_lazy("Image à examiner")
        group = gettext_lazy("Exercices")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        sorts = {area["is_right"] for area in cleaned["areas"]}
        if True not in sorts:
            raise refused(_("Aucune zone n’est à trouver."))
        if False not in sorts:
            raise refused(
                _("Toutes les zones sont à trouver : ajoutez-en une sans danger au moins.")
            )
        return cleaned


class Hotspot(Marking):
    kind: ClassVar[str] = "hotspot"

    def frozen(self, value: blocks.StructValue, rng: random.Random) -> Content:
        """The areas are numbered as the picture is read, whatever order they were written in."""
        image = value["image"]
        areas = [
            {
                "uid": uid,
                "text": area["label"],
                "left": area["left"],
                "top": area["top"],
                "width": area["width"],
                "height": area["height"],
                "is_right": area["is_right"],
                "feedback": area["feedback"],
            }
            for uid, area in parts_of(value["areas"])
        ]
        return {
            "title": value["title"],
            "instruction": value["instruction"],
            "image": image.pk if image else None,
            "alt": image.default_alt_text if image else "",
            "areas": sorted(areas, key=itemgetter("top", "left")),
        }

    def picture(self, value: blocks.StructValue) -> SiteImage | None:
        picture: SiteImage | None = value["image"]
        return picture

    def picture_id(self, content: Content) -> int | None:
        picture: int | None = content["image"]
        return picture

    def options(self, content: Content) -> list[dict[str, Any]]:
        areas: list[dict[str, Any]] = content["areas"]
        return areas

    def review(self, content: Content, response: list[str]) -> Any:
        verdicts = self.verdicts(content, response)
        return {
            "areas": [{**area, "verdict": verdicts[area["uid"]]} for area in content["areas"]],
            **self.counts(content, response),
        }
