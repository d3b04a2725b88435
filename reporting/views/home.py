"""Sends each reader to what she may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import GrantRight, ScopeKind
from organisation.models import Grant
from organisation.selectors import grants_of_user
from reporting.permissions import no_grant
from users.private_views import user_of

from .common import coverage_view, trail


@coverage_view
def home(request: HttpRequest) -> HttpResponseBase:
    """One scope: there at once. Several: a choice. None: 403 in clear words."""
    grants = grants_of_user(
        user=user_of(request), day=timezone.localdate(), right=GrantRight.READ_COVERAGE
    )
    places = {_address(grant): _title(grant) for grant in grants}
    if not places:
        raise no_grant()
    if len(places) == 1:
        return redirect(next(iter(places)))
    context = {
        "places": sorted(places.items(), key=lambda item: item[1]),
        "breadcrumb": trail()[:1],
    }
    return render(request, "reporting/home.html", context)


def _address(grant: Grant) -> str:
    if grant.department is not None:
        return reverse("reporting:department", args=[grant.department.uid])
    if grant.establishment is not None:
        return reverse("reporting:establishment", args=[grant.establishment.uid])
    if grant.region is not None:
        return reverse("reporting:region", args=[grant.region.code])
    return reverse("reporting:nation")


def _title(grant: Grant) -> str:
    if grant.department is not None:
        return f"{grant.department.name} – {grant.department.establishment.name}"
    if grant.scope == ScopeKind.NATION:
        return _("France entière")
    return str(grant.place)
