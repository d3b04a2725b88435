"""Who of an establishment or department took part, by name: for its own managers."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from meetings.enums import How
from meetings.models import Meeting, MeetingAttendance
from organisation.models import Appointment, Department, Establishment, RoleFamily
from reporting import figures
from reporting.attendance.rows import Presence, presences


@dataclass(frozen=True, slots=True)
class Count:
    """Distinct people, and those of them of whom no presence was observed."""

    people: int
    declared: int


@dataclass(frozen=True, slots=True)
class MeetingLine:
    meeting: Meeting
    count: Count


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One person at one meeting, as she worked here on that day."""

    meeting: Meeting
    day: dt.date
    name: str
    roles: str
    departments: str
    how: How
    has_contributed: bool

    @property
    def is_declared(self) -> bool:
        return self.how is How.PAPER


@dataclass(frozen=True)
class HouseAttendance:
    """The presences of a place, by meeting and role family, and with names."""

    total: Count
    meetings: list[MeetingLine]
    families: list[tuple[str, Count]]
    rows: list[NamedRow]


def attendance_of_place(
    *, place: Establishment | Department, since: dt.date | None, meeting: uuid.UUID | None = None
) -> HouseAttendance:
    """Those who worked here on the day of the meeting, at meetings from `since` on. Two queries.

    With a `meeting`, only its names; the counts stay those of all.
    """
    own = "department" if isinstance(place, Department) else "establishment"
    found = [
        Presence(one.attendance, one.day, here)
        for one in presences(
            MeetingAttendance.objects.filter(
                registration__person__in=Appointment.objects.filter(**{own: place}).values("person")
            )
        )
        if (here := tuple(job for job in one.jobs if getattr(job, f"{own}_id") == place.pk))
        and (since is None or one.day >= since)
    ]
    named = [one for one in found if meeting in (None, one.meeting.uid)]
    return HouseAttendance(
        total=_count(found),
        meetings=_by_meeting(found),
        families=_by_family(found),
        rows=[_named(one) for one in sorted(named, key=_by_day_and_name)],
    )


def named_export(
    *, rows: Sequence[NamedRow], filename: str, place: str, since: dt.date | None, today: dt.date
) -> ExportTable:
    """One line a person and meeting."""
    return ExportTable(
        title=_("Participants"),
        filename=f"{filename}-{today:%Y-%m-%d}",
        notes=[
            (_("Lieu"), place),
            (_("Rencontres depuis le"), figures.short_day(since) if since else _("le début")),
            (_("Règles"), rules_of_names()),
            (_("Confidentialité"), _("Liste nominative : à ne pas diffuser. Export journalisé.")),
        ],
        header=[
            _("Rencontre"),
            _("Région"),
            _("Jour"),
            _("Agent"),
            _("Métier"),
            _("Service"),
            _("Preuve de présence"),
            _("Provenance"),
            _("A contribué"),
        ],
        rows=(_export_row(row) for row in rows),
        widths=(50, 26, 14, 32, 32, 32, 34, 14, 14),
    )


def rules_of_names() -> str:
    return _(
        "Les personnes affectées ici le jour de la rencontre, dont la présence a été pointée, "
        "scannée, ou déclarée d’après une feuille signée. Une présence retirée ne compte plus."
    )


def _export_row(row: NamedRow) -> list[Value]:
    return [
        row.meeting.title,
        row.meeting.region.name,
        row.day,
        row.name,
        row.roles,
        row.departments,
        str(row.how.label),
        _("déclarée") if row.is_declared else _("suivie"),
        _("oui") if row.has_contributed else "",
    ]


def _count(found: Iterable[Presence]) -> Count:
    observed: dict[Hashable, bool] = defaultdict(bool)
    for one in found:
        observed[one.who] |= not one.is_declared
    return Count(len(observed), sum(not is_observed for is_observed in observed.values()))


def _by_meeting(found: Iterable[Presence]) -> list[MeetingLine]:
    groups: dict[Meeting, list[Presence]] = defaultdict(list)
    for one in found:
        groups[one.meeting].append(one)
    return [MeetingLine(meeting, _count(of_it)) for meeting, of_it in groups.items()]


def _by_family(found: Iterable[Presence]) -> list[tuple[str, Count]]:
    """Somebody of two families stands in both."""
    groups: dict[RoleFamily, list[Presence]] = defaultdict(list)
    for one in found:
        for family in {job.role.family for job in one.jobs}:
            groups[family].append(one)
    families = sorted(groups, key=lambda family: (family.position, family.name))
    return [(family.name, _count(groups[family])) for family in families]


def _by_day_and_name(one: Presence) -> tuple[int, str, str]:
    return -one.day.toordinal(), one.meeting.title, str(one.attendance.registration.person)


def _named(one: Presence) -> NamedRow:
    registration = one.attendance.registration
    return NamedRow(
        meeting=one.meeting,
        day=one.day,
        name=str(registration.person),
        roles=_joined(job.role.name for job in one.jobs),
        departments=_joined(job.department.name for job in one.jobs if job.department),
        how=How(one.attendance.how),
        has_contributed=one.attendance.contributed_at is not None,
    )


def _joined(words: Iterable[str]) -> str:
    return ", ".join(sorted(set(words)))
