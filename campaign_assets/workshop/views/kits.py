"""A whole kit in a hospital's name: ask for it, see how far it is, take it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import gettext as _

from campaign_assets.access import (
    choice_for,
    establishment_for,
    only_one_of,
    speaker_view,
    user_of,
)
from campaign_assets.kits.contents import kit_archive_ready, kit_contents
from campaign_assets.kits.houses import kit_house
from campaign_assets.kits.services import kit_archive_wake, kit_house_request
from campaign_assets.models import KitArchive, KitPage
from campaign_assets.reach.services import download_count
from campaign_assets.selectors import asset_public, weight
from campaign_assets.workshop.views.common import trail
from campaign_assets.workshop.views.making import WHOSE
from documents.archives.packing import private_storage
from documents.enums import WorkState
from documents.files import etag_of, file_response
from organisation.models import Establishment

NAME_SIGNS = 40


@speaker_view("GET", "HEAD")
def kit_whose(request: HttpRequest, page_id: int) -> HttpResponse:
    """In whose name; of one establishment, straight to its kit."""
    kit = _kit(page_id)
    choice = choice_for(request)
    if choice.only:
        return redirect("campaign_assets:kit_own", kit.pk, choice.only.uid)
    links = [(one, _address("kit_own", kit, one)) for one in choice.establishments]
    context = {
        "asset": kit,
        "choice": choice,
        "choice_links": links,
        "breadcrumb": trail((kit.title, "")),
    }
    return render(request, "campaign_assets/workshop/choose.html", context)


@speaker_view("GET", "HEAD", "POST")
def kit_own(request: HttpRequest, page_id: int, uid: uuid.UUID) -> HttpResponse:
    """What one gets and what will be missing; a POST has it made; then how far it is."""
    kit, establishment = _kit(page_id), _establishment(request, uid)
    if request.method == "POST":
        _request(request, kit, establishment)
        return redirect("campaign_assets:kit_own", kit.pk, establishment.uid)
    house = kit_house(establishment=establishment)
    archive, state = _archive(kit, establishment)
    whose = _("Au nom de : %(name)s") % {"name": house.brand.name}
    context = {
        "kit": kit,
        "establishment": establishment,
        "house": house,
        "breadcrumb": trail((kit.title, kit.get_url(request) or ""), (whose, "")),
        "is_only": only_one_of(user_of(request)) is not None,
    }
    if archive is None:
        return render(request, "campaign_assets/workshop/kit_ask.html", context)
    context |= _progress(archive, state, kit, establishment)
    return render(request, "campaign_assets/workshop/kit_progress.html", context)


@speaker_view("GET", "HEAD")
def kit_own_file(request: HttpRequest, page_id: int, uid: uuid.UUID) -> HttpResponseBase:
    """The ZIP as kit and brand card are today; else where it is asked for again."""
    kit, establishment = _kit(page_id), _establishment(request, uid)
    contents = kit_contents(kit=kit, establishment=establishment)
    archive = kit_archive_ready(contents=contents)
    if archive is None or contents.house is None:
        messages.info(request, _("Ce fichier n’est pas prêt, ou il a changé : demandez-le ici."))
        return redirect("campaign_assets:kit_own", kit.pk, establishment.uid)
    try:
        content = private_storage().open(archive.file)
    except FileNotFoundError as error:
        raise Http404 from error
    name = slugify(contents.house.brand.name)[:NAME_SIGNS].strip("-")
    response = file_response(
        request,
        content,
        size=archive.size,
        content_type="application/zip",
        etag=etag_of(archive.digest.encode()),
        filename="-".join(word for word in (kit.slug, name) if word) + ".zip",
    )
    patch_cache_control(response, private=True, no_cache=True)
    download_count(request, response, asset=kit, file="kit.zip", establishment=establishment)
    return response


def _kit(page_id: int) -> KitPage:
    kit = asset_public(page_id=page_id)
    if not isinstance(kit, KitPage):
        raise Http404
    return kit


def _establishment(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    """The establishment, for whoever speaks for it; others learn nothing of what it has made."""
    try:
        return establishment_for(request, uid)
    except PermissionDenied as refusal:
        raise Http404 from refusal


def _request(request: HttpRequest, kit: KitPage, establishment: Establishment) -> None:
    try:
        kit_house_request(
            kit=kit, establishment=establishment, actor=user_of(request), now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def _archive(kit: KitPage, establishment: Establishment) -> tuple[KitArchive | None, str]:
    """The archive to show, and what became of it: that of kit and brand card as they are today, or
    the last one that was asked for."""
    latest = KitArchive.objects.filter(kit=kit, establishment=establishment).first()
    if latest is None:
        return None, ""
    if latest.is_unfinished:  # looked at every other second; who makes it sees whether it changed
        return latest, latest.state
    contents = kit_contents(kit=kit, establishment=establishment)
    exact = KitArchive.objects.filter(digest=contents.digest).first()
    return (exact, exact.state) if exact else (latest, WorkState.EXPIRED)


def _progress(
    archive: KitArchive, state: str, kit: KitPage, establishment: Establishment
) -> dict[str, Any]:
    kit_archive_wake(archive_id=archive.pk, now=timezone.now())
    return {
        "archive": archive,
        "state": state,
        "file": _address("kit_own_file", kit, establishment),
        "weight": weight(archive.size),
        "count": archive.total - len(archive.refused),
        "refused": _refused(archive, establishment),
    }


def _refused(archive: KitArchive, establishment: Establishment) -> list[dict[str, str]]:
    """What does not fit, each reason of an asset once, and where one mends it."""
    found = {(one["page"], one["why"]): one for one in archive.refused}
    brand = reverse("campaign_assets:brand", args=[establishment.uid])
    return [
        {
            "title": one["title"],
            "why": one["why"],
            "brand": brand if one["field"].startswith("brand.") else "",
            "workshop": f"{reverse('campaign_assets:workshop', args=[one['page']])}"
            f"?{WHOSE}={establishment.uid}",
        }
        for one in found.values()
    ]


def _address(name: str, kit: KitPage, establishment: Establishment) -> str:
    return reverse(f"campaign_assets:{name}", args=[kit.pk, establishment.uid])
