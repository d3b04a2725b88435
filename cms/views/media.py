"""Pictures and videos from the media folder, for a site that is one process.

A larger site lets its proxy or an object storage serve them, and this view never hears of it.
"""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.static import serve

# Wagtail serves documents itself, for it knows who may read them.
PRIVATE_FOLDER = "documents/"


def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media folder; 404 for a document, whose address is another."""
    # As `serve` reads it, or a detour by «..» would be another name for the folder.
    if posixpath.normpath(path).lstrip("/").startswith(PRIVATE_FOLDER):
        raise Http404
    return serve(request, path, document_root=str(settings.MEDIA_ROOT))
