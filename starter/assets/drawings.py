"""What a starter drawing is: a design of the campaign filled in, and what its page says of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from campaign_assets.enums import Theme
from starter.typography import french

CAMPAIGN = "Tous cyber vigilant"
CONTACT = "Un doute ? Appelez le support informatique."


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A page to publish. Texts are typed with ordinary spaces and broken into the lines on which
    they are set; they come out in French typography.

    `audiences` are codes; none means everybody. `placement` says where to hang it, `post` what to
    write when it is sent."""

    slug: str
    theme: Theme
    design: str
    figure: str
    world: str
    texts: dict[str, str]
    alt: str
    summary: str
    audiences: tuple[str, ...] = ()
    placement: tuple[str, ...] = ()
    post: str = ""
    contact: str = CONTACT
    title: str = field(default="")

    def __post_init__(self) -> None:
        said = self.texts | {"contact": self.contact}
        texts = {name: french(text) for name, text in said.items()}
        first = next(iter(texts.values()))
        for name, value in (
            ("texts", texts),
            ("title", french(self.title) or " ".join(first.split("\n"))),
            ("alt", french(self.alt)),
            ("summary", french(self.summary)),
            ("placement", tuple(french(place) for place in self.placement)),
            ("post", french(self.post)),
        ):
            object.__setattr__(self, name, value)
