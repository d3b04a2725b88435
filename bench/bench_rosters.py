"""What a staff list of a large hospital costs: from the file to the people, and the same again.

The unit is not an empty view but the insertion of as many bare rows as the list has people, which
any import has to make. Seconds and memory are printed for whoever reads; the ratio is the figure.
"""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.utils import timezone

from bench.harness import Ratio, seconds, size

PEOPLE = size(2_000, 10_000)
LIMIT = 20.0
AGAIN_LIMIT = 15.0
MEGABYTE = 1024  # ru_maxrss is in kilobytes


def bare_rows() -> None:
    """A person, an appointment and a number for each of `PEOPLE`, as cheaply as Django can."""
    from organisation.enums import IdentifierKind
    from organisation.models import (
        Appointment,
        Establishment,
        Person,
        PersonIdentifier,
        StaffRole,
    )

    house = Establishment.objects.create(name="Unité de mesure")
    role = StaffRole.objects.all()[0]
    people = Person.objects.bulk_create(
        [Person(last_name="Agent", first_name=f"N{n}") for n in range(PEOPLE)], batch_size=1000
    )
    Appointment.objects.bulk_create(
        [
            Appointment(person=one, establishment=house, role=role, starts_on=timezone.localdate())
            for one in people
        ],
        batch_size=1000,
    )
    PersonIdentifier.objects.bulk_create(
        [
            PersonIdentifier(
                person=one, kind=IdentifierKind.HR, establishment=house, value=str(one.pk)
            )
            for one in people
        ],
        batch_size=1000,
    )


def taken_in(house: Any, name: str, content: bytes) -> Any:
    """The file through all steps, what is proposed accepted."""
    from organisation.enums import RosterStage
    from organisation.rosters import flow
    from organisation.rosters.mapping import key_of, words_unknown
    from organisation.rosters.work import roster_run
    from organisation.sheets.layouts import Layout

    def go_on() -> None:
        roster_run(roster_id=roster.pk, seconds=3600)
        roster.refresh_from_db()

    roster = flow.roster_upload(
        establishment=house,
        name=name,
        content=io.BytesIO(content),
        as_of=timezone.localdate(),
        is_complete=True,
        actor=None,
        now=timezone.now(),
    )
    layout = Layout.of_json(roster.layout)
    flow.roster_columns_set(roster=roster, columns=layout.columns, day_order=layout.day_order)
    go_on()
    if roster.stage == RosterStage.VALUES:
        answers = {key_of(word): word.proposal for word in words_unknown(roster)}
        flow.roster_words_set(roster=roster, answers=answers)
        go_on()
    flow.roster_confirm(roster=roster, actor=None)
    go_on()
    if roster.stage != RosterStage.APPLIED:
        raise RuntimeError(f"{roster.stage}: {roster.notice}")
    return roster


def ratios() -> Iterator[Ratio]:
    from organisation.models import Establishment
    from tests.organisation.rosters.generators import excel, staff_drawn, titled_utf8

    staff = staff_drawn(PEOPLE)
    files = {"csv": ("liste.csv", titled_utf8(staff)), "xlsx": ("liste.xlsx", excel(staff))}
    unit = seconds(bare_rows)
    print(f"  {PEOPLE} people; bare rows: {unit:.1f} s", flush=True)
    for kind, (name, content) in files.items():
        house = Establishment.objects.create(name=f"Hôpital de mesure {kind}")
        before = _peak()
        take = partial(taken_in, house, name, content)
        first = _told(f"{kind}, the first time", take)
        grown = _peak() - before
        again = _told(f"{kind}, the same again", take)
        print(f"  {kind}: peak memory {_peak()} MB, of which the import {grown} MB", flush=True)
        yield Ratio(f"roster_{kind}", first / unit, LIMIT)
        yield Ratio(f"roster_{kind}_again", again / unit, AGAIN_LIMIT)


def _told(name: str, work: Callable[[], object]) -> float:
    start = time.monotonic()
    spent = seconds(work)
    print(f"  {name}: {time.monotonic() - start:.1f} s, {spent:.1f} s of the processor", flush=True)
    return spent


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
