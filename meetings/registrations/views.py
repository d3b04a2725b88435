"""The pages of those who register. GET changes nothing: mail filters follow every link."""

from __future__ import annotations

import uuid
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.attendance.browser import registration_remember
from meetings.attendance.links import attestation_link
from meetings.calendars.files import CONTENT_TYPE, calendar_of, entry_of
from meetings.enums import Attends, RegistrationState
from meetings.models import Meeting, MeetingsIndexPage, Registration
from meetings.permissions import may_follow
from organisation.selectors import person_of_user
from organisation.services import person_for_user
from organisation.sessions import account_of_request, is_signed_in, person_of_request
from users.limits import Limit, client_key
from users.models import User
from users.private_views import View, unlisted_view

from . import selectors, services
from .calling import calling_of
from .forms import GuestForm, WishesForm
from .links import calendar_path, registration_read, token_of
from .services import Refusal, RegistrationRefused

ASKED_OF_ADDRESS = Limit("meeting_address", 6, 86_400)
"""Mails that anybody may make leave for one address in a day."""
ASKED_BY_CLIENT = Limit("meeting_client", 60, 3_600)
"""A hospital has one address for thousands of people."""


def _of_registration(view: View) -> View:
    """Gives the view the registration that the address names: by signature, or, for whoever is
    signed in, by its uid if it is her own. All others get a 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, token: str) -> HttpResponseBase:
        signed = registration_read(token)
        uid = signed or _uid(token)
        rows = Registration.objects.select_related("meeting__region", "meeting__page", "person")
        found = rows.filter(uid=uid).first() if uid else None
        if found is None:
            text = _("Cette adresse est incomplète. Recopiez-la entière depuis le courriel.")
            raise Http404(text)
        if signed is None:
            if not is_signed_in(request):
                return redirect_to_login(request.get_full_path())
            person, account = person_of_request(request), account_of_request(request)
            if not may_follow(registration=found, person=person, account=account):
                raise Http404
        elif not is_signed_in(request):
            registration_remember(request, found)  # at the door she needs no other proof
        return view(request, token, found)

    return unlisted_view(wrapped)


@unlisted_view
@require_safe
def my_meetings(request: HttpRequest) -> HttpResponse:
    """«Mes rencontres»: what comes, where one waits, what was."""
    if not is_signed_in(request):
        return redirect_to_login(request.get_full_path())
    mine = selectors.my_meetings(
        person=person_of_request(request), account=account_of_request(request), now=timezone.now()
    )
    for one in mine.past:
        one.attestation_path = _attestation_path(one)  # type: ignore[attr-defined]
    calendar = MeetingsIndexPage.objects.live().first()
    context = {
        "mine": mine,
        "calendar_url": calendar.url if calendar else "",
        "breadcrumb": _trail(
            (_("Mon espace"), settings.LOGIN_REDIRECT_URL), (_("Mes rencontres"), "")
        ),
    }
    return render(request, "meetings/registrations/my_meetings.html", context)


@unlisted_view
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Register: at once for whoever is signed in, by a mail to confirm for the others."""
    meeting = _meeting(uid)
    if is_signed_in(request):
        return _register_signed_in(request, meeting)
    return _register_guest(request, meeting)


@unlisted_view
@require_safe
def asked(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The same for every address: whether it is registered stands in the mail alone."""
    meeting = _meeting(uid)
    context = {"meeting": meeting, "breadcrumb": _trail_of(meeting, _("Confirmez par courriel"))}
    return render(request, "meetings/registrations/asked.html", context)


@_of_registration
@require_safe
def registration(request: HttpRequest, token: str, own: Registration) -> HttpResponse:
    """Where one's registration stands, and what one may do about it."""
    return _page(request, token, own)


@_of_registration
@require_safe
def calendar_file(request: HttpRequest, token: str, own: Registration) -> HttpResponse:
    """The meeting for her calendar, with what only she may know."""
    response = HttpResponse(calendar_of([entry_of(own)]), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="rencontre.ics"'
    return response


@_of_registration
@require_POST
def confirm(request: HttpRequest, token: str, own: Registration) -> HttpResponse:
    try:
        now_own = services.registration_confirm(registration=own, now=timezone.now())
    except RegistrationRefused as refusal:
        messages.error(request, _told(refusal))
    else:
        _welcome(request, now_own)
    return redirect("meetings:registration", token)


@_of_registration
@require_POST
def change(request: HttpRequest, token: str, own: Registration) -> HttpResponse:
    """Come another way, or say what one needs."""
    form = WishesForm(request.POST, meeting=own.meeting)
    if not _may_change(own):
        return redirect("meetings:registration", token)
    if not form.is_valid():
        return _page(request, token, own, form=form, status=422)
    try:
        services.registration_change(
            registration=own,
            attends=form.cleaned_data.get("attends") or own.attends,
            needs=form.cleaned_data["needs"],
            now=timezone.now(),
        )
    except RegistrationRefused as refusal:
        form.add_error("attends" if "attends" in form.fields else None, _told(refusal))
        return _page(request, token, own, form=form, status=422)
    messages.success(request, _("C’est enregistré."))
    return redirect("meetings:registration", token)


@_of_registration
@require_POST
def cancel(request: HttpRequest, token: str, own: Registration) -> HttpResponse:
    """One click and it is cancelled; the page that follows offers to register again."""
    now = timezone.now()
    if own.meeting.is_over_at(now) or not services.registration_cancel(registration=own, now=now):
        messages.info(request, _("Il n’y avait plus rien à annuler."))
    else:
        messages.success(request, _("Votre inscription est annulée. Merci de l’avoir dit."))
    return redirect("meetings:registration", token)


@_of_registration
@require_POST
def again(request: HttpRequest, token: str, own: Registration) -> HttpResponse:
    """Register again after having cancelled; leads to the new registration."""
    try:
        made = services.registration_again(registration=own, now=timezone.now())
    except RegistrationRefused as refusal:
        messages.error(request, _told(refusal))
        return redirect("meetings:registration", token)
    _welcome(request, made)
    return redirect("meetings:registration", _same_way(token, made))


def _register_signed_in(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = WishesForm(_posted(request), meeting=meeting)
    if request.method == "POST" and form.is_valid():
        account = account_of_request(request)
        try:
            made = services.registration_create(
                meeting=meeting,
                person=_person(request, account),
                account=account,
                attends=form.cleaned_data.get("attends") or "",
                needs=form.cleaned_data["needs"],
                now=timezone.now(),
            )
        except RegistrationRefused as refusal:
            messages.error(request, _told(refusal))
            return redirect("meetings:register", meeting.uid)
        _welcome(request, made)
        return redirect("meetings:registration", str(made.uid))
    return _form_page(request, meeting, form, "meetings/registrations/register.html")


def _register_guest(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = GuestForm(_posted(request), meeting=meeting)
    status = 200
    if request.method == "POST" and form.is_valid():
        if not ASKED_BY_CLIENT.use(client_key(request)):
            form.add_error(
                None,
                _("Beaucoup d’inscriptions viennent d’ici. Attendez une heure, ou connectez-vous."),
            )
            status = 429
        elif _asked(request, meeting, form):
            return redirect("meetings:register_asked", meeting.uid)
        else:
            return redirect("meetings:register", meeting.uid)
    return _form_page(request, meeting, form, "meetings/registrations/guest.html", status)


def _asked(request: HttpRequest, meeting: Meeting, form: GuestForm) -> bool:
    data = form.cleaned_data
    email = data["email"].lower()
    if not ASKED_OF_ADDRESS.use(_address_key(email)):
        return True  # the answer is the same: only the address's owner learns anything
    try:
        services.registration_ask(
            meeting=meeting,
            email=email,
            first_name=data["first_name"],
            last_name=data["last_name"],
            house=data["house"],
            attends=data.get("attends") or "",
            needs=data["needs"],
            now=timezone.now(),
        )
    except RegistrationRefused as refusal:
        messages.error(request, _told(refusal))
        return False
    return True


def _form_page(
    request: HttpRequest, meeting: Meeting, form: WishesForm, template: str, status: int = 200
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "calling": calling_of(meeting=meeting, request=request, now=timezone.now()),
        "breadcrumb": _trail_of(meeting, _("S’inscrire")),
    }
    if form.errors and status == 200:
        status = 422
    return render(request, template, context, status=status)


def _page(
    request: HttpRequest,
    token: str,
    own: Registration,
    *,
    form: WishesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    own.attended = list(own.attendance.standing())  # type: ignore[attr-defined]
    initial = {"attends": own.attends, "needs": own.needs}
    context = {
        "own": own,
        "meeting": own.meeting,
        "token": token,
        "state": RegistrationState(own.state),
        "place": selectors.place_in_line(registration=own),
        "form": form or WishesForm(initial=initial, meeting=own.meeting),
        "may_change": _may_change(own),
        "is_open": own.meeting.is_open_at(now),
        "is_over": own.meeting.is_over_at(now),
        "confirm_before": services.confirm_before(own),
        "is_expired": now >= services.confirm_before(own),
        "gets_link": own.state == RegistrationState.CONFIRMED and own.attends == Attends.REMOTE,
        "calendar_path": calendar_path(own),
        "attestation_path": _attestation_path(own),
        "breadcrumb": _trail_of(own.meeting, _("Mon inscription")),
    }
    return render(request, "meetings/registrations/registration.html", context, status=status)


def _posted(request: HttpRequest) -> QueryDict | None:
    """The button on a meeting's page posts nothing, which is a form that was sent all the same."""
    return request.POST if request.method == "POST" else None


def _may_change(own: Registration) -> bool:
    is_standing = own.state in (RegistrationState.CONFIRMED, RegistrationState.WAITING)
    return is_standing and own.meeting.is_held and not own.meeting.is_over_at(timezone.now())


def _person(request: HttpRequest, account: User | None) -> Any:
    """Who is signed in; the person of an account is made on her first registration."""
    if account is not None and person_of_user(user=account) is None:
        return person_for_user(user=account)
    person = person_of_request(request)
    assert person is not None, "who is signed in is somebody"
    return person


def _meeting(uid: uuid.UUID) -> Meeting:
    """One that was published and is still on the site, cancelled or not."""
    meetings = Meeting.objects.select_related("region", "page").filter(withdrawn_at=None)
    return get_object_or_404(meetings, uid=uid)


def _welcome(request: HttpRequest, made: Registration) -> None:
    if made.state == RegistrationState.CONFIRMED:
        messages.success(request, _("Votre inscription est confirmée."))
    elif made.state == RegistrationState.WAITING:
        messages.success(request, _("Vous êtes sur la liste d’attente."))


def _told(refusal: RegistrationRefused) -> str:
    match refusal.reason:
        case Refusal.EXPIRED:
            return _("Le délai pour confirmer est passé. Inscrivez-vous de nouveau.")
        case Refusal.ROOM_FULL:
            return _("La salle est complète : vous gardez votre place à distance.")
        case Refusal.FORGOTTEN:
            return _("Cette inscription est trop ancienne. Inscrivez-vous de nouveau.")
        case _:
            return _("Les inscriptions à cette rencontre sont closes. Rien n’a été changé.")


def _same_way(token: str, made: Registration) -> str:
    """The address of another registration, signed if this one was."""
    return token_of(made) if registration_read(token) else str(made.uid)


def _attestation_path(own: Registration) -> str:
    """Where the attestation of an attendance is; «» if there is none."""
    attended = own.attended  # type: ignore[attr-defined]
    return attestation_link(attended[0]) if attended else ""


def _uid(token: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(token)
    except ValueError:
        return None


def _address_key(email: str) -> str:
    """Keyed and cut, so that the cache holds no addresses."""
    return salted_hmac("meetings.registrations", email, algorithm="sha256").hexdigest()[:24]


def _trail_of(meeting: Meeting, title: str) -> list[dict[str, str]]:
    page = meeting.page
    step = [(meeting.title, page.url)] if page and page.live and page.url else []
    return _trail(*step, (title, ""))


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    return [{"title": title, "url": url} for title, url in steps]
