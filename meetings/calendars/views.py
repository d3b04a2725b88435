"""Calendar files over HTTP, and the page that tells how to subscribe."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.published import published_generation
from documents.files import etag_of
from meetings.calendars.feeds import feed_make, feed_of_token, feed_replace, feed_token
from meetings.calendars.files import CONTENT_TYPE, calendar_of, meeting_calendar
from meetings.calendars.selectors import (
    entries_own,
    entries_public,
    feed_of_user,
    kept_since,
    meeting_public,
    state_public,
)
from meetings.models import MeetingsIndexPage
from meetings.readers import region_of_reader
from notifications.links import site_url
from organisation.models import Region
from users.models import User
from users.private_views import private_view, user_of

PUBLIC_SECONDS = 15 * 60
WRITTEN_SECONDS = 60 * 60


@require_safe
def all_ics(request: HttpRequest) -> HttpResponseBase:
    """Every region's."""
    return _public_feed(request, name=_("Rencontres"), file="rencontres.ics")


@require_safe
def region_ics(request: HttpRequest, code: str) -> HttpResponseBase:
    region = get_object_or_404(Region, code=code)
    name = _("Rencontres, %(region)s") % {"region": region.name}
    return _public_feed(request, name=name, file=f"rencontres-{code}.ics", region=region)


@require_safe
def meeting_ics(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """One meeting; to be imported once, or kept."""
    meeting = meeting_public(uid=uid)
    if meeting is None:
        raise Http404
    content = meeting_calendar(meeting)
    return _public(_answer(request, content, "rencontre.ics", meeting.changed_at))


@require_safe
def own_ics(request: HttpRequest, token: str) -> HttpResponseBase:
    """Somebody's own meetings: whoever has the address, without signing in."""
    feed = feed_of_token(token)
    if feed is None:
        raise Http404
    own = entries_own(feed=feed, now=timezone.now())
    name = _("Mes rencontres – %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}
    content = calendar_of(own.entries, name=name, address=_own_address(token))
    response = _answer(request, content, "mes-rencontres.ics", own.changed_at)
    patch_cache_control(response, private=True, no_cache=True)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def subscriptions(request: HttpRequest) -> HttpResponse:
    """The addresses to subscribe to, and how. Names nobody but who is signed in."""
    response = render(request, "meetings/subscriptions.html", _subscriptions_context(request))
    patch_cache_control(response, private=True, no_store=True)
    return response


@private_view("POST")
def feed_create(request: HttpRequest) -> HttpResponse:
    feed_make(account=user_of(request), now=timezone.now())
    messages.success(request, _("Votre adresse privée est prête."))
    return redirect("meetings:subscriptions")


@private_view("GET", "HEAD", "POST")
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """Asks once, then the old address leads nowhere."""
    user = user_of(request)
    if request.method == "POST":
        if feed_replace(account=user, now=timezone.now()):
            messages.success(
                request, _("L’ancienne adresse ne mène plus à rien. Voici la nouvelle.")
            )
        return redirect("meetings:subscriptions")
    if feed_of_user(user=user) is None:
        return redirect("meetings:subscriptions")
    trail = [
        *_trail(),
        {"title": _("S’abonner"), "url": reverse("meetings:subscriptions")},
        {"title": _("Remplacer l’adresse privée"), "url": ""},
    ]
    return render(request, "meetings/feed_revoke.html", {"breadcrumb": trail})


def _subscriptions_context(request: HttpRequest) -> dict[str, Any]:
    user = request.user if isinstance(request.user, User) else None
    feed = feed_of_user(user=user) if user else None
    own = region_of_reader(request, day=timezone.localdate())
    regions = list(Region.objects.order_by("name"))
    wanted = request.GET.get("region") or (own.code if own else "")
    chosen = next((region for region in regions if region.code == wanted), None)
    return {
        "regions": regions,
        "chosen": chosen,
        "all_address": site_url(reverse("meetings:all_ics")),
        "region_address": chosen and site_url(reverse("meetings:region_ics", args=[chosen.code])),
        "own_address": feed and _own_address(feed_token(feed)),
        "has_account": user is not None,
        "breadcrumb": [*_trail(), {"title": _("S’abonner à l’agenda"), "url": ""}],
    }


def _trail() -> list[dict[str, str]]:
    index = MeetingsIndexPage.objects.live().first()
    return [{"title": index.title, "url": index.url}] if index else []


def _own_address(token: str) -> str:
    return site_url(reverse("meetings:own_ics", args=[token]))


def _public_feed(
    request: HttpRequest, *, name: str, file: str, region: Region | None = None
) -> HttpResponseBase:
    """Written once for all who ask until something changes: programs ask several times a day."""
    since = kept_since(timezone.now())
    state = state_public(since=since, region=region)
    title, address = f"{name} – {settings.WAGTAIL_SITE_NAME}", site_url(request.path)
    known = repr((published_generation(), since, state, title, address))
    key = f"meetings.feed.{hashlib.sha256(known.encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        entries = entries_public(since=since, region=region)
        content = calendar_of(entries, name=title, address=address)
        cache.set(key, content, WRITTEN_SECONDS)
    return _public(_answer(request, content, file, state.changed_at))


def _answer(
    request: HttpRequest, content: bytes, file: str, changed_at: dt.datetime | None
) -> HttpResponseBase:
    """The file, or that the reader has it already (RFC 9110 13)."""
    etag = etag_of(content)
    modified = int(changed_at.timestamp()) if changed_at else None
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["ETag"] = etag
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    response["Content-Disposition"] = content_disposition_header(False, file) or "inline"
    answer = get_conditional_response(request, etag, modified, response)
    assert answer is not None
    return answer


def _public(response: HttpResponseBase) -> HttpResponseBase:
    patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    return response
