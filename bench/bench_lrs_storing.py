"""What it costs to store statements over HTTP: one, and each of fifty.

The unit is an empty view that receives the same request. Each request is measured right after one
of the unit, so that both find the processor's caches as the other left them.
"""

from __future__ import annotations

import base64
import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench.harness import Ratio, Site, paired, size
from bench.urls import UNIT_POST
from lrs.identifiers import account_agent, activity_iri
from lrs.xapi.vocabulary import verbs
from organisation.models import Person
from training.models import Trainable

BATCH = 50
VERSION = "1.0.3"
PADDING = "Une phrase qui amène la trace à un kilo-octet environ. " * 7


def credential() -> str:
    """The Authorization header of a new credential."""
    out = StringIO()
    call_command("create_lrs_credential", "bench", scope="all", trusted=True, stdout=out)
    made = json.loads(out.getvalue())
    pair = f"{made['key']}:{made['secret']}".encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def statement(number: int, **changes: Any) -> dict[str, Any]:
    """A statement of about 1 kB."""
    home = "https://autre.example"
    return {
        "id": str(uuid.uuid4()),
        "actor": {"account": {"homePage": home, "name": str(uuid.UUID(int=number % 500))}},
        "verb": {"id": verbs.PROGRESSED, "display": {"fr": "a progressé dans"}},
        "object": {
            "id": f"{home}/activities/{number % 20}",
            "definition": {"name": {"fr": "Une activité"}, "description": {"fr": PADDING}},
        },
        "result": {"duration": "PT30S"},
        "context": {
            "registration": str(uuid.UUID(int=number // 20)),
            "contextActivities": {"parent": [{"id": f"{home}/courses/1"}]},
        },
        "timestamp": "2026-01-01T10:00:00Z",
        **changes,
    }


def completion(number: int) -> dict[str, Any]:
    """A statement that makes a completion."""
    person = Person.objects.create(uid=uuid.uuid4())
    trainable, _is_new = Trainable.objects.get_or_create(uid=uuid.UUID(int=1), title="Bench")
    return statement(
        number,
        actor=account_agent(person.uid),
        verb={"id": verbs.COMPLETED},
        object={"id": activity_iri("module", trainable.uid)},
        result={"completion": True, "success": True},
    )


def ratios() -> Iterator[Ratio]:
    on = connection.vendor
    limits = {"one": 4, "completion": 4, "each of a batch": 0.3} if on == "postgresql" else {}
    rounds = size(200, 600)
    numbers = itertools.count()
    one = _posts(rounds, lambda: statement(next(numbers)))
    yield paired(f"{on}: one statement", *one, limit=limits.get("one"))
    made = _posts(rounds, lambda: completion(next(numbers)))
    yield paired(f"{on}: one completion", *made, limit=limits.get("completion"))
    many = _posts(rounds // 4, lambda: [statement(next(numbers)) for _turn in range(BATCH)])
    yield paired(
        f"{on}: each of a batch of {BATCH}",
        *many,
        limit=limits.get("each of a batch"),
        divisor=BATCH,
    )


def _posts(rounds: int, body: Callable[[], Any]) -> tuple[list[Any], list[Any]]:
    """Requests for the store, and as many alike for the empty view; made beforehand."""
    site, authorization = Site(), credential()
    bodies = [json.dumps(body()) for _turn in range(rounds)]
    headers = {"authorization": authorization, "x_experience_api_version": VERSION}
    work = [site.post_later("/xapi/statements", text, **headers) for text in bodies]
    unit = [site.post_later(UNIT_POST, text, **headers) for text in bodies]
    return work, unit
