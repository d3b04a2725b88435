"""A logo that is too heavy is told while it arrives: nothing of it is kept, the form is."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from campaign_assets.branding.logos import MAX_BYTES
from users.private_views import View


class LogoLimit(FileUploadHandler):
    """Stands before the handlers that store, and lets them have no more than a logo may weigh."""

    is_exceeded = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > MAX_BYTES:
            self.is_exceeded = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


def logo_limited(view: View) -> View:
    """The files of the form are counted as they arrive. The token of the form stands in the same
    body, so it is checked after the handler is in its place."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.upload_handlers.insert(0, LogoLimit(request))
        return protected(request, *args, **kwargs)

    return limited


def logo_is_too_heavy(request: HttpRequest) -> bool:
    """Whether the limit stopped a file of this request."""
    assert request.FILES is not None  # reads the body
    return any(
        isinstance(handler, LogoLimit) and handler.is_exceeded
        for handler in request.upload_handlers
    )
