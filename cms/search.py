"""Searching the site, whatever the accents."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from documents.folding import fold

# What a reader calls a page; a type that is not named here shows its own name.
KINDS = {
    "cms.homepage": _("Accueil"),
    "cms.incidentpage": _("Signalement"),
    "cms.standardpage": _("Page"),
}


def page_kind(page: Page) -> str:
    """The kind of a page, in the reader's words."""
    kind = KINDS.get(page._meta.label_lower)
    return str(kind or page._meta.verbose_name).capitalize()


def pages_search(*, text: str) -> Any:
    """Published, public pages that contain every word of `text`, best first; sliceable.

    Both sides are folded, so that «securite» and «sécurité» find the same on every database. A text
    without any word finds nothing.
    """
    words = fold(text)
    if not words:
        return Page.objects.none()
    pages = Page.objects.live().public().filter(depth__gt=1)
    return pages.search(words, operator="and")


def pages_specific(*, pages: list[Page]) -> list[Page]:
    """The same pages in the same order, each in its own type: one query a type."""
    specific = Page.objects.filter(pk__in=[page.pk for page in pages]).specific().in_bulk()
    return [specific[page.pk] for page in pages if page.pk in specific]
