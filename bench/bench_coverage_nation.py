"""What figures of a whole nation cost, on PostgreSQL.

The unit of what reads figures is one look-up of an establishment by its key; that of pages an empty
view. Waits for the database count, so all is timed by the clock, both sides in turn.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench.harness import UNITS_A_ROUND, WARM_UP, Ratio, Site, settle, size
from bench.nation import MODULES, Nation, copy_month, fill
from bench.urls import UNIT

ROUNDS = size(30, 60)


def clocked(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_the_database(work: Callable[[], object]) -> float:
    """The part of the time that passes between asking the database and having its rows."""
    spent = 0.0

    def watch(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal spent
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent += time.perf_counter() - start

    with connection.execute_wrapper(watch):
        work()
    return spent


def by(
    name: str,
    work: Callable[[], object],
    unit: Callable[[], object],
    *,
    limit: float | None,
    rounds: int = ROUNDS,
    clock: Callable[[Callable[[], object]], float] = clocked,
) -> Ratio:
    """The median over `rounds` of the time of `work` by that of `unit`, one of each in turn."""
    for _turn in range(WARM_UP):
        work()
        unit()
    settle()
    pairs = [
        (clock(work), statistics.median(clock(unit) for _turn in range(UNITS_A_ROUND)))
        for _turn in range(rounds)
    ]
    works, units = (statistics.median(one) for one in zip(*pairs, strict=True))
    print(f"  {name}: {works * 1e3:.2f} ms, unit {units * 1e3:.3f} ms", flush=True)
    return Ratio(name, statistics.median(a / b for a, b in pairs), limit)


def told(what: str, work: Callable[[], object]) -> object:
    start = time.perf_counter()
    result = work()
    print(f"  {what}: {time.perf_counter() - start:.1f} s", flush=True)
    return result


def ratios() -> Iterator[Ratio]:
    if connection.vendor != "postgresql":
        print("  needs PostgreSQL: make bench-coverage")
        return
    from reporting.ledger.services import house_rebuild
    from reporting.services import snapshots_freeze

    nation = told("a nation is made", fill)
    assert isinstance(nation, Nation)
    today = timezone.localdate()
    told("everybody is counted anew", lambda: _recount(today))
    told("a month is frozen", lambda: snapshots_freeze(month_end=nation.month_ends[-1]))
    told("it is copied into the months before", lambda: copy_month(nation))
    told(
        "the largest house enters the ledger",
        lambda: house_rebuild(establishment=nation.house, day=today),
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    yield from _figures(nation)
    yield from _pages(nation)


def _recount(day: dt.date) -> None:
    from organisation.models import Establishment
    from reporting.selectors.batches import by_batches
    from reporting.selectors.recount import houses_figures

    def counted(batch: Sequence[int]) -> int:
        return len(houses_figures(establishments=batch, day=day))

    by_batches(counted, list(Establishment.objects.order_by("pk").values_list("pk", flat=True)))


def _figures(nation: Nation) -> Iterator[Ratio]:
    from organisation.models import Establishment, Region
    from reporting.models import CoverageMonth
    from reporting.selectors import grid
    from reporting.selectors.coverage import coverage_of_establishment

    house = Establishment.objects.get(pk=nation.house)
    region = Region.objects.get(pk=nation.region)
    month = CoverageMonth.objects.latest("ends_on")
    today = timezone.localdate()
    unit = lambda: Establishment.objects.get(pk=nation.house)  # noqa: E731
    readings: list[tuple[str, Callable[[], object], float]] = [
        ("establishment", lambda: coverage_of_establishment(establishment=house, day=today), 10),
        ("region", lambda: grid.region_row(month=month, region=region), 10),
        (
            "nation_now",
            lambda: (grid.nation_row(month=month), grid.region_rows(month=month)),
            50,
        ),
        ("nation_24_months", grid.series_of_nation, 100),
    ]
    for name, work, limit in readings:
        yield by(f"sql_{name}", work, unit, limit=limit, clock=in_the_database)
        yield by(f"figures_{name}", work, unit, limit=None)


def _pages(nation: Nation) -> Iterator[Ratio]:
    """The largest house: as figures, as JSON, as a page, and everybody by name."""
    from django.urls import reverse

    from organisation.models import Establishment
    from reporting import presenters
    from reporting.api import answers
    from reporting.ledger.editions import edition_renew
    from reporting.selectors.coverage import coverage_of_establishment
    from reporting.views.establishment import people_behind

    house = Establishment.objects.get(pk=nation.house)
    coverage = coverage_of_establishment(establishment=house, day=timezone.localdate())
    site, empty = Site(_officer(house)), Site()
    page = reverse("reporting:establishment", args=[house.uid])
    matrix = reverse("coverage-api:establishment_matrix", args=[house.uid])
    everybody = reverse("reporting:missing_people", args=[house.uid])

    def unit() -> object:
        return empty.get(UNIT)

    def as_table() -> object:
        return presenters.role_table(
            coverage=coverage, caption="", total="", drill=people_behind(house, coverage)
        ).html()

    def as_data() -> object:
        told = answers.matrix(
            place=house, coverage=coverage, by_department=False, family=None, module=None
        )
        return msgspec.json.encode(told)

    def page_anew() -> object:
        edition_renew()
        return site.get(page)

    yield by("table_as_html_by_json", as_table, as_data, limit=3)
    yield by("data_as_json", as_data, unit, limit=3)
    yield by("api", lambda: site.get(matrix), unit, limit=None)
    yield by("page", lambda: site.get(page), unit, limit=25)
    yield by("page_anew", page_anew, unit, limit=None)
    tracemalloc.start()
    site.get(everybody)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    print(f"  everybody by {MODULES} modules: {peak:.0f} MB held at most")
    yield by("everybody_as_csv", lambda: site.get(everybody), unit, limit=1000, rounds=5)
    for name in ("missing", "remind"):  # the list of those missing, and whom reminding them reaches
        page = reverse(f"reporting:{name}", args=[house.uid])
        yield by(f"{name}_page", partial(site.get, page), unit, limit=None, rounds=5)


def _officer(house: object) -> dict[str, str]:
    """A session of somebody who reads this house, and organises its training."""
    from organisation.enums import GrantRight, ScopeKind
    from organisation.models import Grant

    officer = get_user_model().objects.create_user(email="rssi@bench.test", password="x")
    for right in (GrantRight.READ_COVERAGE, GrantRight.MANAGE_TRAINING):
        Grant.objects.create(
            user=officer,
            right=right,
            scope=ScopeKind.ESTABLISHMENT,
            establishment=house,
            starts_on=timezone.localdate(),
        )
    client = Client()
    client.force_login(officer, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
