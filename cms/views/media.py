"""Pictures and videos from the media folder, for a site that is one process.

A larger site lets its proxy or an object storage serve them, and this view never hears of it.
"""

from __future__ import annotations

import mimetypes
import posixpath
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from documents.files import file_response

# Wagtail serves documents itself, for it knows who may read them.
PRIVATE_FOLDER = "documents/"


@require_safe
def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the media folder, in parts where asked for, so that a film can be wound forward;
    404 for a document, whose address is another."""
    # Read before it is judged, or a detour by «..» would be another name for the folder.
    name = posixpath.normpath(path).lstrip("/")
    if name.startswith(PRIVATE_FOLDER):
        raise Http404
    file = Path(safe_join(str(settings.MEDIA_ROOT), name))
    if not file.is_file():
        raise Http404
    facts = file.stat()
    return file_response(
        request,
        file.open("rb"),
        size=facts.st_size,
        content_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        etag=f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"',
        as_attachment=False,
    )
