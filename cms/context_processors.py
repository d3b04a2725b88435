"""What the frame of every page needs. Lazily: an answer that shows no frame pays for none."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cms.chrome import Chrome, Link, chrome_for_request, mark_current
from cms.permissions import Doors
from cms.readers import doors_of
from organisation.sessions import is_signed_in
from users.shared import seconds_left


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """`chrome` and `navigation` for all; `can_edit_site` and `login_next` for this reader."""
    own = cache(lambda: doors_of(_reader(request)))
    chrome = cache(lambda: chrome_for_request(request))
    return {
        "chrome": SimpleLazyObject(chrome),
        "navigation": SimpleLazyObject(lambda: _navigation(request, chrome(), own())),
        "reader": SimpleLazyObject(lambda: _reader(request)),
        "can_edit_site": SimpleLazyObject(lambda: own().can_edit_site),
        "is_signed_in": SimpleLazyObject(lambda: is_signed_in(request)),
        "shared_seconds": SimpleLazyObject(lambda: seconds_left(request) or 0),
        "session_ended": getattr(request, "session_ended", False),
        "login_next": _login_next(request),
    }


def _navigation(request: HttpRequest, chrome: Chrome, own: Doors) -> list[Link]:
    links = chrome.navigation + _of_managers(own)
    return mark_current(links, request.path)


def _of_managers(own: Doors) -> tuple[Link, ...]:
    """One entry, whatever a manager may do: the menu stays as long for her as for everybody."""
    links: tuple[Link, ...] = ()
    if own.can_see_coverage:
        links += (Link(_("Couverture"), reverse("reporting:home")),)
    if own.can_train_team:
        links += (
            Link(_("Former mon équipe"), reverse("courses:team")),
            Link(_("Codes de connexion"), reverse("organisation:codes")),
        )
    if own.can_declare_headcounts:
        links += (Link(_("Effectifs"), reverse("organisation:headcounts")),)
    if own.can_communicate:
        links += (
            Link(_("Atelier"), reverse("campaign_assets:adaptations")),
            Link(_("Portée"), reverse("reporting:reach")),
        )
    if own.can_organise_meetings:
        links += (Link(_("Rencontres à tenir"), reverse("meetings:organised")),)
    if own.can_give_access:
        links += (Link(_("Habilitations"), reverse("organisation:grants")),)
    leads = own.can_see_coverage or own.can_train_team or own.can_give_access
    title = _("Mon équipe") if leads else _("Communication")
    if own.can_organise_meetings and not leads:
        title = _("Mes missions")
    return (Link(title, "", entries=links),) if len(links) > 1 else links


def _reader(request: HttpRequest) -> Any:
    """An answer given before the session was read, such as an early 400, is nobody's."""
    return getattr(request, "user", None) or AnonymousUser()


def _login_next(request: HttpRequest) -> str:
    """Back to the page one was reading, except from the sign-in pages themselves."""
    if request.method != "GET" or request.path.startswith("/accounts/") or request.path == "/":
        return ""
    return "?" + urlencode({"next": request.get_full_path()})
