"""Handing out one-time codes to the people of one's department or establishment."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.forms import FIRST_LIFETIME, IssueForm, lifetime_choices
from organisation.models import AccessCode, Department, Establishment, Person
from organisation.permissions import may_manage_training, scopes_with_training
from organisation.places import house_uid
from organisation.scopes import Scope
from organisation.selectors import access_codes_open, people_in_scope, places_of, work_in_scope
from organisation.services import access_code_revoke, access_codes_issue, names_read
from users.private_views import private_view, user_of

Place = Department | Establishment
DEPARTMENT, ESTABLISHMENT = "service", "etablissement"  # in addresses
SHOWN = 100
"""People on one screen; a search finds the others."""
REFUSED = (
    "Remettre des codes demande l’habilitation « Organiser la formation des agents » "
    "dans ce service ou cet établissement."
)


@private_view()
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The departments and establishments in which one may hand out codes."""
    scopes = scopes_with_training(user=request.user, day=timezone.localdate())
    if not scopes:
        raise PermissionDenied(_(REFUSED))
    found = places_of(scopes=scopes)
    if len(found) == 1:
        return redirect(place_address(found[0]))
    links = [{"place": one, "url": place_address(one)} for one in found]
    context = {"links": links, "breadcrumb": _trail()}
    return render(request, "organisation/codes/places.html", context)


def place_address(place: Place) -> str:
    kind = DEPARTMENT if isinstance(place, Department) else ESTABLISHMENT
    return reverse("organisation:codes_place", kwargs={"kind": kind, "uid": place.uid})


@private_view()
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """Choose people and a lifetime; the answer to a POST is the sheet itself.

    A code is nowhere to be read again, so the sheet is no page of its own: to reload it hands out
    new codes, which end these.
    """
    place, scope = _place(kind, uid)
    day = timezone.localdate()
    if not may_manage_training(user=request.user, scope=scope, day=day):
        raise PermissionDenied(_(REFUSED))
    search = request.GET.get("q", "").strip()[:80]
    people = people_in_scope(scope=scope, day=day, search=search)
    shown = list(people[: SHOWN + 1])
    form = IssueForm(
        request.POST or None, people=[(str(one.uid), str(one)) for one in shown[:SHOWN]]
    )
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["people"])
        return _sheet(request, place, form, [one for one in shown if str(one.uid) in chosen])
    now = timezone.now()
    names_read(actor=user_of(request), place=place, how="codes", rows=len(shown[:SHOWN]))
    work = work_in_scope(scope=scope, day=day, people=shown[:SHOWN])
    context = {
        "place": place,
        "people": [(one, work.get(one.pk, "")) for one in shown[:SHOWN]],
        "has_more": len(shown) > SHOWN,
        "chosen": request.POST.getlist("people"),
        "search": search,
        "form": form,
        "lifetimes": lifetime_choices(),
        "lifetime": request.POST.get("lifetime") or FIRST_LIFETIME,
        "kind": kind,
        "open_codes": access_codes_open(scope=scope, day=day, now=now),
        "breadcrumb": _trail(str(place)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/codes/place.html", context, status=status)


def _place(kind: str, uid: uuid.UUID) -> tuple[Place, Scope]:
    if kind == DEPARTMENT:
        department = get_object_or_404(Department, uid=uid)
        return department, Scope.department(department)
    if kind == ESTABLISHMENT:
        establishment = get_object_or_404(Establishment, uid=uid)
        return establishment, Scope.establishment(establishment)
    raise Http404


def _sheet(
    request: HttpRequest, place: Place, form: IssueForm, people: list[Person]
) -> HttpResponse:
    kind, lifetime = form.chosen_lifetime
    now = timezone.now()
    issued = access_codes_issue(
        people=people,
        kind=kind,
        lifetime=lifetime,
        actor=user_of(request),
        now=now,
        place=house_uid(place),
    )
    context = {
        "place": place,
        "back": place_address(place),
        "issued": issued,
        "expires_at": now + lifetime,
        "address": request.build_absolute_uri(reverse("organisation:code_sign_in")),
        "breadcrumb": _trail(str(place)),
    }
    return render(request, "organisation/codes/sheet.html", context)


@private_view()
@require_POST
def revoke(request: HttpRequest, kind: str, uid: uuid.UUID, code_uid: uuid.UUID) -> HttpResponse:
    """End a code that was not used yet; only who may hand one to this person may."""
    place, scope = _place(kind, uid)
    day = timezone.localdate()
    if not may_manage_training(user=request.user, scope=scope, day=day):
        raise PermissionDenied(_(REFUSED))
    here = people_in_scope(scope=scope, day=day)
    code = get_object_or_404(
        AccessCode.objects.select_related("person"), uid=code_uid, person__in=here
    )
    if access_code_revoke(code=code, actor=user_of(request), now=timezone.now()):
        messages.success(request, _("Le code est annulé."))
    else:
        messages.info(request, _("Ce code avait déjà servi, ou avait expiré."))
    return redirect(place_address(place))


def _trail(*last: str) -> list[dict[str, str]]:
    first = {"title": _("Codes de connexion"), "url": reverse("organisation:codes") if last else ""}
    return [first, *({"title": title, "url": ""} for title in last)]
