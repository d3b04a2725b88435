"""After a first sign-in with the national provider: where one works, as the directory has it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisation.attested import attested_places
from organisation.forms import WorkplaceForm
from organisation.selectors import establishment_of_user
from organisation.services import appointment_start, person_for_user
from users.addresses import next_address


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def workplace(request: HttpRequest) -> HttpResponse:
    """She says which of the attested places it is: the directory may be years old.

    Who has an appointment already goes on. Without a place that is known here, the screen says
    what to do.
    """
    day = timezone.localdate()
    user, after = request.user, next_address(request, settings.LOGIN_REDIRECT_URL)
    places = attested_places(user=user, day=day)  # type: ignore[arg-type]
    if not places.is_attested or establishment_of_user(user=user, day=day):  # type: ignore[arg-type]
        return redirect(after)
    form = WorkplaceForm(
        request.POST or None,
        establishments=places.establishments,
        role_code=places.role_code,
    )
    if request.method == "POST" and form.is_valid() and _appointed(request, form, day):
        return redirect(after)
    context = {"form": form, "places": places, "next": after}
    status = 422 if form.errors else 200
    return render(request, "organisation/workplace.html", context, status=status)


def _appointed(request: HttpRequest, form: WorkplaceForm, day: object) -> bool:
    person = person_for_user(user=request.user)  # type: ignore[arg-type]
    try:
        appointment = appointment_start(
            person=person,
            establishment=form.cleaned_data["establishment"],
            role=form.cleaned_data["role"],
            starts_on=day,  # type: ignore[arg-type]
            actor=request.user,  # type: ignore[arg-type]
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    text = _("C’est noté : vous travaillez à %(place)s.")
    messages.success(request, text % {"place": appointment.establishment.name})
    return True
