"""What a page still lacks before it is published: named, with the place where it is mended.

What would leave readers out, or promise what is not there, keeps the page from being published; the
rest is said, and the editor decides. Each room registers how its pages are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from content.models import SiteImage, Video

LONG_VIDEO = 180  # seconds; a longer one is easier with chapters


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, on which page and, where it is in a block, in which; `address` is
    where it is mended, if not on the page itself."""

    page: Page
    message: str
    is_blocking: bool
    block_id: str = ""
    address: str = ""


PageCheck = Callable[[Any], list[Gap]]
_CHECKS: dict[type[Page], PageCheck] = {}


def page_check_register(model: type[Page], check: PageCheck) -> None:
    """Let pages of this type, and of those derived from it, be checked; called when an app is
    ready."""
    _CHECKS[model] = check


def is_checked(page: Page) -> bool:
    return _check_of(page) is not None


def page_gaps(page: Page) -> list[Gap]:
    """The gaps of a page as given; none where nothing is checked."""
    check = _check_of(page)
    return check(page) if check else []


def blocking_gaps(gaps: list[Gap]) -> list[Gap]:
    return [gap for gap in gaps if gap.is_blocking]


def image_gaps(image: SiteImage) -> Iterator[tuple[str, bool]]:
    """What a picture lacks: (message, is blocking)."""
    alternative = image.description.strip().casefold()
    if not alternative:
        yield _("L’image « %(title)s » n’a pas de texte alternatif.") % {"title": image.title}, True
    elif alternative in {image.title.casefold(), Path(image.file.name).name.casefold()}:
        message = _("Le texte alternatif de « %(title)s » répète son nom : dites ce qu’on voit.")
        yield message % {"title": image.title}, False


def video_gaps(video: Video) -> Iterator[tuple[str, bool]]:
    """What a video lacks: (message, is blocking)."""
    title = {"title": video.title}
    if not video.captions:
        yield _("La vidéo « %(title)s » n’a pas de sous-titres.") % title, True
    if not video.transcript.strip():
        yield _("La vidéo « %(title)s » n’a pas de transcription.") % title, True
    if not video.duration:
        yield _("La durée de la vidéo « %(title)s » manque : rien n’en sera compté.") % title, False
    elif video.duration > LONG_VIDEO and not video.chapters:
        yield _("La vidéo « %(title)s » est longue : donnez-lui des chapitres.") % title, False


def image_address(image: SiteImage) -> str:
    """Where a picture is edited."""
    return reverse("wagtailimages:edit", args=[image.pk])


def video_address(video: Video) -> str:
    """Where a video is edited."""
    return reverse("wagtailmedia:edit", args=[video.pk])


def _check_of(page: Page) -> PageCheck | None:
    return next((_CHECKS[model] for model in type(page).__mro__ if model in _CHECKS), None)
