"""Asking for a «dossier de preuve», taking it away, revoking it; and the public check."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.exports import pdf_response
from organisation.models import Establishment, Region
from organisation.places import house_uid
from reporting.evidence.forms import DayOfEvidenceForm, MonthOfEvidenceForm, VerifyForm
from reporting.evidence.issuing import (
    content_read,
    evidence_issue,
    evidence_pdf,
    evidence_revoke,
)
from reporting.evidence.verifying import Check, checksum_check, upload_check
from reporting.models import CoverageMonth, EvidenceFile
from reporting.permissions import can_read_place, require
from reporting.places import (
    board_address,
    coverage_address,
    evidence_address,
    place_name,
    place_scope,
)
from reporting.views.common import coverage_view, filename, trail
from users.private_views import private_view, unlisted_view, user_of
from users.services import audit_record

RECENT = 20
SourceOfFigures = Establishment | Region | None

evidence_view = private_view("GET", "HEAD", "POST")


@evidence_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = get_object_or_404(Establishment, uid=uid)
    require(can_read_place(request.user, place))
    return _place(request, place)


@evidence_view
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    place = get_object_or_404(Region, code=code)
    require(can_read_place(request.user, place))
    return _place(request, place)


@evidence_view
def nation(request: HttpRequest) -> HttpResponseBase:
    require(can_read_place(request.user, None))
    return _place(request, None)


@coverage_view
def pdf(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    file = _file(request, uid)
    content = evidence_pdf(file=file)
    audit_record(
        actor=user_of(request),
        action="evidence.download",
        target=file.number,
        details={"evidence": str(file.uid)},
        place=house_uid(file.establishment),
    )
    return pdf_response(content, f"{filename('dossier-de-preuve', file.number)}.pdf")


@evidence_view
def revoke(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Asks once; what is revoked stays so."""
    file = _file(request, uid)
    place = _place_of(file)
    if request.method == "POST":
        evidence_revoke(file=file, user=user_of(request), now=timezone.now())
        messages.success(
            request,
            _("Le dossier %(number)s est révoqué : la page de vérification le dit désormais.")
            % {"number": file.number},
        )
        return redirect(evidence_address(place))
    context = {
        "file": file,
        "back_url": evidence_address(place),
        "breadcrumb": _trail(place, (_("Révoquer"), "")),
    }
    return render(request, "reporting/evidence/revoke.html", context)


@unlisted_view
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """For anybody with the paper: no account, no name, no group."""
    file = get_object_or_404(EvidenceFile, uid=uid)
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    check = _check(file, form) if form.is_bound and form.is_valid() else None
    content = content_read(file)
    context = {
        "file": file,
        "issuer": content["issuer"],
        "scope": content["scope"],
        "total": content["total_words"],
        "sum": [file.sha256[at : at + 8] for at in range(0, 64, 8)],
        "form": form,
        "check": check,
        "breadcrumb": [{"title": _("Vérifier un dossier de preuve"), "url": ""}],
    }
    return render(request, "reporting/evidence/verify.html", context)


def _check(file: EvidenceFile, form: VerifyForm) -> Check:
    if form.upload is not None:
        return upload_check(file=file, upload=form.upload)
    return checksum_check(file=file, typed=form.cleaned_data["empreinte"])


def _place(request: HttpRequest, place: SourceOfFigures) -> HttpResponseBase:
    form = _form(request, place)
    if form is not None and form.is_bound and form.is_valid():
        file = evidence_issue(
            place=place,
            user=user_of(request),
            day=form.cleaned_data.get("date") or timezone.localdate(),
            month=form.cleaned_data.get("mois"),
            now=timezone.now(),
        )
        messages.success(
            request,
            _("Le dossier %(number)s est prêt : téléchargez-le ci-dessous.")
            % {"number": file.number},
        )
        return redirect(evidence_address(place))
    files = EvidenceFile.objects.filter(**place_scope(place).fields).defer("content")
    context: dict[str, Any] = {
        "name": place_name(place),
        "form": form,
        "files": files[:RECENT],
        "board_url": board_address(place),
        "breadcrumb": _trail(place, (_("Dossier de preuve"), "")),
    }
    return render(request, "reporting/evidence/place.html", context)


def _form(request: HttpRequest, place: SourceOfFigures) -> Form | None:
    """None where there is no month yet to choose from."""
    data = request.POST if request.method == "POST" else None
    if isinstance(place, Establishment):
        return DayOfEvidenceForm(data, initial={"date": timezone.localdate()})
    return MonthOfEvidenceForm(data) if CoverageMonth.objects.exists() else None


def _file(request: HttpRequest, uid: uuid.UUID) -> EvidenceFile:
    """To those who may not read its place it does not exist."""
    files = EvidenceFile.objects.select_related("establishment", "region")
    file = get_object_or_404(files, uid=uid)
    if not can_read_place(request.user, _place_of(file)):
        raise Http404
    return file


def _place_of(file: EvidenceFile) -> SourceOfFigures:
    return file.establishment or file.region


def _trail(place: SourceOfFigures, *steps: tuple[str, str]) -> list[dict[str, str]]:
    here = [(place_name(place), coverage_address(place))]
    if len(steps) == 1 and steps[0][0] == _("Révoquer"):
        here.append((_("Dossier de preuve"), evidence_address(place)))
    return trail(*here, *steps)
