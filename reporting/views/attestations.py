"""Many attestations at once, for those who organise the training of a place.

The count comes first, then the archive is made in the background. It is the requester's alone, and
her right is asked for again at each step: what was allowed on Monday may not be on Friday.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.archives.packing import private_storage
from documents.enums import WorkState
from organisation.models import Department, Establishment
from organisation.places import house_uid
from organisation.scopes import Scope
from reporting.forms import AttestationsForm
from reporting.permissions import can_hand_out_attestations
from training.attestations.archiving import (
    KEPT,
    archive_request,
    archive_wake,
    archives_expire,
)
from training.attestations.selectors import attestations_count, completions_to_attest
from training.models import AttestationArchive
from users.private_views import private_view, user_of
from users.services import audit_record

from .common import coverage_view, filename, trail

Place = Department | Establishment
RECENT = 5


@private_view()
@require_http_methods(["GET", "HEAD", "POST"])
def of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = get_object_or_404(Establishment, uid=uid)
    back = reverse("reporting:establishment", args=[place.uid])
    return _choose(request, place, Scope.establishment(place), back)


@private_view()
@require_http_methods(["GET", "HEAD", "POST"])
def of_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = get_object_or_404(Department.objects.select_related("establishment"), uid=uid)
    back = reverse("reporting:department", args=[place.uid])
    return _choose(request, place, Scope.department(place), back)


@coverage_view
def progress(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """How far the archive is, and its file when it is ready."""
    archive = _own_archive(request, uid)
    archive_wake(archive_id=archive.pk, now=timezone.now())
    context = {
        "archive": archive,
        "state": archive.state,
        "place": archive.place,
        "kept_until": archive.requested_at + KEPT,
        "again": attestations_of(archive.place),
        "breadcrumb": trail(
            (str(archive.place), _coverage_address(archive.place)),
            (_("Attestations"), attestations_of(archive.place)),
            (_("Fichier"), ""),
        ),
    }
    return render(request, "reporting/attestations_progress.html", context)


@coverage_view
def archive_file(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """The ZIP, for the one who asked for it and may still have it; each download is on record."""
    archive = _own_archive(request, uid)
    if archive.state != WorkState.READY:
        raise Http404
    try:
        content = private_storage().open(archive.file)
    except FileNotFoundError as error:
        raise Http404 from error
    audit_record(
        actor=user_of(request),
        action="attestations.download",
        target=f"archive:{archive.uid}",
        details={"attestations": archive.total},
        place=house_uid(archive.place),
    )
    name = filename("attestations", str(archive.place))
    return FileResponse(content, as_attachment=True, filename=f"{name}.zip")


def attestations_address(request: HttpRequest, place: Place) -> str:
    """Where the reader gets the attestations of a place; "" for who may not."""
    return attestations_of(place) if can_hand_out_attestations(request.user, place) else ""


def _choose(request: HttpRequest, place: Place, scope: Scope, back: str) -> HttpResponseBase:
    """The count of what was chosen; a POST begins the archive."""
    _require(request, place)
    form = AttestationsForm(request.POST if request.method == "POST" else request.GET)
    count = None
    if form.is_valid():
        choice = form.choice
        completions = completions_to_attest(
            scope=scope,
            day=timezone.localdate(),
            trainable=choice.trainable,
            since=choice.since,
            until=choice.until,
        )
        count = attestations_count(completions=completions)
        if request.method == "POST" and count.attestations:
            archive = archive_request(
                user=user_of(request), place=place, choice=choice, now=timezone.now()
            )
            return redirect("reporting:attestations_progress", uid=archive.uid)
    context = {
        "form": form,
        "place": place,
        "count": count,
        "kept_days": KEPT.days,
        "recent": _recent(request, scope),
        "back": back,
        "breadcrumb": trail((str(place), back), (_("Attestations"), "")),
    }
    return render(request, "reporting/attestations.html", context)


def _recent(request: HttpRequest, scope: Scope) -> list[AttestationArchive]:
    """The reader's own latest archives of this place."""
    rows = AttestationArchive.objects.filter(requested_by=user_of(request), **scope.fields)
    kept = rows.exclude(state=WorkState.EXPIRED).select_related("trainable")
    return list(kept.order_by("-requested_at")[:RECENT])


def _own_archive(request: HttpRequest, uid: uuid.UUID) -> AttestationArchive:
    """The reader's own archive; another's does not exist for her."""
    archives_expire(now=timezone.now())
    archive = get_object_or_404(
        AttestationArchive.objects.select_related("department", "establishment", "trainable"),
        uid=uid,
        requested_by=user_of(request),
    )
    assert isinstance(archive.place, Department | Establishment)
    _require(request, archive.place)
    return archive


def _require(request: HttpRequest, place: Place) -> None:
    if not can_hand_out_attestations(request.user, place):
        raise PermissionDenied(
            _("Les attestations sont réservées aux personnes qui organisent la formation ici.")
        )


def attestations_of(place: Any) -> str:
    """Where the attestations of a place are, for who may hand them out."""
    kind = "department" if isinstance(place, Department) else "establishment"
    return reverse(f"reporting:{kind}_attestations", args=[place.uid])


def _coverage_address(place: Any) -> str:
    kind = "department" if isinstance(place, Department) else "establishment"
    return reverse(f"reporting:{kind}", args=[place.uid])
