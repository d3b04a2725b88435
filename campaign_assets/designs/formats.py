"""The sheets and screens that a design is made for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Medium(StrEnum):
    PRINT = "print"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Format:
    """`width` and `height` are millimetres of trimmed paper, or pixels of a screen."""

    key: str
    label: str | Promise
    medium: Medium
    width: int
    height: int

    @property
    def is_print(self) -> bool:
        return self.medium is Medium.PRINT


FORMATS: dict[str, Format] = {
    one.key: one
    for one in (
        Format("a3", _("A3"), Medium.PRINT, 297, 420),
        Format("a4", _("A4"), Medium.PRINT, 210, 297),
        Format("a5", _("A5"), Medium.PRINT, 148, 210),
        Format("1080x1080", _("Carré"), Medium.SCREEN, 1080, 1080),
        Format("1080x1920", _("Vertical"), Medium.SCREEN, 1080, 1920),
        Format("1200x630", _("Bannière"), Medium.SCREEN, 1200, 630),
        Format("1920x1080", _("Écran"), Medium.SCREEN, 1920, 1080),
    )
}
