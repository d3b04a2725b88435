"""«Habilitations»: who holds what in a place, and giving, prolonging and ending it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.access_forms import DAY, YEAR, DatedForm, GiveForm
from organisation.enums import ScopeKind
from organisation.holdings import (
    Holding,
    Place,
    account_sheet,
    establishments_with_grants,
    holdings_in_place,
    requests_to_decide,
)
from organisation.models import Establishment, Region
from organisation.permissions import (
    can_give,
    kinds_that_give,
    may_see_grants,
    scopes_with_giving,
)
from organisation.roles_of_access import EVERYBODY, ROLES, SUPERUSER, Role, role_of
from organisation.scopes import Scope
from organisation.selectors import (
    establishments_found,
    people_in_scope,
    work_in_scope,
)
from organisation.services import access_end, access_extend, access_give, names_read
from organisation.services.access import LONGEST
from users.private_views import private_view, user_of

from .common import giving_trail
from .deciding import refused

ESTABLISHMENT, REGION = "etablissement", "region"  # in addresses
FOUND = 30
"""Establishments or people of one search."""


@private_view("GET", "HEAD")
def places(request: HttpRequest) -> HttpResponse:
    """Where one gives rights, and what waits for a decision."""
    user, day = user_of(request), timezone.localdate()
    scopes = scopes_with_giving(user=user, day=day)
    if not scopes:
        raise refused()
    search = request.GET.get("q", "").strip()[:80]
    rows = establishments_found(scopes=scopes, day=day, search=search).select_related("region")
    if not search:
        rows = rows.filter(pk__in=establishments_with_grants(day=day))
    found = list(rows[: FOUND + 1])
    regions = Region.objects.all() if Scope.nation() in scopes else Region.objects.none()
    context = {
        "search": search,
        "is_wide": any(one.kind in (ScopeKind.REGION, ScopeKind.NATION) for one in scopes),
        "found": [(one, place_address(one)) for one in found[:FOUND]],
        "has_more": len(found) > FOUND,
        "regions": [(one, place_address(one)) for one in regions],
        "waiting": requests_to_decide(user=user, day=day).count(),
        "breadcrumb": giving_trail(),
    }
    return render(request, "organisation/access/places.html", context)


def place_address(place: Place) -> str:
    return reverse("organisation:grants_place", kwargs=_words(place))


def _words(place: Place) -> dict[str, str]:
    if isinstance(place, Region):
        return {"kind": REGION, "ref": place.code}
    return {"kind": ESTABLISHMENT, "ref": str(place.uid)}


@private_view("GET", "HEAD")
def place(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Who holds what here, since when, until when, and from whom."""
    here, day = _place(request, kind, ref), timezone.localdate()
    kinds = _kinds(request, here)
    holdings = holdings_in_place(place=here, day=day)
    names_read(actor=user_of(request), place=here, how="grants", rows=len(holdings))
    context = {
        "place": here,
        "kind": kind,
        "ref": ref,
        "holdings": [_line(request, here, one, kinds) for one in holdings],
        "may_add": bool(_roles(here, kinds)),
        "may_read_journal": ScopeKind.ESTABLISHMENT in kinds,
        "today": day,
        "breadcrumb": giving_trail((str(here), "")),
    }
    return render(request, "organisation/access/place.html", context)


@private_view("GET", "HEAD", "POST")
def add(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Give a role to one of the place's people."""
    here, day = _place(request, kind, ref), timezone.localdate()
    kinds = _kinds(request, here)
    roles = _roles(here, kinds)
    if not roles:
        raise refused()
    # Names are for the near ones: the region and the nation give by address, and search nobody.
    is_near = ScopeKind.ESTABLISHMENT in kinds
    search = request.GET.get("q", "").strip()[:80] if is_near else ""
    people, without, has_more = _people(request, here, search)
    form = GiveForm(request.POST or None, today=day, place=here, roles=roles, people=people)
    if request.method == "POST" and form.is_valid() and _given(request, form):
        return redirect(place_address(here))
    context = {
        "place": here,
        "kind": kind,
        "ref": ref,
        "is_near": is_near,
        "form": form,
        "search": search,
        "without_account": without,
        "has_more": has_more,
        "breadcrumb": giving_trail((str(here), place_address(here)), (_("Habiliter"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/access/add.html", context, status=status)


def _given(request: HttpRequest, form: GiveForm) -> bool:
    user = form.cleaned_data["user"]
    role = role_of(form.cleaned_data["role"])
    try:
        access_give(
            user=user,
            role=role,
            scope=form.scope,
            today=timezone.localdate(),
            ends_on=form.ends_on,
            actor=user_of(request),
        )
    except ValidationError as refusal:
        form.add_refusal(refusal)
        return False
    messages.success(
        request, _("%(name)s est habilité : %(role)s.") % {"name": user, "role": role.label}
    )
    return True


def _people(
    request: HttpRequest, here: Place, search: str
) -> tuple[list[tuple[str, str]], list[str], bool]:
    """What a search finds: who may be chosen, who has no account yet, whether there are more."""
    if not search or not isinstance(here, Establishment):
        return [], [], False
    scope, day = Scope.establishment(here), timezone.localdate()
    found = list(
        people_in_scope(scope=scope, day=day, search=search).select_related("user")[: FOUND + 1]
    )
    shown = found[:FOUND]
    work = work_in_scope(scope=scope, day=day, people=shown)
    names_read(actor=user_of(request), place=here, how="search", rows=len(shown))
    told = [(one, f"{one} – {work.get(one.pk, '')}".rstrip(" –")) for one in shown]
    usable = [
        (str(one.uid), text)
        for one, text in told
        if one.user is not None and one.user.is_active and one.user != request.user
    ]
    return usable, [text for one, text in told if one.user is None], len(found) > FOUND


@private_view("GET", "HEAD")
def account(request: HttpRequest, kind: str, ref: str, pk: int) -> HttpResponse:
    """What the account behind a grant may do, and why."""
    here = _place(request, kind, ref)
    user = _holding(here, pk).first.user
    reader, day = user_of(request), timezone.localdate()
    names_read(actor=user_of(request), place=here, how="account", rows=1)
    context = {
        "place": here,
        "sheet": account_sheet(user=user, day=day, reader=reader),
        "everybody": EVERYBODY,
        "superuser": SUPERUSER,
        "today": day,
        "back": place_address(here),
        "breadcrumb": giving_trail((str(here), place_address(here)), (str(user), "")),
    }
    return render(request, "organisation/access/account.html", context)


@private_view("GET", "HEAD", "POST")
def end(request: HttpRequest, kind: str, ref: str, pk: int) -> HttpResponse:
    """End a holding, after asking once."""
    here, holding = _changeable(request, kind, ref, pk)
    if request.method == "POST":
        access_end(grants=holding.grants, today=timezone.localdate(), actor=user_of(request))
        messages.success(request, _("L’habilitation a pris fin."))
        return redirect(place_address(here))
    context = {
        "place": here,
        "holding": holding,
        "back": place_address(here),
        "breadcrumb": giving_trail((str(here), place_address(here)), (_("Mettre fin"), "")),
    }
    return render(request, "organisation/access/end.html", context)


@private_view("GET", "HEAD", "POST")
def extend(request: HttpRequest, kind: str, ref: str, pk: int) -> HttpResponse:
    """Let a holding last longer."""
    here, holding = _changeable(request, kind, ref, pk)
    today = timezone.localdate()
    later = (holding.last_day or today) + YEAR
    initial = {"last_day": min(later, today + LONGEST - DAY)}
    form = DatedForm(request.POST or None, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            access_extend(
                grants=holding.grants, today=today, ends_on=form.ends_on, actor=user_of(request)
            )
        except ValidationError as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("L’habilitation est prolongée."))
            return redirect(place_address(here))
    context = {
        "place": here,
        "holding": holding,
        "form": form,
        "back": place_address(here),
        "breadcrumb": giving_trail((str(here), place_address(here)), (_("Prolonger"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/access/extend.html", context, status=status)


def _place(request: HttpRequest, kind: str, ref: str) -> Place:
    """The place, for those who give rights there."""
    found: Place
    if kind == REGION:
        found = get_object_or_404(Region, code=ref)
    elif kind == ESTABLISHMENT and (uid := _uid(ref)):
        found = get_object_or_404(Establishment.objects.select_related("region"), uid=uid)
    else:
        raise Http404
    if not may_see_grants(user=request.user, scope=_scope(found), day=timezone.localdate()):
        raise refused()
    return found


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _holding(here: Place, pk: int) -> Holding:
    """What a grant of this place that holds or will belongs to; any other does not exist here."""
    for holding in holdings_in_place(place=here, day=timezone.localdate()):
        if any(grant.pk == pk for grant in holding.grants):
            return holding
    raise Http404


def _changeable(request: HttpRequest, kind: str, ref: str, pk: int) -> tuple[Place, Holding]:
    here = _place(request, kind, ref)
    holding = _holding(here, pk)
    if not _may_change(request, holding, _kinds(request, here)):
        raise refused()
    return here, holding


def _kinds(request: HttpRequest, here: Place) -> frozenset[ScopeKind]:
    return kinds_that_give(user=request.user, scope=_scope(here), day=timezone.localdate())


def _scope(here: Place) -> Scope:
    return Scope.region(here) if isinstance(here, Region) else Scope.establishment(here)


def _may_change(request: HttpRequest, holding: Holding, kinds: frozenset[ScopeKind]) -> bool:
    """As `may_change_grants` says, which the service asks again."""
    is_own = holding.first.user_id == user_of(request).pk
    return not is_own and can_give(kinds=kinds, rights=holding.rights, scope=holding.scope_kind)


def _roles(here: Place, kinds: frozenset[ScopeKind]) -> list[Role]:
    """The roles that may be given in a place, and in a hospital's departments."""
    there = {ScopeKind.REGION}
    if isinstance(here, Establishment):
        there = {ScopeKind.ESTABLISHMENT}
        if here.departments.exists():
            there.add(ScopeKind.DEPARTMENT)
    return [
        role
        for role in ROLES
        if role.scope in there and can_give(kinds=kinds, rights=role.rights, scope=role.scope)
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A holding on the screen; an address is empty where there is nothing to do."""

    holding: Holding
    account: str
    extend: str = ""
    end: str = ""


def _line(request: HttpRequest, here: Place, holding: Holding, kinds: frozenset[ScopeKind]) -> Line:
    words = {**_words(here), "pk": holding.first.pk}
    account_address = reverse("organisation:grant_account", kwargs=words)
    if not _may_change(request, holding, kinds):
        return Line(holding, account_address)
    can_extend = holding.first.ends_on is not None
    return Line(
        holding,
        account_address,
        extend=reverse("organisation:grant_extend", kwargs=words) if can_extend else "",
        end=reverse("organisation:grant_end", kwargs=words),
    )
