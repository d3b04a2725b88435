"""What people have to take, many at once: five queries, whatever their number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from django.db.models import Q, QuerySet, TextField, Value

from organisation.enums import ScopeKind
from organisation.models import Appointment, Person
from training.latest import CompletionReader, completions_written
from training.models import Requirement, Retraining, Trainable
from training.terms import Asked, Post, Terms, TermsBook, strictest_of
from training.validity import Renewal, is_valid_at, valid_until


class ObligationState(StrEnum):
    LATE = "late"
    DUE = "due"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one person has to take, all her appointments and requirements taken together.

    `due_on` is the earliest day by which some requirement wants it; `valid_until` is the first day
    on which the latest completion counts no longer, None if it always counts or there is none.
    `retraining_reason` says what changed, if that is why an earlier completion counts no longer.
    """

    trainable: Trainable
    due_on: dt.date
    validity_months: int | None
    completed_on: dt.date | None
    valid_until: dt.date | None
    state: ObligationState
    retraining_reason: str = ""


def obligations_for_people(
    *,
    people: Collection[int] | QuerySet[Person],
    day: dt.date,
    completed: Mapping[int, Mapping[int, dt.date]] | None = None,
) -> dict[int, list[Obligation]]:
    """What each of these people (primary keys) has to take at `day`; nobody else is in the answer.

    Late first, then due, then done; by date within. Who has nothing to take is missing. `completed`
    is the day of the latest completion by person and training, for those who have read it already.
    """
    read = _appointments(people, day, with_completions=completed is None)
    requirements = _requirements_around({post for _person, post, _since, _written in read}, day)
    asking = _Asking(requirements)
    asked: dict[int, Mapping[int, Asked]] = {}
    for person, post, since, _written in read:
        here = asking.asked(post, since)
        asked[person] = strictest_of([asked[person], here]) if person in asked else here
    last = _last_completions(read) if completed is None else completed
    states = _States(asking.trainables, day)
    return {
        person: states.sorted(hers, last.get(person, {})) for person, hers in asked.items() if hers
    }


class _Post(NamedTuple):
    """What decides which requirements reach an appointment, beside its dates: primary keys."""

    role: int
    family: int
    establishment: int
    region: int | None
    department: int | None

    @classmethod
    def of(cls, appointment: Appointment) -> _Post:
        return cls(
            appointment.role_id,
            appointment.role.family_id,
            appointment.establishment_id,
            appointment.establishment.region_id,
            appointment.department_id,
        )


_POST = (
    "role_id",
    "role__family_id",
    "establishment_id",
    "establishment__region_id",
    "department_id",
)
# A person, where she works, since when, and what the database wrote of her completions.
_Read: TypeAlias = tuple[int, _Post, dt.date, str | None]


def _appointments(
    people: Collection[int] | QuerySet[Person], day: dt.date, *, with_completions: bool
) -> list[_Read]:
    """One query."""
    written = completions_written(until=day) if with_completions else Value(None, TextField())
    found = (
        Appointment.objects.at(day)
        .filter(person__in=people)
        .order_by()
        .annotate(written=written)
        .values_list("person_id", *_POST, "starts_on", "written")
    )
    return [(line[0], _Post._make(line[1:6]), line[6], line[7]) for line in found]


def _last_completions(read: Iterable[_Read]) -> dict[int, dict[int, dt.date]]:
    """person -> trainable -> the day of the latest completion."""
    reader = CompletionReader()
    return {
        person: {pk: one.completed_on for pk, one in reader.latest(written).items()}
        for person, _post, _since, written in read
    }


_Place: TypeAlias = tuple[str, int | None]


class _Asking:
    """Requirements, looked up by place: a batch of people may meet those of many hospitals."""

    def __init__(self, requirements: Iterable[Requirement]) -> None:
        self.trainables: dict[int, Trainable] = {}
        self._by_place: dict[_Place, list[tuple[Requirement, _Holders]]] = defaultdict(list)
        for one in requirements:
            self.trainables[one.trainable_id] = one.trainable
            self._by_place[_place_of(one)].append((one, _holders(one)))
        self._terms = TermsBook()
        self._posts: dict[_Post, Post] = {}

    def asked(self, post: _Post, since: dt.date) -> Mapping[int, Asked]:
        """By training, what is asked of whoever holds this post since then."""
        known = self._posts.get(post)
        if known is None:
            known = self._posts[post] = self._terms.post(self._reaching(post))
        return known.asked(since)

    def _reaching(self, post: _Post) -> Iterator[tuple[int, Terms]]:
        for place in _places_around(post):
            for one, holders in self._by_place.get(place, ()):
                if holders.include(post):
                    yield one.trainable_id, one.terms


def _place_of(requirement: Requirement) -> _Place:
    place = requirement.department_id or requirement.establishment_id or requirement.region_id
    return requirement.scope, place


def _places_around(post: _Post) -> Iterator[_Place]:
    """The scopes that reach a post, the nation first."""
    yield ScopeKind.NATION, None
    yield ScopeKind.ESTABLISHMENT, post.establishment
    if post.region is not None:
        yield ScopeKind.REGION, post.region
    if post.department is not None:
        yield ScopeKind.DEPARTMENT, post.department


def requirement_covers(requirement: Requirement, appointment: Appointment) -> bool:
    """Whether the requirement's scope, roles and families reach this appointment (not its dates).

    `requirement.roles` and `.role_families` should be prefetched, and the appointment's role and
    establishment selected.
    """
    post = _Post.of(appointment)
    return _place_of(requirement) in _places_around(post) and _holders(requirement).include(post)


class _Holders(NamedTuple):
    """Of which roles and families a requirement is; of all if it names neither. Looked up once for
    each requirement, and not for each appointment."""

    roles: frozenset[int]
    families: frozenset[int]

    def include(self, post: _Post) -> bool:
        if not self.roles and not self.families:
            return True
        return post.role in self.roles or post.family in self.families


def _holders(requirement: Requirement) -> _Holders:
    return _Holders(
        frozenset(role.pk for role in requirement.roles.all()),
        frozenset(family.pk for family in requirement.role_families.all()),
    )


def requirements_near(appointments: Iterable[Appointment], day: dt.date) -> list[Requirement]:
    """Requirements at `day` whose scope may reach one of these appointments."""
    return _requirements_around({_Post.of(one) for one in appointments}, day)


def _requirements_around(posts: Collection[_Post], day: dt.date) -> list[Requirement]:
    return list(
        Requirement.objects.at(day)
        .filter(
            Q(scope=ScopeKind.NATION)
            | Q(region__in={one.region for one in posts} - {None})
            | Q(establishment__in={one.establishment for one in posts})
            | Q(department__in={one.department for one in posts} - {None})
        )
        .select_related("trainable")
        .prefetch_related("roles", "role_families")
    )


def retrainings_of(*, trainable_ids: Collection[int]) -> dict[int, list[Retraining]]:
    """The retrainings asked of these trainings, by training. One query."""
    found: dict[int, list[Retraining]] = defaultdict(list)
    for one in Retraining.objects.standing().filter(trainable__in=trainable_ids):
        found[one.trainable_id].append(one)
    return found


def _obligation(
    trainable: Trainable,
    asked: Asked,
    completion_day: dt.date | None,
    retrainings: list[Retraining],
    day: dt.date,
) -> Obligation:
    months, due_on = asked
    renewals = [Renewal(one.changed_on, one.required_from) for one in retrainings]
    end = valid_until(completion_day, months, renewals) if completion_day else None
    if completion_day and is_valid_at(completion_day, months, day, renewals):
        state = ObligationState.DONE
    else:
        # Evidence that ran out is due again from the day it ran out.
        due_on = max(due_on, end) if end else due_on
        state = ObligationState.LATE if due_on <= day else ObligationState.DUE
    reasons = [
        one.reason
        for one in retrainings
        if completion_day and completion_day < one.changed_on and one.required_from == end
    ]
    return Obligation(
        trainable, due_on, months, completion_day, end, state, reasons[0] if reasons else ""
    )


class _States:
    """What people have to take, from what is asked of them: few differ, so each is made once."""

    def __init__(self, trainables: Mapping[int, Trainable], day: dt.date) -> None:
        self._trainables, self._day = trainables, day
        self._retrainings = retrainings_of(trainable_ids=trainables.keys())
        self._made: dict[tuple[int, Asked, dt.date | None], tuple[_Urgency, Obligation]] = {}

    def sorted(
        self, asked: Mapping[int, Asked], completed: Mapping[int, dt.date]
    ) -> list[Obligation]:
        """Those of one person."""
        found = [self._of(pk, one, completed.get(pk)) for pk, one in asked.items()]
        found.sort(key=itemgetter(0))
        return [obligation for _urgency, obligation in found]

    def _of(
        self, trainable: int, asked: Asked, completion_day: dt.date | None
    ) -> tuple[_Urgency, Obligation]:
        key = trainable, asked, completion_day
        made = self._made.get(key)
        if made is None:
            retrainings = self._retrainings.get(trainable, [])
            one = _obligation(
                self._trainables[trainable], asked, completion_day, retrainings, self._day
            )
            made = self._made[key] = (_ORDER[one.state], one.due_on), one
        return made


_ORDER = {state: place for place, state in enumerate(ObligationState)}
_Urgency: TypeAlias = tuple[int, dt.date]
