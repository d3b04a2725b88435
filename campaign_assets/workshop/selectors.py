"""Reading what can be adapted, what was, and where a short address leads."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from wagtail.models import Page

from campaign_assets.models import Adaptation, AssetPage, DesignedPage, ShortLink
from organisation.models import Establishment
from organisation.scopes import Scope
from organisation.selectors import establishments_found
from organisation.services.codes import code_normal


def drawn_public(*, page_id: int, now: dt.datetime) -> DesignedPage | None:
    """The published page whose drawing can be adapted; none for a draft, an expired one, a file."""
    page = AssetPage.objects.offered(now).filter(pk=page_id).first()
    specific = page.specific if page else None
    if isinstance(specific, DesignedPage) and specific.drawn_as is not None:
        return specific
    return None


def adaptations_of(*, scopes: Iterable[Scope], day: dt.date) -> QuerySet[Adaptation]:
    """What was made for the establishments of these scopes, the newest first."""
    houses = establishments_found(scopes=scopes, day=day).order_by().values("pk")
    found: QuerySet[Adaptation] = Adaptation.objects.filter(establishment__in=houses)
    return found.select_related("page", "establishment", "created_by", "short_link")


def adaptation_find(*, uid: uuid.UUID) -> Adaptation | None:
    return (
        Adaptation.objects.filter(uid=uid)
        .select_related("page", "establishment", "short_link")
        .first()
    )


def words_digest(texts: Mapping[str, str], placement: str) -> str:
    """The same for the same clean words at the same place."""
    plain = json.dumps([dict(texts), placement], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def codes_hung(
    *, establishment: Establishment, places: Iterable[tuple[int, str]]
) -> dict[tuple[int, str], str]:
    """The codes of an establishment's posters without words of their own, by page and placement.
    One query; a place without an adaptation has none."""
    digests = {words_digest({}, placement): placement for _page, placement in places}
    links = ShortLink.objects.filter(
        adaptation__establishment=establishment,
        adaptation__page__in={page for page, _placement in places},
        adaptation__digest__in=digests,
    )
    found = links.values_list("adaptation__page", "adaptation__digest", "code")
    return {(page, digests[digest]): code for page, digest, code in found}


def code_of(adaptation: Adaptation) -> str:
    """The code on its sheets; empty for what hangs nowhere."""
    link: ShortLink | None = getattr(adaptation, "short_link", None)
    return link.code if link else ""


def short_link_find(*, code: str) -> ShortLink | None:
    """The short address of a code, however it was typed."""
    found = ShortLink.objects.filter(code=code_normal(code)[:12])
    return found.select_related("target", "asset").first()


def page_led_to(link: ShortLink) -> Page | None:
    """The published page that a short address leads to: its target, or else the page of the poster
    itself; none when both are gone."""
    wanted = [page.pk for page in (link.target, link.asset) if page is not None]
    pages = Page.objects.live().public().in_bulk(wanted)
    return next((pages[pk] for pk in wanted if pk in pages), None)
