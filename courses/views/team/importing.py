"""Past training from a file: upload, preview, confirm.

Nothing is kept between the preview and the confirmation: the page carries what would be declared,
signed for this account and this establishment, for an hour.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.team.forms import PastTrainingsForm, trainables_taught
from courses.team.places import TeamPlace
from courses.views.team.common import place_for, trail
from documents.tables import TableRefused
from organisation.services import person_for_user
from training.past import (
    Plan,
    past_trainings_import,
    past_trainings_plan,
    past_trainings_read,
)
from users.private_views import private_view, user_of

KEPT_FOR = 3600  # seconds
SHOWN = 50


@private_view("GET", "HEAD", "POST")
def upload(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The file, then line by line what it would declare or what is wrong with it."""
    place = place_for(request, "etablissement", uid)
    form = PastTrainingsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            lines, problems = past_trainings_read(name=file.name, content=file.read())
        except TableRefused as refusal:
            form.add_error("file", str(refusal))
        else:
            plan = past_trainings_plan(
                lines=lines,
                problems=problems,
                establishment=place.establishment,
                today=timezone.localdate(),
            )
            return _preview(request, place, plan, file.name)
    context = {
        "place": place,
        "form": form,
        "modules": trainables_taught(),
        "breadcrumb": trail((_("Formations passées"), "")),
    }
    return render(request, "courses/team/import.html", context)


@private_view("POST")
def confirm(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Declare what the preview showed; a second time is harmless."""
    place = place_for(request, "etablissement", uid)
    user = user_of(request)
    back = redirect("courses:team_import", place.uid)
    try:
        count = past_trainings_import(
            wanted=_opened(request, place),
            establishment=place.establishment,
            instructor=person_for_user(user=user),
            actor=user,
            now=timezone.now(),
        )
    except signing.BadSignature:
        messages.error(
            request,
            _("Cet aperçu n’est plus valable : rien n’a été enregistré. Renvoyez le fichier."),
        )
        return back
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return back
    text = ngettext(
        "%(n)d formation passée déclarée.", "%(n)d formations passées déclarées.", count
    )
    messages.success(request, text % {"n": count})
    return redirect("courses:team")


@private_view("GET", "HEAD")
def sample(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """An empty table with the right titles, as French spreadsheets open it."""
    place_for(request, "etablissement", uid)
    response = HttpResponse("\ufeffagent;module;date\r\n", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="formations-passees.csv"'
    return response


def _preview(request: HttpRequest, place: TeamPlace, plan: Plan, filename: str) -> HttpResponse:
    is_good = not plan.problems and bool(plan.new)
    upload_page = reverse("courses:team_import", args=[place.uid])
    context = {
        "place": place,
        "filename": filename,
        "plan": plan,
        "shown": plan.new[:SHOWN],
        "shown_problems": plan.problems[: 2 * SHOWN],
        "sealed": _sealed(request, place, plan) if is_good else "",
        "breadcrumb": trail((_("Formations passées"), upload_page), (_("Aperçu"), "")),
    }
    status = 422 if plan.problems else 200
    return render(request, "courses/team/import_preview.html", context, status=status)


def _sealed(request: HttpRequest, place: TeamPlace, plan: Plan) -> str:
    rows = [(one.person.pk, one.trainable.pk, one.day.toordinal()) for one in plan.new]
    return signing.dumps(rows, salt=_salt(request, place), compress=True)


def _opened(request: HttpRequest, place: TeamPlace) -> list[tuple[int, int, dt.date]]:
    """Raises BadSignature for what this account was not shown in the last hour."""
    sealed = request.POST.get("sealed", "")
    rows = signing.loads(sealed, salt=_salt(request, place), max_age=KEPT_FOR)
    return [(person, trainable, dt.date.fromordinal(day)) for person, trainable, day in rows]


def _salt(request: HttpRequest, place: TeamPlace) -> str:
    return f"courses.team.importing:{user_of(request).pk}:{place.uid}"
