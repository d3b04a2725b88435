"""The attestation of having been at a meeting, and what its public check tells."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.enums import How
from meetings.models import MeetingAttendance
from meetings.templatetags.meeting_tags import meeting_day
from training.attestations.document import provenance_note
from training.attestations.names import masked
from training.attestations.paper import Fact, Paper, holder_name, paper_pdf_render
from training.attestations.selectors import Finding
from training.attestations.verifying import Check, finder_register
from training.enums import Provenance


def register() -> None:
    finder_register(attendance_check)


def attendance_pdf_render(*, attendance: MeetingAttendance, day: dt.date) -> bytes:
    """A4, PDF/UA-1, for everybody who was there. `registration.meeting` and its region and person
    should be selected."""
    meeting = attendance.registration.meeting
    first, last = names_of(attendance)
    return paper_pdf_render(
        Paper(
            kind=_("Attestation de présence"),
            intro=_("a participé à la rencontre"),
            name=holder_name(first_name=first, last_name=last),
            title=meeting.title,
            facts=_facts(attendance),
            note=provenance_note(provenance_of_attendance(attendance)),
            code=attendance.code,
            day=day,
        )
    )


def provenance_of_attendance(attendance: MeetingAttendance) -> Provenance:
    return Provenance.PAPER if attendance.how == How.PAPER else Provenance.OBSERVED


def names_of(attendance: MeetingAttendance) -> tuple[str, str]:
    """First and last name: the person's, where there is one, else as she registered."""
    registration = attendance.registration
    holder = registration.person or registration
    if not (holder.first_name or holder.last_name):
        holder = registration
    return holder.first_name, holder.last_name


def attendance_check(code: str, day: dt.date) -> Check | None:
    """What there is to say of a code that stands on such a paper."""
    rows = MeetingAttendance.objects.select_related("registration__meeting__region")
    found = rows.select_related("registration__person").filter(code=code).first()
    if found is None:
        return None
    provenance = provenance_of_attendance(found)
    return Check(
        finding=Finding.WITHDRAWN if found.withdrawn_at else Finding.VALID,
        code=code,
        kind=gettext_lazy("Rencontre"),
        title=found.registration.meeting.title,
        day_label=gettext_lazy("Présence le"),
        day=_day(found),
        holder=masked(*names_of(found)),
        origin=str(provenance.label) if provenance.is_declared else "",
        withdrawn=gettext_lazy("la présence a été retirée"),
    )


def _facts(attendance: MeetingAttendance) -> list[Fact]:
    meeting = attendance.registration.meeting
    facts: list[Fact] = [
        {"label": _("Date"), "value": meeting_day(meeting)},
        {"label": _("Organisation"), "value": meeting.organiser},
    ]
    if attendance.contributed_at is not None:
        facts.append({"label": _("Contribution"), "value": _("A pris la parole")})
    return facts


def _day(attendance: MeetingAttendance) -> dt.date:
    """The day on the clocks of the place."""
    zone = attendance.registration.meeting.place_zone
    return zone.local(timezone.localtime(attendance.attended_at)).date()
