"""Reading team sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q

from courses.models import Attendance, ModulePage, TeamSession
from courses.team.places import TeamPlace

RECENT = 10


def sessions_recent(*, places: Sequence[TeamPlace], now: dt.datetime) -> list[TeamSession]:
    """The latest sessions in these places, each with `present`, how many stood at last."""
    houses = [one.establishment for one in places if one.is_establishment]
    departments = [one.department for one in places if one.department]
    stands = Q(attendance__declaration=None) | Q(attendance__declaration__withdrawn_at=None)
    found = (
        TeamSession.objects.filter(Q(establishment__in=houses) | Q(department__in=departments))
        .select_related("trainable", "establishment", "department__establishment", "leader")
        .annotate(present=Count("attendance", filter=stands))
        .order_by("-held_at", "pk")[:RECENT]
    )
    return [one for one in found if one.closed_at or one.is_open_at(now)]


def attendance_of(*, session: TeamSession) -> list[Attendance]:
    """Who was there, by name, with what was declared."""
    return list(
        session.attendance.select_related("person", "declaration").order_by(
            "person__last_name", "person__first_name", "pk"
        )
    )


def module_of(*, session: TeamSession) -> ModulePage | None:
    """The page to read together, if it is still published."""
    page: ModulePage | None = (
        ModulePage.objects.live().filter(trainable=session.trainable_id).first()
    )
    return page
