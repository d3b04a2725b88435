"""The requests that wait for a decision; each with its proof."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.archives.packing import private_storage
from documents.uploads import CONTENT_TYPES, DOWNLOAD_POLICY
from organisation.access_forms import GrantForm, RefuseForm
from organisation.holdings import requests_to_decide
from organisation.models import AccessRequest, Appointment
from organisation.permissions import may_decide, scopes_with_giving
from organisation.services import RequestClosed, access_request_grant, access_request_refuse
from users.models import User
from users.private_views import private_view, user_of
from users.services import audit_record

from .common import giving_trail

PER_PAGE = 30
GRANT, REFUSE = "accorder", "refuser"


def refused() -> PermissionDenied:
    return PermissionDenied(
        _(
            "Cette page demande le droit « Habiliter d’autres comptes », que donne l’agence "
            "régionale de santé ou l’équipe nationale."
        )
    )


@private_view("GET", "HEAD")
def queue(request: HttpRequest) -> HttpResponse:
    user, day = user_of(request), timezone.localdate()
    if not scopes_with_giving(user=user, day=day):
        raise refused()
    waiting = Paginator(requests_to_decide(user=user, day=day), PER_PAGE)
    context = {
        "page_of": waiting.get_page(request.GET.get("page")),
        "breadcrumb": giving_trail((_("Demandes d’accès"), "")),
    }
    return render(request, "organisation/access/queue.html", context)


@private_view("GET", "HEAD", "POST")
def decide(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One request, and the two answers to it."""
    asked, today = _decidable(request, uid), timezone.localdate()
    wanted = request.POST.get("decision", "")
    grant_form = GrantForm(request.POST if wanted == GRANT else None, today=today)
    refuse_form = RefuseForm(request.POST if wanted == REFUSE else None)
    if request.method == "POST":
        try:
            if _decided(request, asked, grant_form, refuse_form):
                return redirect("organisation:access_queue")
        except RequestClosed as closed:
            messages.warning(request, _closed_by(closed.request))
            return redirect("organisation:access_decide", uid)
    context = {
        "asked": asked,
        "appointments": _appointments(asked),
        "grant_form": grant_form,
        "refuse_form": refuse_form,
        "breadcrumb": giving_trail((_("Demande d’accès"), "")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "organisation/access/decide.html", context, status=status)


def _decided(
    request: HttpRequest, asked: AccessRequest, grant_form: GrantForm, refuse_form: RefuseForm
) -> bool:
    """Whether the form said something that could be done. Raises RequestClosed."""
    actor, now = user_of(request), timezone.now()
    today = timezone.localdate(now)
    if grant_form.is_bound and grant_form.is_valid():
        try:
            access_request_grant(
                request=asked, today=today, ends_on=grant_form.ends_on, actor=actor, now=now
            )
        except ValidationError as refusal:
            asked.refresh_from_db()
            grant_form.add_refusal(refusal)
            return False
        messages.success(request, _("L’accès est accordé. La personne reçoit un courriel."))
        return True
    if refuse_form.is_bound and refuse_form.is_valid():
        reason = refuse_form.cleaned_data["reason"]
        access_request_refuse(request=asked, today=today, reason=reason, actor=actor, now=now)
        messages.success(request, _("La demande est refusée. La personne lira le motif."))
        return True
    return False


@private_view("GET", "HEAD")
def proof(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The file, for those who decide; each reading is on record."""
    asked = _decidable(request, uid)
    try:
        content = private_storage().open(asked.proof) if asked.proof else None
    except FileNotFoundError:
        content = None
    if content is None:
        raise Http404
    audit_record(
        actor=user_of(request),
        action="access_request.proof_read",
        target=f"access_request:{asked.uid}",
        place=asked.establishment.uid,
    )
    ending = asked.proof.rpartition(".")[2]
    response = FileResponse(
        content,
        as_attachment=True,
        filename=f"justificatif-{asked.uid.hex[:8]}.{ending}",
        content_type=CONTENT_TYPES[ending],
    )
    response["Content-Security-Policy"] = DOWNLOAD_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _decidable(request: HttpRequest, uid: uuid.UUID) -> AccessRequest:
    """To whoever does not decide it, a request does not exist."""
    rows = AccessRequest.objects.select_related(
        "user__person", "establishment__region", "decided_by"
    )
    found = rows.filter(uid=uid).first()
    day = timezone.localdate()
    if found is None or not may_decide(user=user_of(request), request=found, day=day):
        raise Http404
    return found


def _appointments(asked: AccessRequest) -> list[Appointment]:
    """What the roster of this establishment says of her, which helps to recognise her."""
    rows = Appointment.objects.at(timezone.localdate()).filter(
        person__user=asked.user_id, establishment=asked.establishment_id
    )
    return list(rows.select_related("role", "department"))


def _closed_by(asked: AccessRequest) -> str:
    who = asked.decided_by
    assert isinstance(who, User), "a closed request says by whom"
    return _(
        "%(name)s a clos cette demande avant vous : %(state)s. Votre réponse n’a pas compté."
    ) % {
        "name": who,
        "state": asked.get_state_display().lower(),
    }
