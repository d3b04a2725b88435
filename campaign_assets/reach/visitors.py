"""Whether a request is somebody's: robots, browsers that look ahead and editors reach nobody."""

from __future__ import annotations

from zlib import crc32

from crawleruseragents import is_crawler
from django.http import HttpRequest
from django.utils import timezone

from organisation.models import Establishment
from organisation.selectors import establishment_of_user
from users.limits import Limit, client_key
from users.models import User

_LOOKING_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_AHEAD_WORDS = ("prefetch", "prerender", "preview")
# A file that a page shows, as its picture or its film, was not taken away.
_SHOWN = {"image", "video", "audio", "track", "style", "script", "font"}
_ONCE = Limit("reach", 1, 10)
"""A click that was doubled, or a reader that asks twice for the same file, is one."""


def is_somebody(request: HttpRequest, what: str) -> bool:
    """Whether the request is a person's, that this is `what` she does, and once.

    What a browser says of itself decides, nothing is kept of it: a mail filter that poses as a
    browser is taken for somebody. The address serves for some seconds to see a repetition, cut and
    keyed.
    """
    agent = request.headers.get("User-Agent", "")
    if request.method == "HEAD" or not agent or is_crawler(agent) or _looks_ahead(request):
        return False
    if _is_editor(request):
        return False
    return _ONCE.use(f"{client_key(request)}.{crc32(agent.encode()):x}.{what}")


def is_taken_away(request: HttpRequest) -> bool:
    """Whether a file is asked for as a whole and to be kept: not shown in a page, no second part of
    it, and no first two bytes to see what there is."""
    if request.headers.get("Sec-Fetch-Dest", "") in _SHOWN:
        return False
    wanted = request.headers.get("Range", "").replace(" ", "")
    return not wanted or (wanted.startswith("bytes=0-") and wanted != "bytes=0-1")


def establishment_of(request: HttpRequest) -> Establishment | None:
    """Where the reader works, if an account says so; none for everybody else."""
    user = request.user
    if not isinstance(user, User):
        return None
    return establishment_of_user(user=user, day=timezone.localdate())


def _looks_ahead(request: HttpRequest) -> bool:
    said = " ".join(request.headers.get(name, "") for name in _LOOKING_AHEAD).lower()
    return any(word in said for word in _AHEAD_WORDS)


def _is_editor(request: HttpRequest) -> bool:
    """Who makes the campaign looks at it all day."""
    user = request.user
    return isinstance(user, User) and user.has_perm("wagtailadmin.access_admin")
