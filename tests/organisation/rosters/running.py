"""Staff lists through all their steps, as a screen or a command takes them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from organisation.enums import RosterStage
from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Person,
    PersonIdentifier,
    RosterImport,
)
from organisation.rosters import flow
from organisation.rosters.mapping import key_of, words_unknown
from organisation.rosters.work import roster_run
from organisation.sheets.layouts import Layout

from .generators import DAY


def upload(
    house: Establishment,
    content: bytes | str,
    name: str = "liste.csv",
    *,
    as_of: dt.date = DAY,
    is_complete: bool = True,
    actor: Any = None,
) -> RosterImport:
    data = content.encode() if isinstance(content, str) else content
    return flow.roster_upload(
        establishment=house,
        name=name,
        content=io.BytesIO(data),
        as_of=as_of,
        is_complete=is_complete,
        actor=actor,
        now=timezone.now(),
    )


def preview(
    house: Establishment,
    content: bytes | str,
    name: str = "liste.csv",
    answers: Mapping[str, str] | None = None,
    **options: Any,
) -> RosterImport:
    """The list with its preview; what is proposed is accepted unless `answers` say otherwise."""
    roster = upload(house, content, name, **options)
    layout = Layout.of_json(roster.layout)
    flow.roster_columns_set(roster=roster, columns=layout.columns, day_order=layout.day_order)
    go_on(roster)
    if roster.stage == RosterStage.VALUES:
        proposed = {key_of(word): word.proposal for word in words_unknown(roster)}
        flow.roster_words_set(roster=roster, answers=proposed | dict(answers or {}))
        go_on(roster)
    assert roster.stage == RosterStage.PREVIEW, (roster.stage, roster.notice)
    return roster


def confirm(roster: RosterImport) -> RosterImport:
    flow.roster_confirm(roster=roster, actor=None, leaving=roster.counts.get("gone", 0))
    go_on(roster)
    assert roster.stage == RosterStage.APPLIED, (roster.stage, roster.notice)
    return roster


def imported(
    house: Establishment, content: bytes | str, *args: Any, **options: Any
) -> RosterImport:
    return confirm(preview(house, content, *args, **options))


def undone(roster: RosterImport) -> RosterImport:
    flow.roster_undo(roster=roster, actor=None, now=timezone.now())
    go_on(roster)
    assert roster.stage == RosterStage.UNDONE, (roster.stage, roster.notice)
    return roster


def go_on(roster: RosterImport) -> None:
    """What the worker does; a test's transaction never commits, so nothing was queued."""
    roster_run(roster_id=roster.pk)
    roster.refresh_from_db()


def state() -> dict[str, list[Any]]:
    """Everything that an import may change, with its primary keys where others point to them."""
    people = Person.objects.order_by("pk")
    appointments = Appointment.objects.order_by("pk")
    numbers = PersonIdentifier.objects.order_by("kind", "value", "establishment")
    return {
        "people": list(people.values("pk", "uid", "user", "first_name", "last_name", "email")),
        "appointments": list(appointments.values()),
        "numbers": list(numbers.values_list("person", "kind", "value", "establishment")),
        "departments": list(Department.objects.order_by("pk").values()),
    }


def staff(house: Establishment) -> set[tuple[Any, ...]]:
    """Who works here as what, in words that no primary key stands in."""
    rows = Appointment.objects.filter(establishment=house)
    return set(
        rows.values_list(
            "person__last_name",
            "person__first_name",
            "person__email",
            "role__code",
            "department__name",
            "starts_on",
            "ends_on",
        )
    )
