"""The form below the board's page: «Recevoir ce bilan chaque mois»."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from organisation.models import Department, Establishment, Region
from reporting.monthly.models import ReportFormat
from reporting.monthly.subscribing import report_of, report_subscribe, report_unsubscribe
from reporting.permissions import can_read_place, require
from reporting.places import Place, board_address, place_address
from users.private_views import private_view, user_of

monthly_view = private_view("POST")


class MonthlyForm(forms.Form):
    """What the mail leads to first."""

    format = forms.ChoiceField(choices=ReportFormat.choices)


@monthly_view
def establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    return _change(request, get_object_or_404(Establishment, uid=uid))


@monthly_view
def department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    places = Department.objects.select_related("establishment")
    return _change(request, get_object_or_404(places, uid=uid))


@monthly_view
def region(request: HttpRequest, code: str) -> HttpResponseBase:
    return _change(request, get_object_or_404(Region, code=code))


@monthly_view
def nation(request: HttpRequest) -> HttpResponseBase:
    return _change(request, None)


def monthly_context(request: HttpRequest, place: Place) -> dict[str, Any]:
    """What the form needs to know of the reader. Three queries at most."""
    report = report_of(user=user_of(request), place=place)
    return {
        "monthly": report,
        "monthly_url": place_address("reporting:{}_monthly", place),
        "monthly_formats": ReportFormat.choices,
        "monthly_chosen": report.format if report else ReportFormat.SCREEN.value,
        "monthly_address": user_of(request).email,
    }


def _change(request: HttpRequest, place: Place) -> HttpResponseBase:
    require(can_read_place(request.user, place))
    if request.POST.get("action") == "stop":
        report_unsubscribe(user=user_of(request), place=place)
        messages.success(request, _("Vous ne recevrez plus ce bilan."))
        return redirect(board_address(place))
    form = MonthlyForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("Ce format n’existe pas."))
    report_subscribe(user=user_of(request), place=place, chosen=form.cleaned_data["format"])
    messages.success(
        request, _("C’est noté : ce bilan vous sera envoyé dans les premiers jours de chaque mois.")
    )
    return redirect(board_address(place))
