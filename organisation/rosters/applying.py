"""Making a confirmed plan true, in one transaction, and keeping what was there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.archives.packing import private_storage
from documents.enums import WorkState
from documents.folding import fold
from organisation.enums import ChangeKind, RosterStage
from organisation.models import (
    Appointment,
    Department,
    Person,
    RosterChange,
    RosterImport,
    RosterLine,
    RosterMapping,
    Site,
    StaffRole,
)
from organisation.services import (
    AppointmentCorrection,
    AppointmentStart,
    Number,
    PersonDraft,
    appointments_correct,
    appointments_start,
    department_create,
    identifiers_replace,
    people_correct,
    people_create,
)
from users.models import User
from users.services import audit_record

from .directory import batches
from .places import Start
from .plan import PersonPlan, RosterPlan, roster_plan
from .telling import changes_told

Effects = dict[str, Any]


def plan_keep(roster: RosterImport, plan: RosterPlan) -> None:
    """Keep a plan for the preview, in place of an earlier one."""
    with transaction.atomic():
        roster.changes.all().delete()
        RosterChange.objects.bulk_create(_rows(roster, plan), batch_size=500)
        _keep_refusals(roster, plan)
        roster.counts = plan.counts
        roster.plan_digest = plan.digest()
        roster.stage = RosterStage.PREVIEW
        roster.state = WorkState.READY
        roster.save(update_fields=["counts", "plan_digest", "stage", "state"])


def roster_apply(roster_id: int, *, now: dt.datetime) -> bool:
    """Do what was confirmed; False if it is not what the preview showed any more.

    Does nothing a second time.
    """
    with transaction.atomic():
        roster = (
            RosterImport.objects.select_for_update(of=("self",))
            .select_related("establishment", "requested_by")
            .get(pk=roster_id)
        )
        if roster.stage != RosterStage.APPLYING:
            return True
        plan = roster_plan(roster)
        if plan.digest() != roster.plan_digest:
            roster.stage = RosterStage.PLANNING
            roster.notice = _(
                "Des agents ou des affectations ont changé depuis l’aperçu : rien n’a été "
                "enregistré. Voici l’aperçu à jour."
            )
            roster.save(update_fields=["stage", "notice"])
            return False
        _Application(roster, plan).run(now)
    return True


class _Application:
    """One plan under way, inside its transaction."""

    def __init__(self, roster: RosterImport, plan: RosterPlan) -> None:
        self.roster = roster
        self.plan = plan
        self.actor: User | None = roster.requested_by
        self.people = [one for one in plan.people if one.kind != ChangeKind.DOUBTFUL]
        self.effects: dict[str, Effects] = {one.key: {} for one in self.people}
        self.persons: dict[str, Person] = {}

    def run(self, now: dt.datetime) -> None:
        departments = self._departments()
        self._enter_people()
        self._correct_people()
        self._number_people()
        self._correct_appointments()
        self._start_appointments(departments)
        self._keep(now)

    def _departments(self) -> dict[str, Department]:
        """Those that the plan names and nobody has made yet, by their folded name."""
        starts = [start for one in self.people for start in one.work.starts]
        names = {fold(s.department): s.department for s in starts if isinstance(s.department, str)}
        made = {
            folded: department_create(
                establishment=self.roster.establishment, name=name, actor=self.actor
            )
            for folded, name in sorted(names.items())
        }
        for mapping in RosterMapping.objects.filter(establishment=self.roster.establishment):
            if mapping.new_name and fold(mapping.new_name) in made:
                mapping.department = made[fold(mapping.new_name)]
                mapping.new_name = ""
                mapping.save(update_fields=["department", "new_name"])
        self.roster.outcome = {"departments": sorted(one.pk for one in made.values())}
        return made

    def _enter_people(self) -> None:
        new = [one for one in self.people if one.person is None]
        if not new:
            return
        made = people_create(
            people=[
                PersonDraft(
                    first_name=one.fields["first_name"][1],
                    last_name=one.fields["last_name"][1],
                    email=one.fields["email"][1] if "email" in one.fields else "",
                )
                for one in new
            ],
            actor=self.actor,
        )
        for one, person in zip(new, made, strict=True):
            self.persons[one.key] = person
            self.effects[one.key]["person"] = person.pk

    def _correct_people(self) -> None:
        fields: dict[int, dict[str, str]] = {}
        for one in self.people:
            if one.person is not None and one.fields:
                fields[one.person] = {column: after for column, (_o, after) in one.fields.items()}
                self.effects[one.key]["fields"] = one.fields
            for pk, email in one.cleared:
                fields.setdefault(pk, {}).setdefault("email", "")
                self.effects[one.key].setdefault("cleared", []).append([pk, email])
        people_correct(fields=fields, actor=self.actor)

    def _number_people(self) -> None:
        removed, added = [], []
        for one in self.people:
            pk = self._pk(one)
            taken = [Number(old.person, old.kind, old.value) for old in one.removed]
            given = [Number(pk, kind, value) for kind, value in one.added]
            removed += taken
            added += given
            if taken:
                self.effects[one.key]["removed"] = taken
            if given:
                self.effects[one.key]["added"] = given
        identifiers_replace(establishment=self.roster.establishment, removed=removed, added=added)

    def _correct_appointments(self) -> None:
        corrections = []
        for one in self.people:
            told = []
            for update in one.work.updates:
                known = update.known
                corrections.append(
                    AppointmentCorrection(known.pk, update.starts_on, update.ends_on, update.site)
                )
                before = _state(known.starts_on, known.ends_on, known.site)
                after = _state(update.starts_on, update.ends_on, update.site)
                told.append([known.pk, before, after])
            if told:
                self.effects[one.key]["updated"] = told
            if one.work.updates or one.work.starts:
                self.effects[one.key]["known"] = one.known
        appointments_correct(corrections=corrections, actor=self.actor)

    def _start_appointments(self, made: Mapping[str, Department]) -> None:
        planned = [(one, start) for one in self.people for start in one.work.starts]
        builder = _Starts(self.roster, made)
        rows: Sequence[Appointment] = appointments_start(
            starts=[builder.of(self._person(one), start) for one, start in planned],
            actor=self.actor,
        )
        for (one, _start), row in zip(planned, rows, strict=True):
            state = _state(row.starts_on, row.ends_on, row.site_id)
            self.effects[one.key].setdefault("started", []).append([row.pk, state])

    def _keep(self, now: dt.datetime) -> None:
        roster = self.roster
        roster.changes.all().delete()
        rows = _rows(roster, self.plan)
        for row in rows:
            row.effects = self.effects.get(row.key, row.effects)
            if row.key in self.persons:
                row.person = self.persons[row.key]
        RosterChange.objects.bulk_create(rows, batch_size=500)
        roster.lines.filter(problem="", conflict="").delete()
        roster.counts = self.plan.counts
        roster.stage = RosterStage.APPLIED
        roster.state = WorkState.READY
        roster.applied_at = now
        transaction.on_commit(partial(private_storage().delete, roster.file))
        roster.file = roster.notice = ""
        roster.save(
            update_fields=["counts", "outcome", "stage", "state", "applied_at", "notice", "file"]
        )
        audit_record(
            actor=self.actor,
            action="roster.apply",
            target=f"roster:{roster.uid}",
            details={"establishment": roster.establishment_id, "counts": roster.counts},
            place=roster.establishment.uid,
        )

    def _pk(self, one: PersonPlan) -> int:
        return self._person(one).pk

    def _person(self, one: PersonPlan) -> Person:
        """Of somebody known the primary key is all that is asked for."""
        if one.person is None:
            return self.persons[one.key]
        return Person(pk=one.person)


class _Starts:
    """Plans of appointments as the service takes them; three queries for all."""

    def __init__(self, roster: RosterImport, made: Mapping[str, Department]) -> None:
        place = roster.establishment
        self.place = place
        self.made = made
        self.roles = StaffRole.objects.in_bulk()
        self.departments = {one.pk: one for one in Department.objects.filter(establishment=place)}
        self.sites = {one.pk: one for one in Site.objects.filter(establishment=place)}

    def of(self, person: Person, start: Start) -> AppointmentStart:
        department = start.department
        return AppointmentStart(
            person=person,
            establishment=self.place,
            role=self.roles[start.role],
            starts_on=start.starts_on,
            ends_on=start.ends_on,
            department=(
                self.made[fold(department)]
                if isinstance(department, str)
                else self.departments.get(department or 0)
            ),
            site=self.sites.get(start.site or 0),
        )


def _rows(roster: RosterImport, plan: RosterPlan) -> list[RosterChange]:
    told = changes_told(roster, plan)
    return [
        RosterChange(
            roster=roster,
            kind=one.kind,
            key=one.key,
            name=one.name[:170],
            person_id=one.person,
            lines=one.lines[:20],
            details=told[one.key],
            effects={"candidates": one.candidates} if one.doubt else {},
        )
        for one in plan.people
    ]


def _keep_refusals(roster: RosterImport, plan: RosterPlan) -> None:
    """Which lines contradict others, in place of what an earlier plan said."""
    roster.lines.exclude(conflict="").update(conflict="")
    reasons = dict(plan.refused)
    for numbers in batches(sorted(reasons)):
        lines = list(roster.lines.filter(number__in=numbers))
        for line in lines:
            line.conflict = reasons[line.number]
        RosterLine.objects.bulk_update(lines, ["conflict"], batch_size=200)


def _state(starts_on: dt.date, ends_on: dt.date | None, site: int | None) -> list[Any]:
    """An appointment's columns as JSON keeps them."""
    return [starts_on.isoformat(), ends_on.isoformat() if ends_on else None, site]
