"""Error pages that help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from courses.views.answers import held, may_be_held

EXPIRED_FORM = 403


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or a browser without cookies; `reason` is for developers.

    An answer in a lesson is given back, to be sent again.
    """
    if may_be_held(request):
        return held(request, "again")
    return render(request, "403_csrf.html", status=EXPIRED_FORM)
