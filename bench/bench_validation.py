"""What reading and judging a statement costs, in terms of plain `json.loads` of the same text.

The statements are new in every round, of about 1 kB, and share verbs, activities and people as
those of a store do. No database and no request: this is lrs/xapi alone.
"""

from __future__ import annotations

import gc
import json
import statistics
import uuid
from collections.abc import Callable, Iterator
from typing import Any

from bench.harness import WARM_UP, Ratio, seconds, size
from lrs.xapi import jsontext
from lrs.xapi.relations import relations
from lrs.xapi.validation import validate_statement
from lrs.xapi.versions import V2

A_ROUND = 200  # statements: long enough for the processor's clock
HOME = "https://formation.example"


def statement(number: int) -> dict[str, Any]:
    """One completion, about 1 kB."""
    return {
        "id": str(uuid.UUID(int=number, version=4)),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": HOME, "name": str(uuid.UUID(int=number % 500))},
        },
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/completed",
            "display": {"fr": "a terminé", "en": "completed"},
        },
        "object": {
            "objectType": "Activity",
            "id": f"{HOME}/modules/{number % 20}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/module",
                "name": {"fr": "Reconnaître un hameçonnage"},
            },
        },
        "result": {
            "score": {"scaled": 0.86, "raw": 86, "min": 0, "max": 100},
            "completion": True,
            "success": True,
            "duration": f"PT{number % 60}M",
        },
        "context": {
            "registration": str(uuid.UUID(int=number + 2**100, version=4)),
            "platform": "formation.example",
            "language": "fr",
            "contextActivities": {
                "parent": [{"id": f"{HOME}/courses/{number % 7}", "objectType": "Activity"}],
                "category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}],
            },
            "extensions": {"https://w3id.org/xapi/cmi5/context/extensions/sessionid": str(number)},
        },
        "timestamp": f"2026-01-01T10:{number // 60 % 60:02d}:{number % 60:02d}.123Z",
        "version": "1.0.0",
    }


def texts_from(first: int) -> list[str]:
    return [
        json.dumps(statement(number), ensure_ascii=False)
        for number in range(first, first + A_ROUND)
    ]


def paired(name: str, work: Callable[[Any], object], *, parsed: bool, limit: float) -> Ratio:
    """The median over the rounds of the time of `work` divided by that of `json.loads`."""

    def pair(turn: int) -> float:
        texts = texts_from(turn * A_ROUND)
        given: list[Any] = [json.loads(text) for text in texts] if parsed else texts
        unit = seconds(lambda: [json.loads(text) for text in texts])
        units.append(unit / A_ROUND)
        return seconds(lambda: [work(item) for item in given]) / unit

    units: list[float] = []
    for turn in range(WARM_UP):
        pair(turn)
    gc.collect()
    value = statistics.median(pair(turn) for turn in range(WARM_UP, size(30, 300)))
    unit = statistics.median(units) * 1e6
    print(f"  {name}: {value * unit:.1f} µs here, json.loads {unit:.1f} µs", flush=True)
    return Ratio(name, value, limit)


def ratios() -> Iterator[Ratio]:
    def valid(item: Any) -> None:
        assert not validate_statement(item, V2)

    yield paired("validation_to_json_loads", valid, parsed=True, limit=2)
    yield paired("strict_reading_to_json_loads", jsontext.loads, parsed=False, limit=1.6)
    yield paired("writing_to_json_loads", jsontext.dumps, parsed=True, limit=0.6)
    yield paired("relations_to_json_loads", relations, parsed=True, limit=0.6)
