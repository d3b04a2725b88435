"""Who speaks for which establishment, on the pages outside of the admin."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import ScopeKind
from organisation.models import Establishment
from organisation.permissions import may_communicate_for, scopes_with_communication
from organisation.scopes import Scope
from organisation.selectors import establishments_found
from users.models import User
from users.private_views import private_view, user_of

speaker_view = partial(private_view, unless_said=True)
"""By account; a file says itself how long it may be kept."""
SHOWN = 30
"""Establishments on one screen; a search finds the others."""


def refused() -> PermissionDenied:
    return PermissionDenied(
        _(
            "Adapter les supports demande l’habilitation « Adapter les supports de la campagne » "
            "pour cet établissement. Sans elle, chaque support se télécharge tel quel."
        )
    )


def establishment_for(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    """The establishment, for whoever speaks for it. Raises Http404 or PermissionDenied."""
    establishment = Establishment.objects.filter(uid=uid).first()
    if establishment is None:
        raise Http404
    day = timezone.localdate()
    if not may_communicate_for(user=user_of(request), establishment=establishment, day=day):
        raise refused()
    return establishment


@dataclass(frozen=True, slots=True)
class Choice:
    """The establishments among which somebody chooses; `only` when there is but one."""

    establishments: list[Establishment]
    search: str
    has_more: bool
    is_searched: bool
    only: Establishment | None


def choice_for(request: HttpRequest) -> Choice:
    """Those that one speaks for, found by what the address asks. Raises PermissionDenied for
    somebody who speaks for none."""
    day = timezone.localdate()
    scopes = scopes_with_communication(user=user_of(request), day=day)
    if not scopes:
        raise refused()
    return _choice(scopes, day, " ".join(request.GET.get("q", "").split())[:80])


def only_one_of(user: User | AnonymousUser) -> Establishment | None:
    """The only establishment that somebody speaks for; none for several, and for most people."""
    day = timezone.localdate()
    scopes = scopes_with_communication(user=user, day=day)
    return _choice(scopes, day, "").only if scopes else None


def _choice(scopes: Collection[Scope], day: dt.date, search: str) -> Choice:
    found = list(
        establishments_found(scopes=scopes, day=day, search=search).select_related("region")[
            : SHOWN + 1
        ]
    )
    is_wide = len(found) > 10 or bool(search)
    is_wide |= any(scope.kind != ScopeKind.ESTABLISHMENT for scope in scopes)
    only = found[0] if len(found) == 1 and not is_wide else None
    return Choice(found[:SHOWN], search, len(found) > SHOWN, is_wide, only)
