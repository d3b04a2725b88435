"""Many writers over HTTP, on a server in a process of its own, on either database."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from django.db import connection

from lrs.identifiers import activity_iri
from lrs.models import Statement
from lrs.services import credential_create, forward_create
from tests.lrs.factories import headers
from tests.lrs.integrity import check_projections, check_record
from tests.lrs.sending import Sending, Workload, send
from tests.organisation.factories import PersonFactory
from tests.support.servers import Server, url_of_test_database
from training.models import Trainable
from training.projectors import MODULE

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

REQUESTS = 64
"""Of all writers together, for each number of writers."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(tmp_path, database_url=url_of_test_database(), threads=8) as made:
        yield made


def test_any_number_of_writers_is_served_without_an_error(server: Server) -> None:
    """1, 4, 8 and 32 in turn, with overlapping ids in any order; the count is exact."""
    person, module = PersonFactory(), Trainable.objects.create(title="Module")
    forward_create(
        name="Ailleurs", endpoint="http://127.0.0.1:9/", key="k", secret="s", version="2.0.0"
    )
    key, secret = credential_create(name="Test", scope="all", is_trusted=True)
    subjects = [(person.uid, activity_iri(MODULE, module.uid))]
    connection.close()
    expected: set[str] = set()
    for writers in (1, 4, 8, 32):
        made = Workload(writers, subjects)

        def write(number: int, made: Workload = made, each: int = REQUESTS // writers) -> list[str]:
            chance, sent = random.Random(f"{made.seed} {number}"), list[Sending]()
            with httpx.Client(
                base_url=server.endpoint, headers=headers(key.key, secret), timeout=60
            ) as client:
                for _turn in range(each):
                    sending = made.sending(chance)
                    assert send(client, sending, by_put=chance.random() < 0.3) in (200, 204)
                    sent.append(sending)
            return [one for sending in sent for one in sending.ids]

        with ThreadPoolExecutor(writers) as pool:
            for ids in pool.map(write, range(writers)):
                expected.update(ids)
        assert Statement.objects.count() == len(expected)
        connection.close()
    assert {str(one) for one in check_record()} == expected
    assert check_projections()
