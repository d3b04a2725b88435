"""One design, filled in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

from campaign_assets.designs.colours import COLOUR, NIGHT, ink_on
from campaign_assets.designs.formats import FORMATS
from campaign_assets.designs.texts import clean, clean_line

LogoType = Literal["svg", "png"]


@dataclass(frozen=True)
class Brand:
    """Whose sheet it is. `logo` has been checked and cleaned by whoever stored it.

    `accent` is «#rrggbb», or empty for the campaign's own.

    :raises ValueError: the colour is none, or the logo comes without its type.
    """

    name: str
    logo: bytes | None = field(default=None, repr=False)
    logo_type: LogoType | None = None
    intranet: str = ""
    hotline: str = ""
    security_contact: str = ""
    accent: str = ""

    def __post_init__(self) -> None:
        for name in ("name", "intranet", "hotline", "security_contact"):
            object.__setattr__(self, name, clean_line(getattr(self, name)))
        object.__setattr__(self, "accent", self.accent.lower() or NIGHT)
        if not COLOUR.fullmatch(self.accent):
            raise ValueError(f"no colour: {self.accent!r}")
        if (self.logo is None) != (self.logo_type is None):
            raise ValueError("a logo and its type come together")

    @property
    def accent_ink(self) -> str:
        """What reads on the accent."""
        return ink_on(self.accent)


@dataclass(frozen=True)
class QrTarget:
    """Where the code leads, and the words beside it."""

    url: str
    label: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", clean_line(self.label))

    @property
    def address(self) -> str:
        """For those who type it."""
        return self.url.partition("://")[2].rstrip("/")


@dataclass(frozen=True)
class Work:
    """What one file shows. `texts` by field, lines broken where the author wants them; `alt` says
    what the drawing brings, without the words. `bleed` is for the printer's: 3 mm around the
    trimmed sheet, and crop marks."""

    design: str
    texts: Mapping[str, str]
    alt: str
    format: str
    figure: str = ""
    world: str = ""
    brand: Brand | None = None
    qr: QrTarget | None = None
    bleed: bool = False

    def __post_init__(self) -> None:
        texts = {name: clean(text) for name, text in self.texts.items()}
        object.__setattr__(self, "texts", MappingProxyType(texts))
        object.__setattr__(self, "alt", clean_line(self.alt))

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def is_print(self) -> bool:
        return self.format in FORMATS and FORMATS[self.format].is_print

    @cached_property
    def digest(self) -> str:
        """The same for equal works, in every process."""
        plain = json.dumps(_plain(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (Work, Brand, QrTarget)):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return value
