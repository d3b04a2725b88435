"""Writing to those who registered: the form, how it will look and to how many, then sent."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.enums import Audience
from meetings.models import Meeting
from meetings.organising import selectors
from meetings.organising.forms import MessageForm
from meetings.organising.messages import (
    A_DAY,
    NobodyToTell,
    TooManyMessages,
    message_send,
    messages_left,
    reachable,
)
from training.counted import EDIT, is_counted, posted_again
from users.private_views import private_view, user_of

from .common import form_render, meeting_for, trail


@private_view("GET", "HEAD", "POST")
def message(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Nothing leaves before it was looked at as it is."""
    meeting = meeting_for(request, uid)
    form = MessageForm(request.POST or None)
    if request.method != "POST" or not form.is_valid() or EDIT in request.POST:
        return _form(request, meeting, form)
    return (_send if is_counted(request) else _preview)(request, meeting, form)


def _form(request: HttpRequest, meeting: Meeting, form: MessageForm) -> HttpResponse:
    context = {
        "meeting": meeting,
        "form": form,
        "left": messages_left(meeting=meeting, now=timezone.now()),
        "a_day": A_DAY,
        "sent": list(meeting.messages.select_related("sent_by")[:20]),
        "breadcrumb": trail(meeting, _("Écrire aux inscrits")),
    }
    return form_render(request, "message", context)


def _preview(request: HttpRequest, meeting: Meeting, form: MessageForm) -> HttpResponse:
    audience = Audience(form.cleaned_data["audience"])
    people = selectors.recipients_of(meeting=meeting, audience=audience)
    told = len(reachable(people))
    if not told:
        return _nobody(request, meeting, form)
    context = {
        "meeting": meeting,
        "draft": form.cleaned_data,
        "audience": audience,
        "told": told,
        "untold": len(people) - told,
        "posted": posted_again(request),
        "edit": EDIT,
        "breadcrumb": trail(meeting, _("Écrire aux inscrits")),
    }
    return render(request, "meetings/organising/message_preview.html", context)


def _send(request: HttpRequest, meeting: Meeting, form: MessageForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        sent = message_send(
            meeting=meeting,
            audience=Audience(data["audience"]),
            subject=data["subject"],
            text=data["text"],
            actor=user_of(request),
            now=timezone.now(),
        )
    except TooManyMessages:
        text = _(
            "%(n)s messages sont déjà partis aujourd’hui pour cette rencontre. Rien n’a été "
            "envoyé : reprenez demain."
        )
        form.add_error(None, text % {"n": A_DAY})
        return _form(request, meeting, form)
    except NobodyToTell:
        return _nobody(request, meeting, form)
    text = ngettext(
        "Message envoyé à %(n)d personne.", "Message envoyé à %(n)d personnes.", sent.recipients
    )
    messages.success(request, text % {"n": sent.recipients})
    return redirect("meetings:organised_message", meeting.uid)


def _nobody(request: HttpRequest, meeting: Meeting, form: MessageForm) -> HttpResponse:
    form.add_error("audience", _("Personne, parmi ces destinataires, n’a d’adresse."))
    return _form(request, meeting, form)
