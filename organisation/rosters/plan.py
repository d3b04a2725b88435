"""What a file would change, worked out without changing anything.

The plan follows from the lines, the decisions and the database alone, not from the order of the
lines; so it can be worked out again when it is applied, and compared with what was shown.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from organisation.enums import ChangeKind, IdentifierKind
from organisation.models import RosterImport
from organisation.sheets.roles import word_fold

from .directory import Directory, KnownIdentifier, KnownPerson, directory_of
from .identity import Line, Refused, Someone, people_of_lines
from .mapping import Vocabulary, vocabulary_of
from .matching import ASIDE, Match, people_match
from .places import UNSAID, Want, Work, wants_merged, work_changes

BATCH = 1000


@dataclasses.dataclass(slots=True)
class PersonPlan:
    """What happens to one person. `known` are all appointments she has had here; `fields` are
    {column: (before, after)}; `added` are numbers that become hers, as (kind, number).

    Once somebody has decided a doubt, `removed` are numbers that were another person's or her own
    old ones, and `cleared` are (person, address) of others who lose an address that is hers.
    """

    key: str
    kind: ChangeKind
    name: str
    person: int | None
    lines: list[int]
    known: tuple[int, ...] = ()
    work: Work = dataclasses.field(default_factory=Work)
    fields: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    added: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    removed: list[KnownIdentifier] = dataclasses.field(default_factory=list)
    cleared: list[tuple[int, str]] = dataclasses.field(default_factory=list)
    doubt: str = ""
    candidates: tuple[int, ...] = ()

    @property
    def changes_identity(self) -> bool:
        return bool(self.fields or self.added or self.removed or self.cleared)


@dataclasses.dataclass(slots=True)
class RosterPlan:
    """The whole: people with a change or a doubt, by key, lines refused, and counts."""

    people: list[PersonPlan]
    refused: list[Refused]
    counts: dict[str, int]

    def digest(self) -> str:
        """Equal for equal plans."""
        facts = hashlib.sha256()
        for one in (*self.people, *sorted(self.refused)):
            facts.update(repr(one).encode())
        return facts.hexdigest()


def roster_plan(roster: RosterImport) -> RosterPlan:
    """What the lines of a file mean for the people of its establishment."""
    return _Planner(roster).plan()


class _Planner:
    def __init__(self, roster: RosterImport) -> None:
        self.roster = roster
        self.day: dt.date = roster.as_of
        self.words: Vocabulary = vocabulary_of(establishment=roster.establishment)
        self.counts: Counter[str] = Counter()
        self.spared: set[int] = set()
        self.claimed: set[str] = set()

    def plan(self) -> RosterPlan:
        lines, protected, wrong = self._lines()
        people, refused = people_of_lines(lines)
        numbers = {refusal.number for refusal in refused}
        for line in lines:
            if line.number in numbers:
                protected.update(_identifying(line.values))
        self.directory: Directory = directory_of(
            establishment=self.roster.establishment,
            people=people,
            protected=protected,
            as_of=self.day,
        )
        self._spare(protected)
        decisions = self.roster.decisions
        matches = people_match(people=people, directory=self.directory, decisions=decisions)
        self.claimed = {email for one in matches if one.doubt for email in one.someone.emails}
        plans = [plan for match in matches if (plan := self._planned(match)) is not None]
        plans += self._gone(matches)
        return self._counted(plans, refused, wrong)

    def _lines(self) -> tuple[list[Line], set[tuple[str, str]], int]:
        """The good lines, what still identifies those of the others, and how many these are."""
        good: list[Line] = []
        protected: set[tuple[str, str]] = set()
        wrong = 0
        rows = self.roster.lines.order_by("number").values_list("number", "values", "problem")
        for number, values, problem in rows.iterator(BATCH):
            if problem:
                wrong += 1
            elif self.words.roles.get(word_fold(values["role"])) is None:
                self.counts["left_out"] += 1
            else:
                good.append(Line(number, values))
                continue
            protected.update(_identifying(values))
        self.counts["lines"] = len(good) + wrong + self.counts["left_out"]
        return good, protected, wrong

    def _spare(self, protected: Iterable[tuple[str, str]]) -> None:
        """Whoever a refused line may mean is in the file: she is not gone."""
        for kind, value in protected:
            if kind == "email":
                self.spared.update(self.directory.by_email.get(value, ()))
            elif known := self.directory.by_number.get((kind, value)):
                self.spared.add(known.person)

    def _planned(self, match: Match) -> PersonPlan | None:
        someone = match.someone
        known = None if match.person is None else self.directory.people[match.person]
        plan = PersonPlan(
            key=someone.key,
            kind=ChangeKind.DOUBTFUL,
            name=" ".join(_chosen_name(someone, known)),
            person=match.person,
            lines=someone.numbers,
            doubt=match.doubt,
            candidates=match.candidates,
        )
        if match.doubt:
            self.spared.update(match.candidates)
            if self.roster.decisions.get(someone.key) == ASIDE:
                self.counts["aside"] += 1
            return plan
        appointments = [] if known is None else self.directory.appointments.get(known.pk, [])
        plan.work = work_changes(
            wants=wants_merged((self._want(line) for line in someone.lines), self.day),
            known=appointments,
            day=self.day,
            is_complete=self.roster.is_complete,
        )
        plan.known = tuple(one.pk for one in appointments)
        is_here = any(_holds(one, self.day) for one in appointments)
        if not plan.work.starts and not is_here:
            self.counts["past"] += 1  # all of it was over before the day of the file
            return None
        self._identity(plan, someone, known)
        kind = _kind(plan, is_here, self.day, appointments)
        if kind is None:
            self.counts["same"] += 1
            return None
        plan.kind = kind
        return plan

    def _want(self, line: Line) -> Want:
        values = line.values
        role = self.words.roles[word_fold(values["role"])]
        assert role is not None  # other lines were left out
        department = self.words.departments.get(word_fold(values.get("department", "")))
        site = self.words.sites.get(word_fold(values.get("site", "")))
        return Want(
            role=role,
            department=UNSAID if department is None else department,
            site=UNSAID if site is None else site,
            starts_on=_day(values.get("starts_on")),
            ends_on=_day(values["ends_on"]) if "ends_on" in values else UNSAID,
        )

    def _identity(self, plan: PersonPlan, someone: Someone, known: KnownPerson | None) -> None:
        plan.fields = self._fields(someone, known)
        own = {} if known is None else _by_kind(self.directory.numbers_of.get(known.pk, ()))
        for kind, value in sorted(someone.identifiers):
            holder = self.directory.by_number.get((kind.value, value))
            if holder is not None and known is not None and holder.person == known.pk:
                continue
            old = own.get(kind.value) if kind != IdentifierKind.HR else None
            plan.removed += [one for one in (holder, old) if one is not None]
            plan.added.append((kind.value, value))
        if someone.key in self.roster.decisions:
            email = _chosen_email(someone, known, self.claimed)
            others = self.directory.by_email.get(email, ()) if email else ()
            plan.cleared = [(pk, email) for pk in others if known is None or pk != known.pk]

    def _fields(self, someone: Someone, known: KnownPerson | None) -> dict[str, tuple[str, str]]:
        """Name and address as the file has them. Of somebody who works elsewhere too only what is
        missing is filled in: else two hospitals would take turns in correcting each other."""
        last_name, first_name = _chosen_name(someone, known)
        said = {"last_name": last_name, "first_name": first_name}
        said["email"] = _chosen_email(someone, known, self.claimed)
        if known is None:
            return {field: ("", value) for field, value in said.items() if value}
        is_shared = known.pk in self.directory.elsewhere
        found = {}
        for field, value in said.items():
            before = getattr(known, field)
            if value and value.casefold() != before.casefold() and not (is_shared and before):
                found[field] = (before, value)
        return found

    def _gone(self, matches: Sequence[Match]) -> Iterator[PersonPlan]:
        """Those who work here and are not in a complete list."""
        if not self.roster.is_complete:
            return
        present = {match.person for match in matches} | self.spared
        for pk in sorted(set(self.directory.appointments) - present):
            work = work_changes(
                wants=(), known=self.directory.appointments[pk], day=self.day, is_complete=True
            )
            if not work.is_empty:
                person = self.directory.people[pk]
                yield PersonPlan(
                    key=f"person:{pk}",
                    kind=ChangeKind.GONE,
                    name=f"{person.last_name} {person.first_name}".strip(),
                    person=pk,
                    lines=[],
                    known=tuple(one.pk for one in self.directory.appointments[pk]),
                    work=work,
                )

    def _counted(self, plans: list[PersonPlan], refused: list[Refused], wrong: int) -> RosterPlan:
        self.counts.update(plan.kind.value for plan in plans)
        self.counts["wrong"] = wrong + len(refused)
        self.counts["known"] = sum(
            any(_holds(one, self.day) for one in appointments)
            for appointments in self.directory.appointments.values()
        )
        plans.sort(key=lambda plan: plan.key)
        return RosterPlan(plans, refused, dict(self.counts))


def _kind(
    plan: PersonPlan, is_here: bool, day: dt.date, appointments: Sequence[Any]
) -> ChangeKind | None:
    """The one word for what happens to somebody; None for nothing."""
    if not is_here:
        return ChangeKind.NEW
    if plan.work.starts:
        return ChangeKind.MOVED
    ended = {update.known.pk for update in plan.work.updates if update.is_ending}
    after = [one for one in appointments if one.pk not in ended and _holds(one, day)]
    over = all(
        update.ends_on is not None and update.ends_on <= day
        for update in plan.work.updates
        if update.is_ending
    )
    if ended and over and not after:
        return ChangeKind.GONE
    return None if plan.work.is_empty and not plan.changes_identity else ChangeKind.CHANGED


def _holds(one: Any, day: dt.date) -> bool:
    return one.ends_on is None or one.ends_on > day


def _chosen_name(someone: Someone, known: KnownPerson | None) -> tuple[str, str]:
    """Of several spellings the one known, else the first in order."""
    names = sorted(someone.names())
    if known is not None and (known.last_name, known.first_name) in names:
        return known.last_name, known.first_name
    return names[0]


def _chosen_email(someone: Someone, known: KnownPerson | None, claimed: Collection[str]) -> str:
    """The address known stays while a doubtful person of the file claims it: were it given up, the
    same file would find her without doubt the next time."""
    if known is not None and (known.email in someone.emails or known.email in claimed):
        return known.email
    return min(someone.emails, default="")


def _by_kind(numbers: Iterable[KnownIdentifier]) -> dict[str, KnownIdentifier]:
    return {one.kind: one for one in numbers}


def _identifying(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    names = {"rpps": "rpps", "adeli": "adeli", "hr_number": "hr", "email": "email"}
    for name, kind in names.items():
        if values.get(name):
            yield kind, values[name]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
