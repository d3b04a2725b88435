"""Reading the organisation. Every function here makes one query, whatever the size of the place.

Intervals are half-open: what ends at a day no longer holds on it. What is in an establishment that
is closed at the day counts nowhere.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from organisation.enums import GrantRight, ScopeKind
from organisation.models import (
    AccessCode,
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    Person,
    PersonAlias,
)
from organisation.models.people import AppointmentQuerySet
from organisation.models.places import EstablishmentQuerySet
from organisation.scopes import Scope
from organisation.search import establishment_named, words_filter
from users.models import User


def person_of_user(*, user: User) -> Person | None:
    """The person of an account, if there is one; `services.person_for_user` makes one."""
    # Read with the account already, mostly: see `organisation.backends`.
    return getattr(user, "person", None)


def person_known_as(*, uid: uuid.UUID) -> Person | None:
    """The person whom the outside knows by this uid, with her account: her own, or that of a row
    that was merged into hers. Two queries at most."""
    people = Person.objects.select_related("user")
    return people.filter(uid=uid).first() or people.filter(aliases__uid=uid).first()


def people_known_as(*, uids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Uid → primary key, of those of these uids that somebody has or had. Two queries."""
    wanted = set(uids)
    former = PersonAlias.objects.filter(uid__in=wanted).values_list("uid", "person_id")
    return dict(former) | dict(Person.objects.filter(uid__in=wanted).values_list("uid", "pk"))


def uids_of_person(*, person: Person) -> frozenset[uuid.UUID]:
    """All by which the outside knows her."""
    former = PersonAlias.objects.filter(person=person).values_list("uid", flat=True)
    return frozenset({person.uid, *former})


def recipient_of_user(*, user: User) -> uuid.UUID:
    """Whom mails to an account go to: her uid as a person, so that one limit holds for all she
    gets; without a person, one of the account."""
    person = person_of_user(user=user)
    return person.uid if person else recipient_of_account(user=user)


def recipient_of_account(*, user: User) -> uuid.UUID:
    """Whom mails to an account without a person go to."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"account:{user.pk}")


def establishment_of_user(*, user: User, day: dt.date) -> Establishment | None:
    """Where an account's person works at `day`; of two places, the one she came to last."""
    appointment = (
        Appointment.objects.at(day)
        .filter(person__user=user)
        .filter(_open_at(day))
        .select_related("establishment")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return appointment.establishment if appointment else None


def grants_of_user(*, user: User, day: dt.date, right: GrantRight | None = None) -> list[Grant]:
    """The grants that hold at `day`, with their places; all rights unless one is named."""
    grants = Grant.objects.at(day).filter(user=user)
    if right is not None:
        grants = grants.filter(right=right)
    return list(
        grants.select_related("department__establishment", "establishment", "region").order_by("pk")
    )


def establishments_in_scope(*, scope: Scope, day: dt.date) -> EstablishmentQuerySet:
    """The establishments open at `day` in a scope; that of a department for a department."""
    establishments = Establishment.objects.open_at(day)
    if scope.kind == ScopeKind.NATION:
        return establishments
    if scope.kind == ScopeKind.REGION:
        return establishments.filter(region=scope.place_pk)
    if scope.kind == ScopeKind.ESTABLISHMENT:
        return establishments.filter(pk=scope.place_pk)
    return establishments.filter(departments=scope.place_pk)


def establishment_by_finess(*, finess: str) -> Establishment | None:
    """The establishment with this FINESS number, its own or that of one of its sites."""
    own = Establishment.objects.filter(Q(finess_ej=finess) | Q(sites__finess_et=finess))
    return own.distinct().first()


def establishments_found(
    *, scopes: Iterable[Scope], day: dt.date, search: str = ""
) -> EstablishmentQuerySet:
    """The establishments open at `day` in any of these scopes, by name.

    `search` is words that all stand in the name, a FINESS number or a city; those whose name says
    what was searched come first.
    """
    within = Q(pk__in=())
    for scope in scopes:
        within |= Q(pk__in=establishments_in_scope(scope=scope, day=day).values("pk"))
    found = words_filter(Establishment.objects.filter(within), search, establishments=("",))
    is_named = Case(When(establishment_named(search), then=0), default=1)
    return found.order_by(is_named, "name", "pk")


def appointments_in_scope(*, scope: Scope, day: dt.date) -> AppointmentQuerySet:
    """The appointments that hold at `day` in a scope. A person may have several of them."""
    appointments = Appointment.objects.at(day).filter(_open_at(day))
    if scope.kind == ScopeKind.NATION:
        return appointments
    if scope.kind == ScopeKind.REGION:
        return appointments.filter(establishment__region=scope.place_pk)
    if scope.kind == ScopeKind.ESTABLISHMENT:
        return appointments.filter(establishment=scope.place_pk)
    return appointments.filter(department=scope.place_pk)


def people_in_scope(*, scope: Scope, day: dt.date, search: str = "") -> QuerySet[Person]:
    """The people with an appointment in a scope at `day`, by name; each once.

    `search` is words that all stand in a name or in the name of a department.
    """
    appointments = appointments_in_scope(scope=scope, day=day)
    people = Person.objects.all()
    for word in search.split():
        there = appointments.filter(department__name__icontains=word).values("person")
        people = people.filter(
            Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(pk__in=there)
        )
    return people.filter(pk__in=appointments.values("person"))


def work_in_scope(*, scope: Scope, day: dt.date, people: Iterable[Person]) -> dict[int, str]:
    """What tells two people of the same name apart, by primary key: «Infirmier, Cardiologie».

    The department is said where the scope has several. One query.
    """
    rows = (
        appointments_in_scope(scope=scope, day=day)
        .filter(person__in=list(people))
        .order_by("role__name")
        .values_list("person_id", "role__name", "department__name")
    )
    found: dict[int, list[str]] = {}
    for person_id, role, department in rows:
        is_told = department and scope.kind != ScopeKind.DEPARTMENT
        shown = f"{role}, {department}" if is_told else role
        if shown not in found.setdefault(person_id, []):
            found[person_id].append(shown)
    return {person_id: " ; ".join(words) for person_id, words in found.items()}


def places_of(*, scopes: Iterable[Scope]) -> list[Department | Establishment]:
    """The establishments and departments of these scopes, by name; two queries."""
    pks: dict[ScopeKind, list[int]] = {kind: [] for kind in ScopeKind}
    for scope in scopes:
        if scope.pk is not None:
            pks[scope.kind].append(scope.pk)
    establishments = Establishment.objects.filter(pk__in=pks[ScopeKind.ESTABLISHMENT])
    departments = Department.objects.filter(pk__in=pks[ScopeKind.DEPARTMENT])
    return [
        *establishments.order_by("name", "pk"),
        *departments.select_related("establishment").order_by("name", "pk"),
    ]


def access_codes_open(*, scope: Scope, day: dt.date, now: dt.datetime) -> list[AccessCode]:
    """The codes that people of a scope could still use at `now`, the newest first."""
    here = appointments_in_scope(scope=scope, day=day).values("person")
    codes = AccessCode.objects.usable(now).filter(person__in=here)
    return list(codes.select_related("person")[:100])


def headcounts_at(
    *, establishments: Iterable[Establishment] | Iterable[int], day: dt.date
) -> dict[tuple[int, int], int]:
    """What is declared at `day`: {(establishment, role): people}, by primary keys.

    It is the latest declaration at or before the day; a cell that was never declared is missing.
    `establishments` may be a queryset, which then stays one query.
    """
    latest = (
        Headcount.objects.filter(
            establishment=OuterRef("establishment"), role=OuterRef("role"), as_of__lte=day
        )
        .order_by("-as_of")
        .values("as_of")[:1]
    )
    rows = Headcount.objects.filter(
        establishment__in=establishments, as_of=Subquery(latest)
    ).values_list("establishment", "role", "people")
    return {(establishment, role): people for establishment, role, people in rows}


def silent_establishments(*, scope: Scope, day: dt.date) -> EstablishmentQuerySet:
    """Those in a scope of which nothing is known at `day`: no appointment, no headcount."""
    appointments = Appointment.objects.at(day).filter(establishment=OuterRef("pk"))
    headcounts = Headcount.objects.filter(establishment=OuterRef("pk"), as_of__lte=day)
    return establishments_in_scope(scope=scope, day=day).filter(
        ~Exists(appointments), ~Exists(headcounts)
    )


def establishments_known(*, establishments: Iterable[int], day: dt.date) -> EstablishmentQuerySet:
    """Those of these that are not silent at `day`: an appointment, or a headcount."""
    appointments = Appointment.objects.at(day).filter(establishment=OuterRef("pk"))
    headcounts = Headcount.objects.filter(establishment=OuterRef("pk"), as_of__lte=day)
    return Establishment.objects.filter(pk__in=list(establishments)).filter(
        Exists(appointments) | Exists(headcounts)
    )


def _open_at(day: dt.date) -> Q:
    return Q(establishment__closed_on=None) | Q(establishment__closed_on__gt=day)
