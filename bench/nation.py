"""A nation of hospitals, made inside PostgreSQL: a million people in a minute or two.

Houses are as unequal as real ones: some of ten people, one of ten thousand. A few people in a
hundred work in two places. Completions are spread over two years, so that some have expired.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from bench.harness import size

HOUSES = size(120, 3_036)
PEOPLE = size(40_000, 1_200_000)
COMPLETIONS = size(230_000, 7_000_000)
LARGEST = size(2_000, 10_000)
"""People of the first house."""
ROLES, MODULES, MONTHS = 12, 10, 24
FAMILIES = ("ch", "clinique", "ehpad", "ssr", "psy", "chu")
BEGAN = dt.timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Nation:
    """Primary keys: the largest house, its region, the months' ends, oldest first."""

    house: int
    region: int
    month_ends: list[dt.date]


def fill() -> Nation:
    """Add the nation, then let the planner look at it."""
    from organisation.enums import ScopeKind
    from organisation.models import Establishment, Region, RoleFamily, StaffRole
    from training.models import Requirement, Trainable

    today = timezone.localdate()
    regions = list(Region.objects.order_by("pk").values_list("pk", flat=True))
    Establishment.objects.bulk_create(
        Establishment(
            name=f"Hôpital {number}",
            finess_ej=f"{980_000_000 + number}",
            region_id=regions[number % len(regions)],
            family=FAMILIES[number % len(FAMILIES)],
        )
        for number in range(HOUSES)
    )
    houses = Establishment.objects.filter(finess_ej__startswith="98").order_by("pk")
    families = list(RoleFamily.objects.order_by("position"))
    roles = list(StaffRole.objects.order_by("family__position", "position"))
    roles = roles[:: max(1, len(roles) // ROLES)][:ROLES]  # of as many families as they go
    for number in range(MODULES):
        requirement = Requirement.objects.create(
            trainable=Trainable.objects.create(title=f"Module {number}"),
            scope=ScopeKind.NATION,
            due_days=90,
            validity_months=12 if number % 2 else 24,
            starts_on=today - BEGAN,
        )
        if number >= MODULES // 2:  # half of them are for some families only
            requirement.role_families.set(families[number % 3 :: 3])
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")
        for statement in _STATEMENTS:
            cursor.execute(
                statement,
                {
                    "houses": [one.pk for one in houses],
                    "roles": [one.pk for one in roles],
                    "modules": list(Trainable.objects.order_by("pk").values_list("pk", flat=True)),
                    "people": PEOPLE,
                    "largest": LARGEST,
                    "completions": COMPLETIONS,
                    "today": today,
                },
            )
        cursor.execute("CHECKPOINT")
        for table in ("person", "appointment", "headcount", "establishment"):
            cursor.execute(f"VACUUM ANALYZE organisation_{table}")
        cursor.execute("VACUUM ANALYZE training_completion")
    ends = [today.replace(day=1) - dt.timedelta(days=1)]
    while len(ends) < MONTHS:
        ends.append(ends[-1].replace(day=1) - dt.timedelta(days=1))
    first = houses[0]
    assert first.region_id is not None
    return Nation(first.pk, first.region_id, ends[::-1])


def copy_month(nation: Nation) -> None:
    """What is read costs the same whatever it says; only one month is truly frozen."""
    from reporting.models import CoverageMonth, CoverageSnapshot, RollEntry

    last = CoverageMonth.objects.get(ends_on=nation.month_ends[-1])
    for day in nation.month_ends[:-1]:
        month = CoverageMonth.objects.create(ends_on=day, computed_at=last.computed_at)
        for model in (CoverageSnapshot, RollEntry):
            columns = [
                field.column for field in model._meta.concrete_fields if not field.primary_key
            ]
            shown = ["%s" if one == "month_id" else one for one in columns]
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} ({', '.join(columns)})"
                    f" SELECT {', '.join(shown)} FROM {model._meta.db_table} WHERE month_id = %s",
                    [month.pk, last.pk],
                )


# Named parameters; `%%` is a percent sign.
_STATEMENTS = [
    """
    INSERT INTO organisation_person (uid, first_name, last_name, email)
    SELECT gen_random_uuid(), 'Agent', 'N' || n, 'n' || n || '@hopital.example'
    FROM generate_series(1, %(people)s) n
    """,
    # The first people work in the first house; the others by a square, so that houses differ.
    """
    INSERT INTO organisation_appointment (person_id, establishment_id, role_id, starts_on)
    SELECT id, (%(houses)s::bigint[])[
               CASE WHEN n <= %(largest)s THEN 1
               ELSE 2 + floor(
                   power(random(), 1.6) * (array_length(%(houses)s::bigint[], 1) - 1)
               )::int END],
           (%(roles)s::bigint[])[
               1 + floor(power(random(), 1.3) * array_length(%(roles)s::bigint[], 1))::int
           ],
           %(today)s::date - (random() * 2000)::int
    FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM organisation_person) p
    """,
    # Two in a hundred have a second place.
    """
    INSERT INTO organisation_appointment (person_id, establishment_id, role_id, starts_on)
    SELECT id,
           (%(houses)s::bigint[])[
               1 + floor(random() * array_length(%(houses)s::bigint[], 1))::int
           ],
           (%(roles)s::bigint[])[1 + floor(random() * array_length(%(roles)s::bigint[], 1))::int],
           %(today)s::date - (random() * 700)::int
    FROM organisation_person WHERE random() < 0.02
    """,
    """
    INSERT INTO training_completion
        (person_id, trainable_id, completed_at, provenance, statement_id, score_scaled)
    SELECT id,
           (%(modules)s::bigint[])[
               1 + floor(random() * array_length(%(modules)s::bigint[], 1))::int
           ],
           %(today)s::timestamptz - random() * interval '730 days',
           CASE WHEN random() < 0.1 THEN 'team' ELSE 'observed' END, gen_random_uuid(), 0.9
    FROM organisation_person, generate_series(0, %(completions)s / %(people)s) n
    -- As many for everybody, and one more for as many people as it takes, here and there.
    WHERE n > 0 OR id * 7919 %% %(people)s < %(completions)s %% %(people)s
    """,
    """
    INSERT INTO organisation_headcount (establishment_id, role_id, people, as_of)
    SELECT establishment_id, role_id, (count(*) * (0.9 + random() * 0.4))::int,
           %(today)s::date - 700
    FROM organisation_appointment GROUP BY establishment_id, role_id
    HAVING random() < 0.8
    """,
]
