"""The code at the door: its address, on the screen and on paper."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.qr import Correction, qr_code
from documents.services import pdf_render
from meetings.models import Meeting
from meetings.templatetags.meeting_tags import meeting_day, meeting_hours
from notifications.links import site_url
from training.attestations.codes import code_shown

TEMPLATE = "meetings/attendance/poster.typ"


def door_path(meeting: Meeting) -> str:
    return reverse("meetings:door", args=[meeting.door_code])


def door_qr(address: str) -> SafeString:
    """An SVG without any inline style; black on white in both themes, with its quiet zone."""
    return SafeString(qr_code(text=address, correction=Correction.MEDIUM).svg)


def poster_pdf_render(*, meeting: Meeting, day: dt.date) -> bytes:
    """What hangs at the door, A4, PDF/UA-1."""
    address = site_url(door_path(meeting))
    code = code_shown(meeting.door_code)
    data = {
        "campaign": settings.WAGTAIL_SITE_NAME,
        "document_title": _("Affiche d’entrée : %(title)s") % {"title": meeting.title},
        "heading": _("J’y suis, je le dis."),
        "title": meeting.title,
        "facts": [f"{meeting_day(meeting)}, {meeting_hours(meeting)}", meeting.place],
        "steps": [_("Scannez ce code avec votre téléphone,"), _("puis touchez « Je suis là ».")],
        "address": site_url(reverse("meetings:door_form")).partition("://")[2],
        "address_label": _("Sans appareil photo, tapez cette adresse"),
        "code_label": _("puis le code"),
        "code": code,
        "alt": _("Code QR qui mène à la page où l’on dit que l’on est là, code %(code)s")
        % {"code": code},
        "qr": qr_code(text=address, correction=Correction.QUARTILE).svg,
        "foot": _(
            "Ce code ne vaut que pendant la rencontre, à partir de trente minutes avant le début."
        ),
    }
    return pdf_render(
        template=TEMPLATE,
        data=data,
        timestamp=dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC),
    )
