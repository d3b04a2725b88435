"""What has to be taken here: the nation's obligations to read, one's own to add and end."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.team.forms import EndForm, ObligationForm
from courses.team.places import TeamPlace
from courses.views.team.common import place_for, trail
from organisation.scopes import Scope
from training.applying import is_own, requirements_applying
from training.concerned import Concerned, requirement_concerns
from training.counted import EDIT, is_counted, posted_again
from training.models import Requirement
from training.services import RequirementDraft, requirement_end, requirement_save
from users.private_views import private_view, user_of


@private_view("GET", "HEAD")
def obligations(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """What applies here, widest scope first."""
    place = place_for(request, kind, uid)
    found = requirements_applying(place=place.place, day=timezone.localdate())
    context = {
        "place": place,
        "requirements": [(one, is_own(one, place.place)) for one in found],
        "breadcrumb": _trail(place),
    }
    return render(request, "courses/team/obligations.html", context)


@private_view("GET", "HEAD", "POST")
def obligation_new(request: HttpRequest, kind: str, uid: uuid.UUID) -> HttpResponse:
    """The form, then whom it concerns, then saved."""
    place = place_for(request, kind, uid)
    if request.method != "POST":
        form = ObligationForm(initial={"starts_on": timezone.localdate()}, place=place)
        return _form(request, place, form)
    form = ObligationForm(request.POST, place=place)
    if not form.is_valid() or EDIT in request.POST:
        return _form(request, place, form)
    if not is_counted(request):
        return _confirmation(request, place, form.draft())
    try:
        requirement_save(requirement=Requirement(), draft=form.draft(), actor=user_of(request))
    except ValidationError as refusal:
        form.add_error(None, refusal.messages)
        return _form(request, place, form)
    messages.success(request, _("L’obligation est enregistrée."))
    return redirect("courses:team_obligations", place.slug, place.uid)


@private_view("GET", "HEAD", "POST")
def obligation_end(request: HttpRequest, kind: str, uid: uuid.UUID, pk: int) -> HttpResponse:
    """End one's own; those of others are not found here."""
    place = place_for(request, kind, uid)
    requirement = Requirement.objects.select_related("trainable", "department").filter(pk=pk)
    found = requirement.first()
    if found is None or not is_own(found, place.place):
        raise Http404
    form = EndForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["ends_on"]
        requirement_end(requirement=found, ends_on=day, actor=user_of(request))
        messages.success(request, _("L’obligation prendra fin à la date choisie."))
        return redirect("courses:team_obligations", place.slug, place.uid)
    context = {
        "place": place,
        "requirement": found,
        "concerned": _concerned_by(found),
        "form": form,
        "breadcrumb": _trail(place, _("Mettre fin")),
    }
    return render(request, "courses/team/obligation_end.html", context)


def _form(request: HttpRequest, place: TeamPlace, form: ObligationForm) -> HttpResponse:
    context = {"place": place, "form": form, "breadcrumb": _trail(place, _("Ajouter"))}
    return render(request, "courses/team/obligation_form.html", context)


def _confirmation(request: HttpRequest, place: TeamPlace, draft: RequirementDraft) -> HttpResponse:
    concerned = requirement_concerns(
        scope=draft.scope,
        roles=draft.roles,
        role_families=draft.role_families,
        day=timezone.localdate(),
    )
    context = {
        "place": place,
        "draft": draft,
        "concerned": concerned,
        "posted": posted_again(request),
        "edit": EDIT,
        "breadcrumb": _trail(place, _("Ajouter")),
    }
    return render(request, "courses/team/obligation_confirm.html", context)


def _concerned_by(requirement: Requirement) -> Concerned:
    return requirement_concerns(
        scope=Scope.of(requirement),
        roles=requirement.roles.all(),
        role_families=requirement.role_families.all(),
        day=timezone.localdate(),
    )


def _trail(place: TeamPlace, last: str = "") -> list[dict[str, str]]:
    listing = reverse("courses:team_obligations", args=[place.slug, place.uid])
    title = _("Obligations : %(place)s") % {"place": place.name}
    return trail((title, listing), (last, "")) if last else trail((title, ""))
