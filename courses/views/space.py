"""The learner's own space."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.space import learner_space
from courses.views.learner import learner_of, learner_required
from meetings.models import MeetingsIndexPage


@learner_required
@require_GET
def my_space(request: HttpRequest) -> HttpResponse:
    """What is late, due, begun and done, each with one button."""
    person = learner_of(request).person
    assert person is not None, "the view asks for a sign-in"
    space = learner_space(person=person, day=timezone.localdate())
    context = {
        "person": person,
        "space": space,
        "agenda_url": SimpleLazyObject(MeetingsIndexPage.published_url),  # for meetings
        "breadcrumb": [{"title": _("Mon espace"), "url": ""}],
    }
    return render(request, "courses/my_space.html", context)
