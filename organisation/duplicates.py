"""Rows of people that may be one person's: the same name in a house, or the same address anywhere.

A fixed number of queries, whatever the number of people. Nobody is merged because of it: somebody
looks, and decides. Two of whom somebody said that they are two people (`PeopleApart`) are not
offered again.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.folding import fold
from organisation.models import (
    Appointment,
    Establishment,
    PeopleApart,
    Person,
    PersonIdentifier,
)
from organisation.search import words_filter
from users.days import long_day

SHOWN = 50
"""Groups, or people, on a page. Whoever merges some sees the next."""

SAME_NAME, SAME_ADDRESS = _("Même nom"), _("Même adresse")


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A row of somebody, with what tells her from another of her name."""

    person: Person
    work: list[Appointment] = dataclasses.field(default_factory=list)
    numbers: list[PersonIdentifier] = dataclasses.field(default_factory=list)

    @property
    def work_told(self) -> list[str]:
        """«Infirmier, CH de Fougères, Médecine, depuis le 1 septembre 2026»."""
        return [_told(row) for row in self.work]


@dataclasses.dataclass(frozen=True, slots=True)
class Group:
    """Two or more that may be one, and why somebody should look."""

    why: Promise
    candidates: list[Candidate]


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """The first groups, how many there are, and how many pairs were said to be two people."""

    groups: list[Group]
    total: int
    apart: int


def name_key(last_name: str, first_name: str) -> str:
    """The same for «Le Goff Anne-Marie» and «LE GOFF Anne Marie», whichever field holds what; empty
    without a name."""
    return " ".join(sorted(fold(f"{last_name} {first_name}").split()))


def duplicates_in(*, establishment: Establishment) -> Found:
    """Of those who work in a house or did: the same name there, the same address anywhere. Six
    queries."""
    worked = Appointment.objects.filter(establishment=establishment).values("person")
    there = _people().filter(pk__in=worked)
    rows = list(there.values_list("pk", "last_name", "first_name", "email"))
    by_name: dict[str, list[int]] = defaultdict(list)
    for pk, last, first, _email in rows:
        by_name[name_key(last, first)].append(pk)
    by_name.pop("", None)
    own = there.exclude(email="").values("email")
    return _found(by_name, _by_address(_people().filter(email__in=own)))


def duplicates_by_address() -> Found:
    """The same address, anywhere. Five queries."""
    twice = _people().exclude(email="").order_by().values("email")
    twice = twice.annotate(number=Count("pk")).filter(number__gt=1)
    return _found({}, _by_address(_people().filter(email__in=twice.values("email"))))


def duplicates_of(*, person: Person, search: str = "") -> list[Candidate]:
    """She, and who may be her: of her name in one of her houses, or with her address, and nobody
    said that she is not; or whom somebody searches for. Four queries."""
    others = _people().exclude(pk=person.pk)
    if search:
        found = words_filter(
            others, search, lookups=("last_name", "first_name", "email", "identifiers__value")
        )
        others_found = found.distinct().values_list("pk", flat=True)[:SHOWN]
        return candidates([person.pk, *others_found])
    houses = person.appointments.values("establishment")
    colleagues = Appointment.objects.filter(establishment__in=houses).values("person")
    near = others.filter(Q(pk__in=colleagues) | (Q(email=person.email) & ~Q(email="")))
    key = name_key(person.last_name, person.first_name)
    said = PeopleApart.objects.about(person)
    near = near.exclude(pk__in=said.values("first")).exclude(pk__in=said.values("second"))
    rows = near.values_list("pk", "last_name", "first_name", "email")
    same = [
        pk
        for pk, last, first, email in rows
        if (key and name_key(last, first) == key) or (email and email == person.email)
    ]
    return candidates([person.pk, *same[:SHOWN]])


def people_said_apart(*, first: Person, second: Person) -> PeopleApart | None:
    """That somebody said that they are two people: who, and when. One query."""
    rows = PeopleApart.objects.select_related("decided_by")
    return rows.filter(**PeopleApart.pair(first, second)).first()


def said_apart_from(*, person: Person) -> list[tuple[Person, PeopleApart]]:
    """Those who are not her, though they look like her, the last decided first. One query."""
    rows = PeopleApart.objects.about(person)
    return [
        (row.second if row.first_id == person.pk else row.first, row)
        for row in rows.select_related("first", "second", "decided_by")
    ]


def candidates(pks: Collection[int]) -> list[Candidate]:
    """With where they work and their numbers, in this order. Three queries."""
    people = _people().select_related("user").in_bulk(list(pks))
    found = {pk: Candidate(people[pk]) for pk in pks if pk in people}
    work = Appointment.objects.filter(person__in=found).order_by("-starts_on", "pk")
    for row in work.select_related("establishment", "department", "role"):
        found[row.person_id].work.append(row)
    numbers = PersonIdentifier.objects.filter(person__in=found).order_by("kind", "value")
    for number in numbers.select_related("establishment"):
        found[number.person_id].numbers.append(number)
    return list(found.values())


def _told(row: Appointment) -> str:
    if row.ends_on is None:
        when = gettext("depuis le %(starts)s") % {"starts": long_day(row.starts_on)}
    else:
        when = gettext("du %(starts)s au %(ends)s (exclu)") % {
            "starts": long_day(row.starts_on),
            "ends": long_day(row.ends_on),
        }
    places = [row.role, row.establishment, *([row.department.name] if row.department else [])]
    return ", ".join([*map(str, places), when])


def _people() -> QuerySet[Person]:
    """Whose identity was erased is nobody to be found."""
    return Person.objects.filter(erased_at=None)


def _by_address(people: QuerySet[Person]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pk, email in people.order_by("email", "pk").values_list("pk", "email"):
        found[email].append(pk)
    return found


def _found(by_name: dict[str, list[int]], by_address: dict[str, list[int]]) -> Found:
    """Each group once: the address says more than the name."""
    apart: dict[int, set[int]] = defaultdict(set)
    for first, second in PeopleApart.objects.values_list("first_id", "second_id"):
        apart[first].add(second)
    groups: dict[tuple[int, ...], Promise] = {}
    told: set[tuple[int, int]] = set()
    for why, some in ((SAME_ADDRESS, by_address), (SAME_NAME, by_name)):
        for _key, pks in sorted(some.items()):
            among = _pairs_among(pks, apart)
            told |= among
            if len(open_ones := _to_look_at(pks, among)) > 1:
                groups.setdefault(open_ones, why)
    shown = list(groups.items())[:SHOWN]
    of_groups = candidates({pk for pks, _why in shown for pk in pks})
    known = {row.person.pk: row for row in of_groups}
    found = [Group(why, [known[pk] for pk in pks if pk in known]) for pks, why in shown]
    return Found(found, len(groups), len(told))


def _pairs_among(pks: Collection[int], apart: Mapping[int, set[int]]) -> set[tuple[int, int]]:
    return {(one, other) for one in pks if one in apart for other in apart[one].intersection(pks)}


def _to_look_at(pks: Collection[int], apart: Collection[tuple[int, int]]) -> tuple[int, ...]:
    """Those who may still be one with another of them; first who was told from the fewest, for
    the others are compared with her."""
    known = Counter(pk for pair in apart for pk in pair)
    left = [pk for pk in pks if known[pk] < len(pks) - 1]
    return tuple(sorted(left, key=lambda pk: (known[pk], pk)))
