"""People, their appointments and declared headcounts, drawn the same way every time."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import Counter
from dataclasses import dataclass, replace

from organisation.enums import IdentifierKind
from organisation.models import Department, Establishment, Person, Site, StaffRole
from organisation.services import (
    AppointmentStart,
    HeadcountDeclaration,
    Number,
    PersonDraft,
    department_create,
)
from starter.sample.names import name_drawn
from starter.sample.places import (
    FAMILY_DEPARTMENTS,
    ROLE_WEIGHTS,
    SampleHospital,
)

HISTORY_DAYS = 430  # a little over fourteen months
LEAVERS = 0.06
FIRST_HR_NUMBER = 100_001
SECOND_APPOINTMENT = 0.03
MOVED = 0.04
JOINED_LATELY = 0.18


@dataclass(slots=True)
class SamplePlace:
    """A sample hospital as it stands in the database."""

    hospital: SampleHospital
    establishment: Establishment
    sites: list[Site]
    departments: dict[str, list[Department]]


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody does over ``[starts_on, ends_on)``."""

    role: StaffRole
    department: Department
    site: Site
    starts_on: dt.date
    ends_on: dt.date | None = None


@dataclass(slots=True)
class SamplePerson:
    """Somebody of a sample hospital; `person` is there once she is stored."""

    draft: PersonDraft
    place: SamplePlace
    posts: list[Post]
    person: Person | None = None

    @property
    def family(self) -> str:
        return self.posts[0].role.family.code

    def starts(self) -> list[AppointmentStart]:
        assert self.person is not None
        return [
            AppointmentStart(
                person=self.person,
                establishment=self.place.establishment,
                role=post.role,
                starts_on=post.starts_on,
                department=post.department,
                site=post.site,
                ends_on=post.ends_on,
            )
            for post in self.posts
        ]


def uuid_drawn(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def place_departments(
    establishment: Establishment, hospital: SampleHospital
) -> dict[str, list[Department]]:
    """The departments of a hospital by kind."""
    return {
        kind: [department_create(establishment=establishment, name=name) for name in names]
        for kind, names in hospital.departments.items()
    }


def people_drawn(place: SamplePlace, today: dt.date) -> list[SamplePerson]:
    """The people of one place; nothing is stored yet."""
    rng = random.Random(f"people {place.hospital.name}")  # noqa: S311 - invented data
    roles = list(StaffRole.objects.filter(code__in=ROLE_WEIGHTS).select_related("family"))
    return [_person_drawn(rng, place, roles, today) for _ in range(place.hospital.people)]


def _person_drawn(
    rng: random.Random, place: SamplePlace, roles: list[StaffRole], today: dt.date
) -> SamplePerson:
    first_name, last_name = name_drawn(rng)
    draft = PersonDraft(first_name=first_name, last_name=last_name, uid=uuid_drawn(rng))
    role = rng.choices(roles, [ROLE_WEIGHTS[one.code] for one in roles])[0]
    recent = rng.random() < JOINED_LATELY
    days_there = rng.randint(10, HISTORY_DAYS if recent else 3000)
    post = _post(rng, place, role, today - dt.timedelta(days_there))
    return SamplePerson(draft, place, _career(rng, place, post, roles, today))


def _career(
    rng: random.Random, place: SamplePlace, post: Post, roles: list[StaffRole], today: dt.date
) -> list[Post]:
    """Most people stay; some leave, some change role, some work in two departments."""
    days_there = (today - post.starts_on).days
    if days_there > 60 and rng.random() < LEAVERS:
        left_on = today - dt.timedelta(rng.randint(1, min(300, days_there - 30)))
        return [replace(post, ends_on=left_on)]
    if days_there > 400 and rng.random() < MOVED:
        moved_on = today - dt.timedelta(rng.randint(30, 300))
        return [
            replace(post, ends_on=moved_on),
            _post(rng, place, rng.choice(roles), moved_on),
        ]
    second = _post(rng, place, post.role, post.starts_on)
    if rng.random() < SECOND_APPOINTMENT and second.department != post.department:
        return [post, second]
    return [post]


def _post(rng: random.Random, place: SamplePlace, role: StaffRole, starts_on: dt.date) -> Post:
    kind = FAMILY_DEPARTMENTS[role.family.code]
    return Post(role, rng.choice(place.departments[kind]), rng.choice(place.sites), starts_on)


def hr_numbers_drawn(people: list[SamplePerson]) -> list[Number]:
    """The number of each in the HR software of her hospital, so that a staff list finds her."""
    return [
        Number(one.person.pk, IdentifierKind.HR, str(FIRST_HR_NUMBER + at))
        for at, one in enumerate(people)
        if one.person is not None
    ]


def headcounts_drawn(
    place: SamplePlace, people: list[SamplePerson], today: dt.date
) -> list[HeadcountDeclaration]:
    """What HR declares where it does: more than the roster knows."""
    if not place.hospital.undeclared:
        return []
    known = Counter(one.posts[-1].role for one in people if one.posts[-1].ends_on is None)
    return [
        HeadcountDeclaration(
            establishment=place.establishment,
            role=role,
            as_of=today - dt.timedelta(HISTORY_DAYS),
            people=count + round(count * place.hospital.undeclared + 0.4),
        )
        for role, count in sorted(known.items(), key=lambda item: item[0].code)
    ]
