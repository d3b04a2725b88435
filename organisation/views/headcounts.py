"""«Effectifs»: what an establishment declares, beside who is known, and entering it by hand."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.exports import FILE_RESPONSES
from organisation.headcount_forms import DeclareForm
from organisation.headcounts import selectors
from organisation.models import Establishment, StaffRole
from organisation.permissions import may_declare_headcounts, scopes_with_headcounts
from organisation.scopes import Scope
from organisation.selectors import establishments_found
from organisation.services import HeadcountDeclaration, headcounts_declare
from users.private_views import private_view, user_of

FOUND = 30
"""Establishments of one search."""
FILES = 5
"""The latest files that a page shows."""


def refused() -> PermissionDenied:
    return PermissionDenied(
        _(
            "Déclarer des effectifs demande l’habilitation « Organiser la formation des agents » "
            "pour tout l’établissement."
        )
    )


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb below «Effectifs», the present page last."""
    all_steps = [(_("Effectifs"), reverse("organisation:headcounts")), *steps]
    last = len(all_steps) - 1
    return [
        {"title": title, "url": "" if at == last else url}
        for at, (title, url) in enumerate(all_steps)
    ]


@private_view("GET", "HEAD")
def places(request: HttpRequest) -> HttpResponse:
    """The establishments for which one declares; with a search where that is everywhere."""
    day = timezone.localdate()
    scopes = scopes_with_headcounts(user=request.user, day=day)
    if not scopes:
        raise refused()
    is_wide = Scope.nation() in scopes
    search = request.GET.get("q", "").strip()[:80]
    found = establishments_found(scopes=scopes, day=day, search=search)
    shown = [] if is_wide and not search else list(found[: FOUND + 1])
    if not is_wide and not search and len(shown) == 1:
        return redirect("organisation:headcounts_place", shown[0].uid)
    context = {
        "places": shown[:FOUND],
        "has_more": len(shown) > FOUND,
        "has_search": is_wide or bool(search) or len(shown) > FOUND,
        "search": search,
        "breadcrumb": trail(),
    }
    return render(request, "organisation/headcounts/places.html", context)


@private_view("GET", "HEAD", "POST")
def place(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Roles with what is declared, who is known and the gap; and new figures."""
    here, today = _place(request, uid), timezone.localdate()
    gaps = selectors.headcount_gaps(establishment=here, day=today)
    form = DeclareForm(request.POST or None, today=today, gaps=gaps)
    if request.method == "POST" and form.is_valid():
        _declare(request, here, form)
        return redirect("organisation:headcounts_place", here.uid)
    context = {
        "place": here,
        "form": form,
        "totals": selectors.gap_totals(gaps),
        "files": selectors.counts_listed(establishment=here)[:FILES],
        "breadcrumb": trail((str(here), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/headcounts/place.html", context, status=status)


@private_view("GET", "HEAD")
def sample(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The model to fill in; with a column of establishments for those who ask for it."""
    if not scopes_with_headcounts(user=request.user, day=timezone.localdate()):
        raise refused()
    if kind not in FILE_RESPONSES:
        raise Http404
    table = selectors.sample_table(is_for_several="plusieurs" in request.GET)
    return FILE_RESPONSES[kind](table)


def _place(request: HttpRequest, uid: uuid.UUID) -> Establishment:
    here = get_object_or_404(Establishment, uid=uid)
    day = timezone.localdate()
    if not may_declare_headcounts(user=request.user, establishment=here, day=day):
        raise refused()
    return here


def _declare(request: HttpRequest, here: Establishment, form: DeclareForm) -> None:
    entered: Sequence[tuple[StaffRole, int]] = form.declared
    headcounts_declare(
        declarations=[
            HeadcountDeclaration(here, role, form.cleaned_data["as_of"], people)
            for role, people in entered
        ],
        actor=user_of(request),
    )
    text = ngettext(
        "%(n)d effectif déclaré au %(day)s.",
        "%(n)d effectifs déclarés au %(day)s.",
        len(entered),
    )
    day = form.cleaned_data["as_of"]
    messages.success(request, text % {"n": len(entered), "day": f"{day:%d/%m/%Y}"})
