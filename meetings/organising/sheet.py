"""The attendance sheet on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from documents.services import pdf_render
from meetings.models import Meeting, Registration
from meetings.templatetags.meeting_tags import meeting_day, meeting_hours
from meetings.templatetags.organising_tags import list_name

TEMPLATE = "meetings/organising/sheet.typ"
BLANK = 12
"""Empty lines for those who come without having registered."""


def sheet_pdf_render(
    *, meeting: Meeting, registrations: Sequence[Registration], day: dt.date
) -> bytes:
    """The sheet to sign, A4, PDF/UA-1: who has a seat, by name, then empty lines. What somebody
    needs is nobody's but the organiser's, so it is not on it."""
    return pdf_render(
        template=TEMPLATE,
        data=_data(meeting, registrations),
        timestamp=dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC),
    )


def _data(meeting: Meeting, registrations: Sequence[Registration]) -> dict[str, Any]:
    return {
        "campaign": settings.WAGTAIL_SITE_NAME,
        "document_title": _("Feuille d’émargement : %(title)s") % {"title": meeting.title},
        "heading": _("Feuille d’émargement"),
        "title": meeting.title,
        "facts": [
            {"label": label, "value": value}
            for label, value in (
                (_("Date"), f"{meeting_day(meeting)}, {meeting_hours(meeting)}"),
                (_("Lieu"), _place(meeting)),
                (_("Organisation"), meeting.organiser),
            )
        ],
        "declaration": _(
            "Chaque personne signe pour elle-même. L’organisateur reporte ensuite les signatures "
            "sur la plateforme, dans les trente jours, et garde la feuille."
        ),
        "empty": _("Personne n’est inscrit pour le moment."),
        "columns": {
            "number": _("N°"),
            "name": _("Nom et prénom"),
            "house": _("Établissement ou structure"),
            "attends": _("Vient"),
            "signature": _("Signature"),
        },
        "people": [
            {
                "name": list_name(one),
                "house": one.house,
                "attends": one.get_attends_display(),
            }
            for one in registrations
        ],
        "blank": BLANK,
        "page_of": _("Page {page} sur {pages}"),
    }


def _place(meeting: Meeting) -> str:
    parts = (meeting.place, " ".join(meeting.address.split()), str(meeting.region))
    return ", ".join(part for part in parts if part)
