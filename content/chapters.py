"""Chapters of a video, as an editor types them: a line each, «1:30 Verrouiller»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_LINE = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})\s+(\S.*)")
MAX_CHAPTERS = 50


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of a video begins, in seconds, and what it is called."""

    start: int
    title: str

    @property
    def time(self) -> str:
        """Minutes and seconds, as a player shows them."""
        minutes, seconds = divmod(self.start, 60)
        return f"{minutes}:{seconds:02}"


def chapters_parse(text: str) -> list[Chapter]:
    """The chapters in `text`, in order.

    Raises ValidationError that names the line: not a time and a title, or not after the last one.
    """
    chapters: list[Chapter] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            chapters.append(_chapter(line.strip(), number, chapters))
    if len(chapters) > MAX_CHAPTERS:
        raise ValidationError(_("Au plus %(max)d chapitres.") % {"max": MAX_CHAPTERS})
    return chapters


def _chapter(line: str, number: int, before: list[Chapter]) -> Chapter:
    found = _LINE.fullmatch(line)
    if found is None or int(found[3]) > 59:
        raise ValidationError(
            _("Ligne %(number)d : un temps puis un titre, par exemple « 1:30 Verrouiller ».")
            % {"number": number}
        )
    hours, minutes, seconds = (int(part or 0) for part in found.group(1, 2, 3))
    chapter = Chapter(hours * 3600 + minutes * 60 + seconds, found[4])
    if before and chapter.start <= before[-1].start:
        raise ValidationError(
            _("Ligne %(number)d : ce chapitre commence avant le précédent.") % {"number": number}
        )
    return chapter


def validate_chapters(text: str) -> None:
    chapters_parse(text)
