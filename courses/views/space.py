"""The learner's own space."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from organisation.services import person_for_user

from courses.selectors import learner_space


@login_required
@require_GET
def my_space(request: HttpRequest) -> HttpResponse:
    """What is late, due, begun and done, each with one button."""
    person = person_for_user(user=request.user)
    space = learner_space(person=person, day=timezone.localdate())
    return render(request, "courses/my_space.html", {"person": person, "space": space})
