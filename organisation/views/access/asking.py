"""«Mes droits»: what one may do and why, asking for more, and taking a request back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.access_forms import AskForm
from organisation.enums import RequestState
from organisation.holdings import account_sheet, requests_of
from organisation.models import AccessRequest, Establishment
from organisation.permissions import scopes_with_giving
from organisation.roles_of_access import EVERYBODY, SUPERUSER, role_of
from organisation.scopes import Scope
from organisation.selectors import establishment_of_user, establishments_found
from organisation.services import (
    RequestClosed,
    access_request_create,
    access_request_withdraw,
)
from users.limits import Limit
from users.private_views import private_view, user_of

from .common import own_trail

FOUND = 20
"""Establishments of one search."""
ASKED = Limit("access_asked", 5, 86_400)
"""Requests that one account may make in a day: each may mail several people."""


@private_view("GET", "HEAD")
def my_access(request: HttpRequest) -> HttpResponse:
    user, day = user_of(request), timezone.localdate()
    context = {
        "sheet": account_sheet(user=user, day=day, reader=user),
        "requests": list(requests_of(user=user)[:20]),
        "may_give": bool(scopes_with_giving(user=user, day=day)),
        "everybody": EVERYBODY,
        "superuser": SUPERUSER,
        "today": day,
        "breadcrumb": own_trail(),
    }
    return render(request, "organisation/access/my_access.html", context)


@private_view("GET", "HEAD")
def ask_where(request: HttpRequest) -> HttpResponse:
    """For which hospital: where she works if that is known, else any by name."""
    user, day = user_of(request), timezone.localdate()
    search = request.GET.get("q", "").strip()[:80]
    found = (
        list(
            establishments_found(scopes=[Scope.nation()], day=day, search=search).select_related(
                "region"
            )[: FOUND + 1]
        )
        if search
        else []
    )
    context = {
        "search": search,
        "found": found[:FOUND],
        "has_more": len(found) > FOUND,
        "own": establishment_of_user(user=user, day=day),
        "breadcrumb": own_trail((_("Demander un accès"), "")),
    }
    return render(request, "organisation/access/ask_where.html", context)


@private_view("GET", "HEAD", "POST")
def ask(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Say what one asks for, with the proof."""
    user, now = user_of(request), timezone.now()
    day = timezone.localdate(now)
    establishment = get_object_or_404(Establishment.objects.open_at(day), uid=uid)
    form = AskForm(request.POST or None, request.FILES or None, user=user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                asked = _create(request, establishment, form)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Votre demande est envoyée."))
                return redirect("organisation:access_request", asked.uid)
        form.carry_proof()
    context = {
        "establishment": establishment,
        "form": form,
        "waiting": requests_of(user=user)
        .filter(establishment=establishment, state=RequestState.PENDING)
        .first(),
        "breadcrumb": own_trail((_("Demander un accès"), "")),
    }
    return render(request, "organisation/access/ask.html", context, status=status)


def _create(request: HttpRequest, establishment: Establishment, form: AskForm) -> AccessRequest:
    user = user_of(request)
    if not ASKED.use(str(user.pk)):
        raise ValidationError(_("Vous avez fait plusieurs demandes aujourd’hui : revenez demain."))
    data = form.cleaned_data
    return access_request_create(
        user=user,
        establishment=establishment,
        role=role_of(data["role"]),
        function=data["function"],
        message=data["message"],
        proof=data["proof"],
        now=timezone.now(),
    )


@private_view("GET", "HEAD")
def own_request(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Where a request stands; anybody else's does not exist."""
    asked = _own(request, uid)
    context = {"asked": asked, "breadcrumb": own_trail((_("Ma demande"), ""))}
    return render(request, "organisation/access/own_request.html", context)


@private_view("GET", "HEAD", "POST")
def withdraw(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Take a request back, after asking once."""
    asked = _own(request, uid)
    if request.method == "POST":
        try:
            access_request_withdraw(request=asked, actor=user_of(request), now=timezone.now())
            messages.success(request, _("Votre demande est retirée, son justificatif est effacé."))
        except RequestClosed:
            messages.info(request, _("Votre demande avait déjà reçu une réponse."))
        return redirect("organisation:access_request", uid)
    if not asked.is_pending:
        return redirect("organisation:access_request", uid)
    context = {"asked": asked, "breadcrumb": own_trail((_("Retirer ma demande"), ""))}
    return render(request, "organisation/access/withdraw.html", context)


def _own(request: HttpRequest, uid: uuid.UUID) -> AccessRequest:
    found = requests_of(user=user_of(request)).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found
