"""The files of the assets, at addresses that outlive a replaced file."""

from __future__ import annotations

import hashlib

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from campaign_assets.selectors import Download, asset_public, downloads_of

BROWSER_KEEPS = 300  # seconds; a replaced file is seen soon


@require_safe
def download(request: HttpRequest, page_id: int, name: str) -> HttpResponseBase:
    """A file of a published asset."""
    page = asset_public(page_id=page_id)
    if page is None:
        raise Http404
    found = next((d for d in downloads_of(page=page) if d.name == name), None)
    if found is None:
        raise Http404
    return _respond(request, found)


def _respond(request: HttpRequest, found: Download) -> HttpResponseBase:
    # Storage gives every new file a new name, so the name stands for the content.
    etag = f'"{hashlib.sha256((found.file.name or "").encode()).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    try:
        response = FileResponse(
            found.file.open("rb"),
            as_attachment=True,
            filename=found.filename,
            content_type=found.content_type,
        )
    except FileNotFoundError as error:
        raise Http404 from error
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=BROWSER_KEEPS)
    return response
