"""What it costs to store statements over HTTP: one, and a batch of fifty."""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.management import call_command

from bench.harness import Ratio, Site, ratio, size

BATCH = 50
VERSION = "1.0.3"


def credential() -> str:
    """The Authorization header of a new credential."""
    out = StringIO()
    call_command("create_lrs_credential", "bench", scope="all", stdout=out)
    made = json.loads(out.getvalue())
    pair = f"{made['key']}:{made['secret']}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def statement(number: int) -> dict[str, Any]:
    home = "https://autre.example"
    return {
        "actor": {"account": {"homePage": home, "name": str(uuid.UUID(int=number % 500))}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced"},
        "object": {
            "id": f"{home}/activities/{number % 20}",
            "definition": {"name": {"fr": "Une activité"}},
        },
        "result": {"duration": "PT30S"},
        "timestamp": "2026-01-01T10:00:00Z",
    }


def ratios() -> Iterator[Ratio]:
    site, authorization = Site(), credential()

    def post(body: Any) -> None:
        site.post(
            "/xapi/statements",
            json.dumps(body),
            authorization=authorization,
            x_experience_api_version=VERSION,
        )

    numbers = iter(range(10**9))
    yield ratio(
        "statement_post", lambda: post(statement(next(numbers))), limit=20, rounds=size(60, 300)
    )
    yield ratio(
        f"statement_post_batch_{BATCH}",
        lambda: post([statement(next(numbers)) for _turn in range(BATCH)]),
        limit=80,
        rounds=size(20, 100),
    )
