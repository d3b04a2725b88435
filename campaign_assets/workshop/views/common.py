"""Finding what a page of the workshop is about, and its trail."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaign_assets.access import establishment_for
from campaign_assets.designs import Design
from campaign_assets.models import Adaptation, DesignedPage
from campaign_assets.workshop.selectors import adaptation_find, drawn_public


def page_for(page_id: int) -> tuple[DesignedPage, Design]:
    """The published page and its design. Raises Http404."""
    page = drawn_public(page_id=page_id, now=timezone.now())
    if page is None or page.drawn_as is None:
        raise Http404
    return page, page.drawn_as


def adaptation_for(request: HttpRequest, uid: uuid.UUID) -> Adaptation:
    """An adaptation, for whoever speaks for its establishment. Raises Http404 or
    PermissionDenied."""
    adaptation = adaptation_find(uid=uid)
    if adaptation is None:
        raise Http404
    establishment_for(request, adaptation.establishment.uid)
    return adaptation


def uid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb below «Atelier», the present page last."""
    first = (_("Atelier"), reverse("campaign_assets:adaptations") if steps else "")
    return [{"title": title, "url": url} for title, url in (first, *steps)]
