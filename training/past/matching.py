"""Whom and which training a line means, and what would be declared. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Establishment, Person
from organisation.scopes import Scope
from organisation.selectors import appointments_in_scope
from training.models import Completion, Trainable
from training.past.reading import Line, Problem, Value, plain

EARLIEST = dt.date(2000, 1, 1)
_FRENCH_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


@dataclass(frozen=True, slots=True)
class PlannedTraining:
    """A person followed a training that day; `number` is the line that says so."""

    number: int
    person: Person
    trainable: Trainable
    day: dt.date

    @property
    def key(self) -> tuple[int, int, dt.date]:
        return self.person.pk, self.trainable.pk, self.day


@dataclass(frozen=True, slots=True)
class Plan:
    """`new` would be declared; `known` is on record already; with a problem nothing is."""

    new: list[PlannedTraining]
    known: list[PlannedTraining]
    problems: list[Problem]


def past_trainings_plan(
    *,
    lines: Sequence[Line],
    problems: Iterable[Problem] = (),
    establishment: Establishment,
    today: dt.date,
) -> Plan:
    """What the lines mean for people who work in `establishment` today.

    Whoever works elsewhere is as unknown as whoever exists nowhere. Four queries.
    """
    people = people_of(establishment=establishment, day=today)
    matcher = _Matcher(people, list(Trainable.objects.modules()), today)
    found: list[PlannedTraining] = []
    wrong = list(problems)
    first_line: dict[tuple[int, int, dt.date], int] = {}
    for line in lines:
        matched = matcher.match(line)
        if isinstance(matched, Problem):
            wrong.append(matched)
        elif matched.key in first_line:
            text = _("la même formation est déjà à la ligne %(n)d")
            wrong.append(Problem(line.number, text % {"n": first_line[matched.key]}))
        else:
            first_line[matched.key] = line.number
            found.append(matched)
    known = on_record(
        trainable_ids={one.trainable.pk for one in found}, establishment=establishment, day=today
    )
    return Plan(
        new=[one for one in found if one.key not in known],
        known=[one for one in found if one.key in known],
        problems=sorted(wrong, key=lambda one: one.number),
    )


def people_of(*, establishment: Establishment, day: dt.date) -> list[Person]:
    """Who works there at `day`, with their accounts and former uids. Two queries."""
    people = _people(establishment, day).select_related("user")
    return list(people.prefetch_related("aliases"))


def on_record(
    *, trainable_ids: Collection[int], establishment: Establishment, day: dt.date
) -> set[tuple[int, int, dt.date]]:
    """(person, training, day) of every completion, observed or declared, of those who work there
    at `day`. One query."""
    rows = Completion.objects.filter(
        trainable__in=trainable_ids, person__in=_people(establishment, day).values("pk")
    ).values_list("person_id", "trainable_id", "completed_at")
    return {(person, trainable, timezone.localdate(at)) for person, trainable, at in rows}


def _people(establishment: Establishment, day: dt.date) -> QuerySet[Person]:
    theirs = appointments_in_scope(scope=Scope.establishment(establishment), day=day)
    return Person.objects.filter(Exists(theirs.filter(person=OuterRef("pk"))))


class _Matcher:
    """People by address and uid, trainings by title and uid."""

    def __init__(
        self, people: Sequence[Person], trainables: Sequence[Trainable], today: dt.date
    ) -> None:
        self._people: dict[str, set[Person]] = defaultdict(set)
        self._trainables: dict[str, set[Trainable]] = defaultdict(set)
        self._today = today
        for person in people:
            addresses = {person.email, person.user.email if person.user else ""} - {""}
            uids = {person.uid, *(former.uid for former in person.aliases.all())}
            for name in (*addresses, *map(str, uids)):
                self._people[name.casefold()].add(person)
        for trainable in trainables:
            for name in (plain(trainable.title), str(trainable.uid)):
                self._trainables[name].add(trainable)

    def match(self, line: Line) -> PlannedTraining | Problem:
        people = self._people.get(_name(line.person), set())
        trainables = self._trainables.get(_title(line.module), set())
        day = day_of(line.day)
        message = (
            _person_problem(line, len(people))
            or _module_problem(line, len(trainables))
            or _day_problem(line, day, self._today)
        )
        if message or day is None:
            return Problem(line.number, message)
        return PlannedTraining(line.number, next(iter(people)), next(iter(trainables)), day)


def day_of(value: Value) -> dt.date | None:
    """31/12/2025, 31-12-2025 or 2025-12-31; None for anything else."""
    if isinstance(value, dt.date):
        return value
    found = _FRENCH_DAY.match(value)
    try:
        if found:
            day, month, year = map(int, found.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(value[:10]) if re.match(r"\d{4}-\d\d-\d\d", value) else None
    except ValueError:
        return None


def _name(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return text.casefold()


def _title(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return plain(text)


def _person_problem(line: Line, count: int) -> str:
    if not line.person:
        return _("l’agent n’est pas indiqué")
    if count == 0:
        text = _("« %(value)s » n’est pas un agent de cet établissement aujourd’hui")
        return text % {"value": _short(line.person)}
    if count > 1:
        text = _("« %(value)s » désigne plusieurs agents : indiquez l’identifiant")
        return text % {"value": _short(line.person)}
    return ""


def _module_problem(line: Line, count: int) -> str:
    if not line.module:
        return _("le module n’est pas indiqué")
    if count == 0:
        return _("le module « %(value)s » est inconnu") % {"value": _short(line.module)}
    if count > 1:
        text = _("plusieurs modules s’appellent « %(value)s » : indiquez l’identifiant")
        return text % {"value": _short(line.module)}
    return ""


def _day_problem(line: Line, day: dt.date | None, today: dt.date) -> str:
    if line.day == "":
        return _("la date n’est pas indiquée")
    if day is None:
        text = _("« %(value)s » n’est pas une date : écrivez par exemple 31/12/2025")
        return text % {"value": _short(str(line.day))}
    if day > today:
        return _("la date du %(day)s est à venir") % {"day": f"{day:%d/%m/%Y}"}
    if day < EARLIEST:
        return _("la date du %(day)s est trop ancienne") % {"day": f"{day:%d/%m/%Y}"}
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
