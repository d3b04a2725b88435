"""Who registered and who came, as a table for a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.templatetags.meeting_tags import meeting_day, meeting_hours


def registered_export(
    *, meeting: Meeting, registrations: Iterable[Registration], now: dt.datetime
) -> ExportTable:
    """Each with `attended`. What people need is not in it: it leaves the platform with nobody."""
    return ExportTable(
        title=_("Inscrits"),
        filename=f"inscrits-{slugify(meeting.title)[:60]}-{meeting.local_start:%Y-%m-%d}",
        notes=[
            (_("Rencontre"), meeting.title),
            (_("Quand"), f"{meeting_day(meeting)}, {meeting_hours(meeting)}"),
            (_("État au"), f"{timezone.localtime(now):%d/%m/%Y %H:%M}"),
            (_("Présences"), _("« Déclarée » : reportée d’une feuille signée, non observée.")),
            (
                _("Données personnelles"),
                _("Ce fichier nomme des personnes : gardez-le le temps de la rencontre seulement."),
            ),
        ],
        header=[
            _("Nom"),
            _("Prénom"),
            _("Établissement ou structure"),
            _("Adresse électronique"),
            _("Vient"),
            _("État"),
            _("Demandée le"),
            _("Présence"),
            _("Présence connue par"),
            _("A pris la parole"),
        ],
        rows=_rows(registrations),
        widths=[22, 18, 34, 34, 14, 20, 14, 14, 40, 16],
    )


def _rows(registrations: Iterable[Registration]) -> Iterator[list[Value]]:
    for one in registrations:
        there: MeetingAttendance | None = next(iter(one.attended), None)  # type: ignore[attr-defined]
        yield [
            one.last_name,
            one.first_name,
            one.house,
            one.email,
            one.get_attends_display(),
            one.get_state_display(),
            timezone.localdate(one.created_at),
            _presence(there),
            there.get_how_display() if there else "",
            timezone.localdate(there.contributed_at) if there and there.contributed_at else None,
        ]


def _presence(there: MeetingAttendance | None) -> str:
    if there is None:
        return ""
    return _("Déclarée") if there.how == How.PAPER else _("Oui")
