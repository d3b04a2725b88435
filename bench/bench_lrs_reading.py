"""Whether filters stay as fast when the store grows from 20 thousand to a million statements.

The median time of each filter, and of each pair, in times of an empty view that is asked in turn,
on two databases right after each other; then the ratio of the two. Also what a statement takes of
the disk, indexes included.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from django.db import connection

from bench import lrs_data
from bench.bench_lrs_storing import VERSION, credential
from bench.harness import WARM_UP, Ratio, Site
from bench.urls import UNIT
from tests.support.databases import PostgresDatabase, use

SMALL, LARGE = 20_000, 1_000_000
PAGE = 50
ROUNDS = 41

Params = dict[str, str]


def ratios() -> Iterator[Ratio]:
    if connection.vendor != "postgresql":
        print("  only on PostgreSQL, where a million statements are made in a minute")
        return
    site, authorization = Site(), credential()
    database = PostgresDatabase("bench")
    lrs_data.fill(0, SMALL)
    database.keep("small")
    use(database.name)
    lrs_data.fill(SMALL, LARGE)
    try:
        small_queries, large_queries = dict(_queries(SMALL)), dict(_queries(LARGE))
        for name in large_queries:
            use(f"{database.name}_small")
            small = _measured(site, authorization, small_queries[name])
            use(database.name)
            large = _measured(site, authorization, large_queries[name])
            print(f"  {name}: {small:.1f} → {large:.1f} empty views", flush=True)
            yield Ratio(f"p50 at {LARGE} : {SMALL}, {name}", large / small, 1.5)
        yield Ratio("bytes a statement", _bytes_per_statement(), 2000)
    finally:
        use(database.name)
        database.drop_states()


def _measured(site: Site, authorization: str, params: Callable[[], Params]) -> float:
    times = []
    for _turn in range(ROUNDS + WARM_UP):
        path = "/xapi/statements?" + urlencode({"limit": str(PAGE), **params()})
        unit = _seconds(lambda: site.get(UNIT))
        read = _seconds(
            lambda path=path: site.get(
                path, authorization=authorization, x_experience_api_version=VERSION
            )
        )
        times.append((read, unit))
    reads, units = zip(*times[WARM_UP:], strict=True)
    return statistics.median(reads) / statistics.median(units)


def _queries(count: int) -> Iterator[tuple[str, Callable[[], Params]]]:
    chance = random.Random(1)
    epoch = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

    def moment() -> str:
        # within the last nine tenths: before that a page has no fifty statements
        seconds = chance.randrange(count // 10, count)
        return (epoch + dt.timedelta(seconds=seconds)).isoformat()

    filters: dict[str, Callable[[], str]] = {
        "agent": lambda: json.dumps(lrs_data.person(chance.randrange(count // 20))),
        "activity": lambda: chance.choice(lrs_data.ACTIVITIES),
        "verb": lambda: chance.choice(lrs_data.VERBS),
        "registration": lambda: str(uuid.UUID(int=chance.randrange(count // 10))),
        "since": moment,
        "until": moment,
    }
    yield "no filter", dict
    for number in (1, 2):
        for names in itertools.combinations(filters, number):
            yield " and ".join(names), lambda names=names: {name: filters[name]() for name in names}
    yield (
        "related agent",
        lambda: {"agent": filters["agent"](), "related_agents": "true"},
    )
    yield (
        "related activity",
        lambda: {"activity": chance.choice(lrs_data.PARENTS), "related_activities": "true"},
    )


def _bytes_per_statement() -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT avg(length(payload)) FROM (SELECT payload FROM lrs_statement LIMIT 1000) AS one"
        )
        print(f"  a statement's text has {cursor.fetchone()[0]:.0f} characters")
        total = 0
        for table in lrs_data.TABLES:
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
            (octets,) = cursor.fetchone()
            print(f"  {table}: {octets / LARGE:.0f} bytes a statement")
            total += octets
    return total / LARGE


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
