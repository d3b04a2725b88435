"""Taking an applied file back: everything as it was, but for those who changed since.

Whoever was changed by somebody else meanwhile, or has begun to learn, is left as she is, and the
report says why. What the file made, and nothing refers to, is gone without a trace: an import of
the wrong hospital's file shall not leave ten thousand people behind.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from documents.enums import WorkState
from organisation.enums import RosterStage
from organisation.models import (
    Appointment,
    Department,
    Person,
    PersonAlias,
    PersonIdentifier,
    RosterChange,
    RosterImport,
    RosterMapping,
)
from organisation.services import (
    AppointmentCorrection,
    Number,
    appointments_correct,
    appointments_withdraw,
    identifiers_replace,
    people_correct,
)
from users.services import audit_record

from .directory import batches

Fields = dict[int, dict[str, str]]


def roster_take_back(roster_id: int, *, now: dt.datetime) -> None:
    """Undo an applied file, person by person; does nothing a second time."""
    with transaction.atomic():
        roster = (
            RosterImport.objects.select_for_update(of=("self",))
            .select_related("establishment", "requested_by")
            .get(pk=roster_id)
        )
        if roster.stage == RosterStage.UNDOING:
            _Undoing(roster).run(now)


class _Undoing:
    """One file on its way back, inside its transaction."""

    def __init__(self, roster: RosterImport) -> None:
        self.roster = roster
        self.changes = [change for change in roster.changes.order_by("key") if _did(change)]
        self.now = _Present(roster, self.changes)

    def run(self, now: dt.datetime) -> None:
        free: list[RosterChange] = []
        refused: list[RosterChange] = []
        for change in self.changes:
            change.refusal = self.now.refusal(change)
            (refused if change.refusal else free).append(change)
        RosterChange.objects.bulk_update(refused, ["refusal"], batch_size=200)
        self._appointments(free)
        self._numbers(free)
        self._people(free)
        kept = self._departments()
        roster = self.roster
        roster.stage, roster.state, roster.undone_at = RosterStage.UNDONE, WorkState.READY, now
        roster.outcome |= {
            "undone": len(free),
            "refused": len(refused),
            "departments_kept": kept,
        }
        roster.save(update_fields=["stage", "state", "undone_at", "outcome"])
        audit_record(
            actor=roster.requested_by,
            action="roster.undo",
            target=f"roster:{roster.uid}",
            details={"establishment": roster.establishment_id, **roster.outcome},
            place=roster.establishment.uid,
        )

    def _appointments(self, changes: Iterable[RosterChange]) -> None:
        started, corrections = [], []
        for change in changes:
            started += [pk for pk, _state in change.effects.get("started", ())]
            for pk, (starts_on, ends_on, site), _after in change.effects.get("updated", ()):
                corrections.append(
                    AppointmentCorrection(
                        pk,
                        dt.date.fromisoformat(starts_on),
                        dt.date.fromisoformat(ends_on) if ends_on else None,
                        site,
                    )
                )
        actor = self.roster.requested_by
        appointments_withdraw(pks=started, actor=actor)
        appointments_correct(corrections=corrections, actor=actor)

    def _numbers(self, changes: Iterable[RosterChange]) -> None:
        given, taken = [], []
        for change in changes:
            given += [Number(*one) for one in change.effects.get("added", ())]
            taken += [Number(*one) for one in change.effects.get("removed", ())]
        identifiers_replace(establishment=self.roster.establishment, removed=given, added=taken)

    def _people(self, changes: Iterable[RosterChange]) -> None:
        fields: Fields = {}
        made = []
        for change in changes:
            if "person" in change.effects:
                made.append(change.effects["person"])
            for column, (before, _after) in change.effects.get("fields", {}).items():
                fields.setdefault(change.person_id or 0, {})[column] = before
            for pk, email in change.effects.get("cleared", ()):
                fields.setdefault(pk, {})["email"] = email
        people_correct(fields=fields, actor=self.roster.requested_by)
        for batch in batches(made):
            Person.objects.filter(pk__in=batch).delete()

    def _departments(self) -> int:
        """Close those that the file made, unless something else is there by now; how many stay."""
        kept = 0
        for department in Department.objects.filter(pk__in=self.roster.outcome["departments"]):
            if _referring(department._meta, [department.pk], except_for=(RosterMapping,)):
                kept += 1
            else:
                department.delete()
        return kept


@dataclasses.dataclass(slots=True)
class _Present:
    """What is there now of what a file did."""

    roster: RosterImport
    changes: list[RosterChange]
    appointments: dict[int, list[Any]] = dataclasses.field(init=False)
    appointments_of: dict[int, set[int]] = dataclasses.field(init=False)
    numbers_of: dict[int, set[tuple[str, str]]] = dataclasses.field(init=False)
    people: dict[int, Person] = dataclasses.field(init=False)
    merged: set[int] = dataclasses.field(init=False)
    referred: set[int] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        made = [c.effects["person"] for c in self.changes if "person" in c.effects]
        concerned = {change.person_id for change in self.changes if change.person_id}
        concerned |= {pk for c in self.changes for pk, _e in c.effects.get("cleared", ())}
        self.people = {}
        since = self.roster.applied_at or self.roster.requested_at
        self.merged = set(
            PersonAlias.objects.filter(merged_at__gte=since).values_list("person_id", flat=True)
        )
        self.appointments, self.appointments_of = {}, defaultdict(set)
        self.numbers_of = defaultdict(set)
        for batch in batches(sorted(concerned)):
            self.people |= Person.objects.in_bulk(batch)
            for row in Appointment.objects.filter(person__in=batch):
                state = [row.starts_on.isoformat(), _iso(row.ends_on), row.site_id]
                is_here = row.establishment_id == self.roster.establishment_id
                self.appointments[row.pk] = state if is_here else []
                self.appointments_of[row.person_id].add(row.pk)
            for number in PersonIdentifier.objects.filter(person__in=batch):
                self.numbers_of[number.person_id].add((number.kind, number.value))
        self.referred = _referring(
            Person._meta, made, except_for=(Appointment, PersonIdentifier, RosterChange)
        )

    def refusal(self, change: RosterChange) -> str:
        """Why this person stays as she is; «» if she can be as before."""
        effects = change.effects
        person = self.people.get(change.person_id or 0)
        if person is None:
            return _("L’agent n’existe plus.")
        if person.pk in self.merged:
            return _("Sa fiche a été fusionnée avec une autre depuis.")
        said = [(pk, state) for pk, state in effects.get("started", ())]
        said += [(pk, after) for pk, _before, after in effects.get("updated", ())]
        if any(self.appointments.get(pk) != state for pk, state in said):
            return _("Ses affectations ont changé depuis.")
        here = {pk for pk in self.appointments_of[person.pk] if self.appointments[pk]}
        if "known" in effects and here - {pk for pk, _state in said} - set(effects["known"]):
            return _("L’agent a d’autres affectations depuis.")
        numbers = {(kind, value) for _pk, kind, value in effects.get("added", ())}
        if numbers - self.numbers_of[person.pk]:
            return _("Ses identifiants ont changé depuis.")
        fields = effects.get("fields", {})
        if any(getattr(person, column) != after for column, (_b, after) in fields.items()):
            return _("Son nom ou son adresse a changé depuis.")
        cleared = [self.people.get(pk) for pk, _email in effects.get("cleared", ())]
        if any(one is None or one.email for one in cleared):
            return _("L’adresse de l’autre agent a changé depuis.")
        return self._new_person_refusal(person, effects) if "person" in effects else ""

    def _new_person_refusal(self, person: Person, effects: Mapping[str, Any]) -> str:
        if person.user_id is not None:
            return _("L’agent a un compte depuis.")
        if person.pk in self.referred:
            return _("L’agent a commencé une formation, ou quelque chose s’y rapporte depuis.")
        started = {pk for pk, _state in effects.get("started", ())}
        numbers = {(kind, value) for _pk, kind, value in effects.get("added", ())}
        if self.appointments_of[person.pk] != started or self.numbers_of[person.pk] != numbers:
            return _("L’agent a d’autres affectations ou identifiants depuis.")
        return ""


def _referring(
    meta: Any, pks: Collection[int], *, except_for: Collection[type[models.Model]]
) -> set[int]:
    """Which of these rows others point to, whatever room these are in. A query a relation."""
    found: set[int] = set()
    for relation in meta.related_objects:
        if relation.related_model in except_for:
            continue
        rows = relation.related_model._base_manager.all()
        for batch in batches(sorted(pks)):
            name = relation.field.name
            found.update(rows.filter(**{f"{name}__in": batch}).values_list(name, flat=True))
    return found


def _did(change: RosterChange) -> bool:
    return bool(change.effects) and "candidates" not in change.effects


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
