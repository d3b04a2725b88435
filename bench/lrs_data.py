"""A store of many statements, made inside PostgreSQL: a million in a minute or two.

The shape is the country's: each person has twenty statements, whatever the size; verbs and
activities stay few. One statement in a hundred comments on an earlier one.
"""

from __future__ import annotations

import json
import uuid

from django.db import connection

from lrs.identifiers import account_agent
from lrs.keys import Kind, activity_verb_number, agent_key, lookup_number
from lrs.models.statements import WRITERS
from lrs.xapi.vocabulary import verbs

TABLES = ("lrs_statement", "lrs_relation", "lrs_reference", "lrs_referredrelation")
PER_PERSON = 20
ACTIVITIES = [f"https://bench.example/activities/{number}" for number in range(200)]
PARENTS = [f"https://bench.example/courses/{number}" for number in range(20)]
VERBS = [
    verbs.INITIALIZED, verbs.PROGRESSED, verbs.ANSWERED, verbs.COMPLETED, verbs.PASSED,
    verbs.FAILED, verbs.TERMINATED, "https://bench.example/verbs/commented",
]  # fmt: skip
PADDING = "x" * 250  # brings a statement to about 1 kB


def person(number: int) -> dict[str, object]:
    return account_agent(uuid.UUID(int=number))


def fill(start: int, end: int) -> None:
    """Add statements number `start` to `end` (exclusive), then let the planner look at them."""
    with connection.cursor() as cursor:
        _numbers(cursor, "bench_verb", Kind.VERB, VERBS)
        _numbers(cursor, "bench_activity", Kind.ACTIVITY, ACTIVITIES)
        _numbers(cursor, "bench_parent", Kind.ACTIVITY_RELATED, PARENTS)
        pairs = [activity_verb_number(activity, verb) for activity in ACTIVITIES for verb in VERBS]
        _table(cursor, "bench_activity_verb", pairs)
        people = [agent_key(person(number)) for number in range(end // PER_PERSON + 1)]
        _numbers(cursor, "bench_agent", Kind.AGENT, people)
        cursor.execute(_STATEMENTS, [json.dumps(_template()), start, end - 1])
        cursor.execute(_RELATIONS, [WRITERS, start, end - 1])
        cursor.execute(_REFERENCES, [WRITERS, start, end - 1])
        cursor.execute(_REFERRED)
        cursor.execute("CHECKPOINT")  # or its writing would be measured
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")


def _template() -> dict[str, object]:
    return {
        "id": "@id",
        "actor": person(0),
        "verb": {"id": VERBS[0], "display": {"en": "initialized"}},
        "object": {
            "objectType": "Activity",
            "id": ACTIVITIES[0],
            "definition": {"name": {"fr": "Une activité"}, "description": {"fr": PADDING}},
        },
        "context": {
            "registration": str(uuid.UUID(int=0)),
            "contextActivities": {"parent": [{"objectType": "Activity", "id": PARENTS[0]}]},
        },
        "timestamp": "2026-01-01T10:00:00.000000Z",
        "stored": "2026-01-01T10:00:00.000000Z",
        "authority": account_agent("platform"),
        "version": "2.0.0",
    }


def _numbers(cursor: object, table: str, kind: Kind, texts: list[str]) -> None:
    _table(cursor, table, [lookup_number(kind, text) for text in texts])


def _table(cursor: object, table: str, numbers: list[int]) -> None:
    rows = json.dumps(numbers)
    cursor.execute(f"DROP TABLE IF EXISTS {table}")  # type: ignore[attr-defined]
    cursor.execute(  # type: ignore[attr-defined]
        f"CREATE TEMP TABLE {table} AS SELECT (place - 1)::int AS place, number::bigint"
        " FROM json_array_elements_text(%s::json) WITH ORDINALITY AS given(number, place)",
        [rows],
    )
    cursor.execute(f"CREATE UNIQUE INDEX ON {table} (place)")  # type: ignore[attr-defined]
    cursor.execute(f"ANALYZE {table}")  # type: ignore[attr-defined]


# Statement n is stored n seconds after 2020 began. The twenty statements of one person lie among
# those of 499 others, as on the day of a course.
_UID = "lpad(to_hex(n), 32, '0')::uuid"
_SEQUENCE = "n::bigint * 1000000 * %s"
_STATEMENTS = f"""
INSERT INTO lrs_statement (id, statement_id, stored, timestamp, verb_number, registration,
  credential_id, is_trusted, is_voided, version, payload)
SELECT n::bigint * 1000000 * {WRITERS}, {_UID},
  timestamptz '2020-01-01Z' + n * interval '1 second',
  timestamptz '2020-01-01Z' + n * interval '1 second',
  verb.number, lpad(to_hex(n / 10), 32, '0')::uuid, NULL, true, false, '2.0.0',
  replace(template, '@id', {_UID}::text)
FROM (SELECT %s::text AS template) AS template, generate_series(%s, %s) AS n
JOIN bench_verb AS verb ON verb.place = n %% {len(VERBS)}
"""
_RELATIONS = f"""
INSERT INTO lrs_relation (number, statement_id)
SELECT related.number, sequence FROM (
  SELECT n, {_SEQUENCE} AS sequence FROM generate_series(%s, %s) AS n
) AS given, LATERAL (
  SELECT number FROM bench_agent
  WHERE place = (n / (500 * {PER_PERSON})) * 500 + n %% 500
  UNION ALL SELECT number FROM bench_activity WHERE place = (n / 3) %% {len(ACTIVITIES)}
  UNION ALL SELECT number FROM bench_activity_verb
  WHERE place = (n / 3) %% {len(ACTIVITIES)} * {len(VERBS)} + n %% {len(VERBS)}
  UNION ALL SELECT number FROM bench_parent WHERE place = (n / 7) %% {len(PARENTS)}
) AS related
"""
_REFERENCES = f"""
INSERT INTO lrs_reference (source_id, target, is_direct, is_voiding)
SELECT {_SEQUENCE}, lpad(to_hex(n - 50), 32, '0')::uuid, true, false
FROM generate_series(%s, %s) AS n WHERE n %% 100 = 7 AND n > 50
"""
_REFERRED = """
INSERT INTO lrs_referredrelation (number, source_id, target)
SELECT relation.number, reference.source_id, reference.target
FROM lrs_reference AS reference
JOIN lrs_statement AS statement ON statement.statement_id = reference.target
JOIN lrs_relation AS relation ON relation.statement_id = statement.id
UNION ALL
SELECT statement.verb_number, reference.source_id, reference.target
FROM lrs_reference AS reference
JOIN lrs_statement AS statement ON statement.statement_id = reference.target
ON CONFLICT DO NOTHING
"""
