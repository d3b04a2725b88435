"""The mail as it will be read and whom it reaches; then it is sent."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.mails import sender
from organisation.models import Department, Establishment, Person
from reporting import figures
from reporting.forms import MissingForm
from reporting.permissions import can_remind
from reporting.selectors.missing import appointed, people_missing
from reporting.selectors.rows import appointments_at
from reporting.views.common import trail
from reporting.views.department import department_trail
from training.reminders.asked import LATELY, reminders_foreseen
from training.reminders.people import addressees
from users.private_views import private_view, user_of

from .services import Choice, reminding_ask
from .words import reasons_told, skipped_in

Place = Department | Establishment


@private_view("GET", "HEAD", "POST")
def of_establishment(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = get_object_or_404(Establishment, uid=uid)
    _require(request, place)
    listing = reverse("reporting:missing", args=[place.uid])
    steps = trail(
        (place.name, reverse("reporting:establishment", args=[place.uid])),
        (_("Personnes manquantes"), listing),
        (_("Relancer"), ""),
    )
    return _remind(request, place, listing, steps)


@private_view("GET", "HEAD", "POST")
def of_department(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    place = get_object_or_404(Department.objects.select_related("establishment"), uid=uid)
    _require(request, place)
    listing = reverse("reporting:department_missing", args=[place.uid])
    steps = department_trail(
        request,
        place,
        (place.name, reverse("reporting:department", args=[place.uid])),
        (_("Personnes manquantes"), listing),
        (_("Relancer"), ""),
    )
    return _remind(request, place, listing, steps)


def _require(request: HttpRequest, place: Place) -> None:
    if not can_remind(request.user, place):
        raise PermissionDenied(
            _("Relancer des agents est réservé aux personnes qui organisent la formation ici.")
        )


def _remind(
    request: HttpRequest, place: Place, listing: str, steps: list[dict[str, str]]
) -> HttpResponseBase:
    choice = _choice(request)
    back = listing + _query(request)
    missing = _missing(place, choice)
    if request.method == "POST":
        _ask(request, place, choice, len(missing))
        return redirect(back)
    day = timezone.localdate()
    present = Person.objects.filter(
        pk__in=appointments_at(day).filter(_where(place, choice)).values("person")
    )
    by_name = addressees(present.order_by("last_name", "first_name", "pk"))
    foreseen = reminders_foreseen(
        people=[one for one in by_name if one.pk in missing],
        house=place.establishment if isinstance(place, Department) else place,
        day=day,
        among=present,
        completed=missing,
    )
    context = {
        "place": place,
        "people": len(missing),
        "foreseen": foreseen,
        "reasons": reasons_told(foreseen.skipped),
        "unreached": skipped_in(foreseen.skipped),
        "sender": sender(),
        "lately": LATELY.days,
        "uid": uuid.uuid4(),
        "back": back,
        "computed_at": figures.moment(timezone.now()),
        "breadcrumb": steps,
    }
    return render(request, "reporting/remind.html", context)


def _ask(request: HttpRequest, place: Place, choice: Choice, people: int) -> None:
    try:
        uid = uuid.UUID(request.POST.get("uid", ""))
    except ValueError as error:
        raise BadRequest(_("Ce formulaire est incomplet : rouvrez la page.")) from error
    if not people:
        messages.info(request, _("Il n’y a plus personne à relancer maintenant."))
        return
    reminding_ask(
        uid=uid,
        place=place,
        choice=choice,
        people=people,
        actor=user_of(request),
        now=timezone.now(),
    )
    messages.success(
        request,
        _("La relance est demandée : les courriels partent dans les prochaines minutes."),
    )


def _choice(request: HttpRequest) -> Choice:
    """The filters of the list, in the address. A wrong one would remind others than those shown."""
    form = MissingForm(request.GET)
    form.is_valid()
    if form.errors.keys() - {"date"}:
        raise BadRequest(_("Cette adresse contient un filtre qui n’existe pas."))
    return Choice(
        role_family=form.value("filiere"),
        role=form.value("role"),
        trainable=form.value("module"),
        is_overdue_only=bool(form.value("retard")),
    )


def _missing(place: Place, choice: Choice) -> dict[int, dict[int, dt.date]]:
    """Who is on the list with these filters, by primary key, with what she completed."""
    return people_missing(
        where=_where(place, choice),
        day=timezone.localdate(),
        trainable=choice.trainable,
        is_overdue=choice.is_overdue_only,
    )


def _where(place: Place, choice: Choice) -> Q:
    family = choice.role_family.pk if choice.role_family else None
    return appointed(place=place, role=choice.role, family=family)


def _query(request: HttpRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""
