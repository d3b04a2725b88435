"""The files of the assets, at addresses that outlive a replaced file."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from campaign_assets.kits.services import kit_archive_request, kit_archive_wake
from campaign_assets.models import KitArchive, KitPage, VideoPage
from campaign_assets.reach.services import download_count, play_count
from campaign_assets.selectors import Download, asset_public, downloads_of
from documents.enums import WorkState
from documents.files import file_response
from users.origins import is_same_origin

BROWSER_KEEPS = 300  # seconds; a replaced file is seen soon


@require_safe
def download(request: HttpRequest, page_id: int, name: str) -> HttpResponseBase:
    """A file of a published asset; of one that was replaced too, with its successor named."""
    page = asset_public(page_id=page_id)
    if page is None:
        raise Http404
    found = next((d for d in downloads_of(page=page) if d.name == name), None)
    if found is None:
        raise Http404
    response = _respond(request, found)
    download_count(request, response, asset=page, file=found.name)
    newer = page.superseded_by
    if newer is not None and newer.live:
        response["Link"] = f'<{newer.get_url(request)}>; rel="successor-version"'  # RFC 5829
    return response


@csrf_exempt  # it changes nothing of anybody's, and a page that is kept for all has no token
@require_POST
def played(request: HttpRequest, page_id: int) -> HttpResponse:
    """The page of a film tells that it was started."""
    page = asset_public(page_id=page_id)
    if not isinstance(page, VideoPage):
        raise Http404
    if is_same_origin(request):
        play_count(request, asset=page)
    return HttpResponse(status=204)


@require_POST
def kit_request(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Have the ZIP of a kit made, for anybody; one that is made or on its way is shown."""
    kit = asset_public(page_id=page_id)
    if not isinstance(kit, KitPage):
        raise Http404
    try:
        archive = kit_archive_request(kit=kit, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(kit.get_url(request))
    return redirect("campaign_assets:kit_progress", uid=archive.uid)


@require_safe
def kit_progress(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """How far the ZIP of a kit is, and where it is taken."""
    archive = get_object_or_404(KitArchive, uid=uid, establishment=None)
    kit = asset_public(page_id=archive.kit_id)
    if not isinstance(kit, KitPage):
        raise Http404
    kit_archive_wake(archive_id=archive.pk, now=timezone.now())
    download = next(iter(downloads_of(page=kit)), None)
    context = {
        "archive": archive,
        "state": _state(archive, download),
        "kit": kit,
        "download": download,
        "breadcrumb": [
            {"title": kit.get_parent().title, "url": kit.get_parent().get_url(request)},
            {"title": kit.title, "url": kit.get_url(request)},
            {"title": _("Le kit en un fichier"), "url": ""},
        ],
    }
    response = render(request, "campaign_assets/kit_progress.html", context)
    add_never_cache_headers(response)
    return response


def _state(archive: KitArchive, download: Download | None) -> str:
    """Ready is the kit as it is now, whichever archive holds it."""
    if download is not None:
        return WorkState.READY
    return WorkState.EXPIRED if archive.state == WorkState.READY else archive.state


def _respond(request: HttpRequest, found: Download) -> HttpResponseBase:
    try:
        content, size = found.file.open("rb"), found.file.size
    except FileNotFoundError as error:
        raise Http404 from error
    response = file_response(
        request,
        content,
        size=size,
        content_type=found.content_type,
        etag=found.etag,
        filename=found.filename,
    )
    patch_cache_control(response, public=True, max_age=BROWSER_KEEPS)
    return response
