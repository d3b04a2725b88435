"""How many statements a second 1, 4, 8 and 32 writers store over HTTP, singles and batches.

The server is gunicorn in a process of its own, with production's settings; its throughput with one
writer, in the same run, is the unit. No limit but these: no error, and each statement there once.
"""

from __future__ import annotations

import json
import tempfile
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from django.db import connection

from bench.bench_lrs_storing import VERSION, credential, statement
from bench.harness import Ratio, size
from lrs.models import Statement
from tests.support.servers import Server, url_of_test_database

WRITERS = (1, 4, 8, 32)
BATCHES = {"singles": 1, "batches of 50": 50}
REQUESTS = {1: size(128, 2048), 50: size(32, 256)}
"""Of all writers together, by the size of a batch; divisible by the number of writers."""


def ratios() -> Iterator[Ratio]:
    headers = {
        "Authorization": credential(),
        "Content-Type": "application/json",
        "X-Experience-API-Version": VERSION,
    }
    url = url_of_test_database()
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), workers=2, threads=16, database_url=url, in_production=True)
        with server:
            _stored_a_second(server.port, headers, writers=32, batch=1)  # loads the site
            for name, batch in BATCHES.items():
                rates = {
                    writers: _stored_a_second(server.port, headers, writers=writers, batch=batch)
                    for writers in WRITERS
                }
                for writers, rate in rates.items():
                    print(f"  {name}, {writers} writers: {rate:.0f} statements a second")
                    yield Ratio(
                        f"{connection.vendor}: {name}, {writers} writers : 1",
                        rate / rates[1],
                        None,
                    )


def _stored_a_second(port: int, headers: dict[str, str], *, writers: int, batch: int) -> float:
    """Statements a second. Raises RuntimeError at the first error, or if one is missing."""
    before = Statement.objects.count()
    each = REQUESTS[batch] // writers
    bodies = [
        [json.dumps([_statement(n) for n in range(batch)]) for _turn in range(each)]
        for _writer in range(writers)
    ]

    def write(own: list[str]) -> None:
        line = HTTPConnection("127.0.0.1", port, timeout=60)
        for body in own:
            line.request("POST", "/xapi/statements", body, headers)
            answer = line.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{answer.status} {text!r}")
        line.close()

    start = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, bodies))
    seconds = time.perf_counter() - start
    sent = writers * each * batch
    if Statement.objects.count() != before + sent:
        raise RuntimeError("The number of statements is not what was sent")
    connection.close()
    return sent / seconds


def _statement(number: int) -> dict[str, object]:
    return statement(number, id=str(uuid.uuid4()))
