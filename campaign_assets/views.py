"""The files of the assets, at addresses that outlive a replaced file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from campaign_assets.selectors import Download, asset_public, downloads_of
from documents.files import file_response

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
    newer = page.superseded_by
    if newer is not None and newer.live:
        response["Link"] = f'<{newer.get_url(request)}>; rel="successor-version"'  # RFC 5829
    return response


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
