"""Loading rows for counting: a fixed number of queries, whatever the number of people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from zoneinfo import ZoneInfo

from django.db.models import Max, Q, QuerySet

from organisation.enums import ScopeKind
from organisation.models import Appointment, Establishment, Headcount, RoleFamily, StaffRole
from reporting.counting import (
    AppointmentRow,
    Latest,
    LatestCompletions,
    RequirementRow,
    Rulebook,
)
from reporting.counting.steps import FOREVER, Asked, Rules
from training.enums import Provenance
from training.models import Completion, Requirement
from training.selectors import renewals_by_trainable

# The columns of an `AppointmentRow`, in its order.
APPOINTMENT = (
    "person_id",
    "role_id",
    "role__family_id",
    "establishment_id",
    "establishment__region_id",
    "department_id",
    "starts_on",
)

# Days are those of metropolitan France, whatever the server's or the reader's zone.
PARIS = ZoneInfo("Europe/Paris")


def appointments_at(day: dt.date) -> QuerySet[Appointment]:
    """Those that hold at `day`; what is in an establishment closed by then counts nowhere."""
    is_open = Q(establishment__closed_on=None) | Q(establishment__closed_on__gt=day)
    return Appointment.objects.at(day).filter(is_open).order_by()


def appointment_rows(*, day: dt.date, where: Q) -> list[AppointmentRow]:
    """The appointments that hold at `day` among `where`. One query."""
    return [
        AppointmentRow(*row) for row in appointments_at(day).filter(where).values_list(*APPOINTMENT)
    ]


def rulebook_at(*, day: dt.date) -> Rulebook:
    """Every requirement that holds at `day`, wherever, and every retraining. Two queries."""
    return rulebook_of(requirement_rows(day=day, where=Q()))


def rulebook_of(requirements: Iterable[RequirementRow]) -> Rulebook:
    """These, and every retraining. One query."""
    return Rulebook(requirements, renewals_by_trainable())


def requirement_rows(*, day: dt.date, where: Q) -> list[RequirementRow]:
    """The requirements that hold at `day` among `where`. One query."""
    found = _requirements(Requirement.objects.at(day).filter(where))
    return [row for row, _ends_on in found]


def asked_everywhere(
    *, establishment: Establishment, day: dt.date, family_of_role: Mapping[int, int]
) -> dict[int, set[int]]:
    """Role -> the trainables asked of it in the whole establishment. A requirement of a single
    department is left out: the headcount of the whole house is no denominator for it. One query."""
    wide = Q(scope=ScopeKind.NATION) | Q(establishment=establishment)
    if establishment.region_id is not None:
        wide |= Q(region=establishment.region_id)
    asked = Requirement.objects.at(day).filter(wide).order_by()
    found: dict[int, set[int]] = defaultdict(set)
    for trainable, role, family in asked.values_list("trainable", "roles", "role_families"):
        # A requirement that names nothing reaches all; one of a family, those in it.
        is_for_all = role is None and family is None
        for one, family_of_one in family_of_role.items():
            if is_for_all or one == role or family_of_one == family:
                found[one].add(trainable)
    return found


def rules_ever() -> Rules:
    """Every requirement that ever held, and every retraining. Two queries."""
    found = _requirements(Requirement.objects.all())
    asked = [Asked(row, ends_on or FOREVER) for row, ends_on in found]
    return Rules(asked, renewals_by_trainable())


# Of a requirement: what is its own, and the roles it names, itself or by their family.
_OWN = (
    *("scope", "department_id", "establishment_id", "region_id", "trainable_id"),
    *("due_days", "validity_months", "starts_on", "due_on", "ends_on"),
)
_NAMED = ("roles", "role_families", "role_families__roles")


def _requirements(
    requirements: QuerySet[Requirement],
) -> Iterator[tuple[RequirementRow, dt.date | None]]:
    """Each with the day on which it ends. One query, with a row for each role that is named."""
    found = requirements.order_by("pk").values_list("pk", *_OWN, *_NAMED)
    for own, lines in groupby(found, key=itemgetter(slice(1 + len(_OWN)))):
        _pk, scope, department, establishment, region, trainable, *dates, ends_on = own
        due_days, validity_months, starts_on, due_on = dates
        row = RequirementRow(
            trainable=trainable,
            scope=scope,
            place=department or establishment or region,
            roles=_roles([line[-len(_NAMED) :] for line in lines]),
            due_days=due_days,
            validity_months=validity_months,
            starts_on=starts_on,
            due_on=due_on,
        )
        yield row, ends_on


def _roles(named: list[tuple[int | None, int | None, int | None]]) -> frozenset[int] | None:
    """A family without roles reaches nobody; only a requirement that names nothing reaches all."""
    if named == [(None, None, None)]:
        return None
    return frozenset(
        one for role, _family, of_family in named for one in (role, of_family) if one is not None
    )


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of `day` in Paris."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=PARIS)


def midnight_after(day: dt.date) -> dt.datetime:
    """The first moment in Paris that is not of `day` any more."""
    return midnight(day + dt.timedelta(days=1))


def latest_completions(*, day: dt.date, where: Q) -> LatestCompletions:
    """The latest completions up to the end of `day` in Paris, per person and trainable, of the
    people with an appointment at `day` among `where`: of all, and of those observed. One query."""
    people = appointments_at(day).filter(where).values("person_id")
    latest = (
        Completion.objects.filter(completed_at__lt=midnight_after(day), person_id__in=people)
        .order_by()
        .values_list("person_id", "trainable_id")
        .annotate(
            latest=Max("completed_at"),
            observed=Max("completed_at", filter=Q(provenance=Provenance.OBSERVED)),
        )
    )
    return {
        (person, trainable): Latest(
            completed_at.astimezone(PARIS).date(),
            observed_at and observed_at.astimezone(PARIS).date(),
        )
        for person, trainable, completed_at, observed_at in latest
    }


def headcounts_by_role(*, day: dt.date, where: Q) -> dict[int, dict[int, int]]:
    """establishment -> role -> people declared, the latest at or before `day`. One query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = (
        Headcount.objects.filter(where, as_of__lte=day)
        .order_by("as_of", "pk")
        .values_list("establishment_id", "role_id", "people")
    )
    for establishment, role, people in rows:  # the last one stays
        found[establishment][role] = people
    return found


def staff_roles() -> list[StaffRole]:
    """Every role with its family, in the order of the screens. One query."""
    return list(
        StaffRole.objects.select_related("family").order_by(
            "family__position", "family__name", "position", "name"
        )
    )


def role_families() -> list[RoleFamily]:
    return list(RoleFamily.objects.order_by("position", "name"))
