"""The best language of a language map for a reader (Part Three 2.1.3.s4; RFC 2616 14.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_RANGE = re.compile(
    r"\s*(?P<range>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*"
    r"(?:;\s*[qQ]\s*=\s*(?P<quality>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
_LONGEST_HEADER = 1000  # characters; what stands behind is not read


class LanguageRange(NamedTuple):
    """A part of `Accept-Language`: a lower-case tag or ``*``, and how much it is wanted, 0 to 1."""

    tag: str
    quality: float

    def fits(self, tag: str) -> bool:
        """RFC 2616 14.4: the same tag, or a beginning of it up to a hyphen."""
        return tag == self.tag or tag.startswith(self.tag + "-")


@lru_cache(maxsize=256)
def language_ranges(accept_language: str) -> tuple[LanguageRange, ...]:
    """The ranges of the header, the most wanted first; what is not well formed is left out."""
    matches = (
        _RANGE.fullmatch(part) for part in accept_language[:_LONGEST_HEADER].lower().split(",")
    )
    ranges = [
        LanguageRange(match["range"], float(match["quality"] or 1)) for match in matches if match
    ]
    return tuple(sorted(ranges, key=lambda wanted: -wanted.quality))


def best_language(tags: Mapping[str, object], accept_language: str) -> str | None:
    """The one of `tags` that the header wants most; None only if there are none.

    Where no range fits, as «fr-FR» does not fit a map with «fr», the ranges are shortened (RFC 4647
    3.4); and where that does not help either, the first tag is taken that is not refused.
    """
    if len(tags) < 2:
        return next(iter(tags), None)
    ranges = language_ranges(accept_language)
    qualities = {tag: _quality(tag.lower(), ranges) for tag in tags}
    wanted = {tag: quality for tag, quality in qualities.items() if quality}
    if wanted:
        return max(wanted, key=lambda tag: (wanted[tag], -_place(tag.lower(), ranges)))
    by_name = {tag.lower(): tag for tag in tags if qualities[tag] is None}
    for shorter in (short for wanted_range in ranges for short in _shortened(wanted_range)):
        if shorter in by_name:
            return by_name[shorter]
    return next(iter(by_name.values()), next(iter(tags)))


def in_one_language(texts: Mapping[str, str], accept_language: str) -> dict[str, str]:
    """The language map with its best language alone."""
    tag = best_language(texts, accept_language)
    return {} if tag is None else {tag: texts[tag]}


def _quality(tag: str, ranges: tuple[LanguageRange, ...]) -> float | None:
    """What the longest range that fits gives; ``*`` fits what no other does; None: nothing fits."""
    fitting = [wanted for wanted in ranges if wanted.fits(tag)]
    if not fitting:
        fitting = [wanted for wanted in ranges if wanted.tag == "*"]
    return max(fitting, key=lambda wanted: len(wanted.tag)).quality if fitting else None


def _place(tag: str, ranges: tuple[LanguageRange, ...]) -> int:
    places = (place for place, wanted in enumerate(ranges) if wanted.fits(tag))
    return next(places, len(ranges))


def _shortened(wanted: LanguageRange) -> list[str]:
    parts = wanted.tag.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1) if wanted.quality]
