"""Finding what a page of the workshop is about, and its trail."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
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
    """An adaptation, for whoever speaks for its establishment; to others it does not exist."""
    adaptation = adaptation_find(uid=uid)
    if adaptation is None:
        raise Http404
    try:
        establishment_for(request, adaptation.establishment.uid)
    except PermissionDenied as refusal:
        raise Http404 from refusal
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
