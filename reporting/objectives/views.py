"""The objectives of a place: listed, set, changed, ended. What is saved was confirmed first."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.scopes import Scope
from reporting.models import Objective
from reporting.permissions import can_read_scope, can_set_objectives, require
from reporting.views.common import coverage_view, trail
from training.counted import EDIT, is_counted, posted_again
from users.private_views import private_view, user_of

from .following import followed_now
from .forms import AimForm, ObjectiveForm
from .places import ObjectivePlace, place_find
from .presenters import line_of, lines_of, title_of
from .selectors import objectives_ended, objectives_standing
from .services import Target, objective_change, objective_end, objective_set


@coverage_view
def objectives(request: HttpRequest, kind: str, ref: str) -> HttpResponseBase:
    place = place_find(kind, ref)
    require(can_read_scope(request.user, place.scope))
    standing = objectives_standing(scope=place.scope)
    followed = followed_now(place=place, objectives=standing)
    context = {
        "place": place,
        "lines": lines_of(followed),
        "waits_for_month": bool(standing) and not followed,
        "day": followed[0].day if followed else None,
        "ended": [(one, title_of(one)) for one in objectives_ended(scope=place.scope)],
        "may_set": can_set_objectives(request.user, place.scope),
        "breadcrumb": _trail(place),
    }
    return render(request, "reporting/objectives/list.html", context)


@private_view("GET", "HEAD", "POST")
def objective_new(request: HttpRequest, kind: str, ref: str) -> HttpResponseBase:
    """The form, then where one stands today, then saved."""
    place = _own_place(request, kind, ref)
    if request.method != "POST":
        return _form(request, place, ObjectiveForm(place=place))
    form = ObjectiveForm(request.POST, place=place)
    if not form.is_valid() or EDIT in request.POST:
        return _form(request, place, form)
    if not is_counted(request):
        return _confirmation(request, place, _draft(place, form.target, form))
    try:
        objective_set(
            scope=place.scope,
            target=form.target,
            percent=form.cleaned_data["percent"],
            due_on=form.cleaned_data["due_on"],
            actor=user_of(request),
            now=timezone.now(),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _form(request, place, form)
    messages.success(request, _("L’objectif est fixé."))
    return redirect(place.url)


@private_view("GET", "HEAD", "POST")
def objective_edit(request: HttpRequest, kind: str, ref: str, uid: uuid.UUID) -> HttpResponseBase:
    """Another share or day; whom it is of stays, or it would be another objective."""
    place = _own_place(request, kind, ref)
    objective = _objective(place, uid)
    if request.method != "POST":
        initial = {"percent": objective.percent, "due_on": objective.due_on}
        return _form(request, place, AimForm(initial=initial), objective)
    form = AimForm(request.POST)
    if not form.is_valid() or EDIT in request.POST:
        return _form(request, place, form, objective)
    if not is_counted(request):
        target = Target(objective.role_family, objective.role, objective.trainable)
        return _confirmation(request, place, _draft(place, target, form), objective)
    try:
        objective_change(
            objective=objective,
            percent=form.cleaned_data["percent"],
            due_on=form.cleaned_data["due_on"],
            actor=user_of(request),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _form(request, place, form, objective)
    messages.success(request, _("L’objectif est modifié."))
    return redirect(place.url)


@private_view("GET", "HEAD", "POST")
def objective_stop(request: HttpRequest, kind: str, ref: str, uid: uuid.UUID) -> HttpResponseBase:
    """Asks once; the objective stays on record."""
    place = _own_place(request, kind, ref)
    objective = _objective(place, uid)
    if request.method == "POST":
        try:
            objective_end(objective=objective, actor=user_of(request), now=timezone.now())
        except ValidationError:
            messages.info(request, _("Cet objectif était déjà terminé."))
        else:
            messages.success(request, _("L’objectif est terminé. Il reste dans l’historique."))
        return redirect(place.url)
    context = {
        "place": place,
        "title": title_of(objective),
        "breadcrumb": _trail(place, _("Mettre fin")),
    }
    return render(request, "reporting/objectives/end.html", context)


def _own_place(request: HttpRequest, kind: str, ref: str) -> ObjectivePlace:
    place = place_find(kind, ref)
    if not can_set_objectives(request.user, place.scope):
        raise PermissionDenied(
            _("Fixer un objectif est réservé aux personnes qui répondent de la formation ici.")
        )
    return place


def _objective(place: ObjectivePlace, uid: uuid.UUID) -> Objective:
    """One of the place, which stands; others are not found here."""
    rows = Objective.objects.select_related("role_family", "role", "trainable")
    found = rows.filter(uid=uid, **place.scope.fields).first()
    if found is None or found.ended_at is not None:
        raise Http404
    return found


def _draft(place: ObjectivePlace, target: Target, form: AimForm) -> Objective:
    scope: Scope = place.scope
    return Objective(
        **scope.fields,
        role_family=target.role_family,
        role=target.role,
        trainable=target.trainable,
        percent=form.cleaned_data["percent"],
        due_on=form.cleaned_data["due_on"],
    )


def _form(
    request: HttpRequest,
    place: ObjectivePlace,
    form: AimForm,
    objective: Objective | None = None,
) -> HttpResponseBase:
    context = {
        "place": place,
        "form": form,
        "title": title_of(objective) if objective else "",
        "breadcrumb": _trail(place, _("Modifier") if objective else _("Fixer un objectif")),
    }
    return render(request, "reporting/objectives/form.html", context)


def _confirmation(
    request: HttpRequest,
    place: ObjectivePlace,
    draft: Objective,
    objective: Objective | None = None,
) -> HttpResponseBase:
    followed = followed_now(place=place, objectives=[draft])
    context: dict[str, Any] = {
        "place": place,
        "title": title_of(draft),
        "before": title_of(objective) if objective else "",
        "line": line_of(followed[0]) if followed else None,
        "day": followed[0].day if followed else None,
        "posted": posted_again(request),
        "edit": EDIT,
        "breadcrumb": _trail(place, _("Confirmer")),
    }
    return render(request, "reporting/objectives/confirm.html", context)


def _trail(place: ObjectivePlace, last: str = "") -> list[dict[str, str]]:
    steps = [(place.name, place.coverage_url), (_("Objectifs"), place.url if last else "")]
    return trail(*steps, *([(last, "")] if last else []))
