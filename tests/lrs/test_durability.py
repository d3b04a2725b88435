"""The server is killed with SIGKILL while several systems send: nothing is lost, nothing twice.

It runs as in production, in a process of its own, with production's settings (on SQLite: WAL with
synchronous=FULL). KILLS says how often; 10 on each engine in `.ci/run`, fewer where people wait for
the tests.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from django.db import connection

from lrs.identifiers import activity_iri
from lrs.services import credential_create, forward_create
from lrs.xapi.equality import equivalent
from tests.lrs.factories import headers
from tests.lrs.integrity import Payloads, check_projections, check_record, completions
from tests.lrs.sending import Sending, Workload, send
from tests.organisation.factories import PersonFactory
from tests.support.servers import Server, url_of_test_database
from training.models import Trainable
from training.projectors import MODULE

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

logger = logging.getLogger(__name__)

KILLS = int(os.environ.get("KILLS") or 4)
CLIENTS = 4


@pytest.fixture
def workload() -> Workload:
    people = [PersonFactory().uid for _one in range(6)]
    modules = [Trainable.objects.create(title=f"Module {n}").uid for n in range(3)]
    seed = random.SystemRandom().randrange(10**6)
    return Workload(seed, [(one, activity_iri(MODULE, two)) for one in people for two in modules])


@pytest.fixture
def server(tmp_path: Path, workload: Workload) -> Iterator[Server]:
    forward_create(
        name="Ailleurs", endpoint="http://127.0.0.1:9/", key="k", secret="s", version="2.0.0"
    )
    made = Server(
        tmp_path, database_url=url_of_test_database(), in_production=True, threads=CLIENTS
    )
    yield made
    made.stop()


class Sender:
    """A system that sends until the line is cut. It sends half of what was not answered again."""

    def __init__(self, number: int, workload: Workload, key: str, secret: str) -> None:
        self.chance = random.Random(f"{workload.seed} {number}")
        self.workload = workload
        self.headers = headers(key, secret)
        self.sendings: list[Sending] = []
        self.unanswered: list[Sending] = []
        self.given_up: list[Sending] = []
        self.refused: list[int] = []
        self.cut = 0

    def run(self, endpoint: str, begun: threading.Event) -> None:
        with httpx.Client(base_url=endpoint, headers=self.headers, timeout=30) as client:
            while True:
                sending = self.unanswered.pop() if self.unanswered else self._new()
                try:
                    status = send(client, sending, by_put=self.chance.random() < 0.3)
                except httpx.TransportError:
                    self.cut += 1
                    again = self.chance.random() < 0.5
                    (self.unanswered if again else self.given_up).append(sending)
                    return
                if sending.is_acknowledged:
                    begun.set()
                else:
                    self.refused.append(status)

    def _new(self) -> Sending:
        self.sendings.append(self.workload.sending(self.chance))
        return self.sendings[-1]


def kill_while_they_send(server: Server, senders: list[Sender], chance: random.Random) -> None:
    """Soon after the first answer, for a server that listens has not loaded the site yet."""
    begun = threading.Event()
    with ThreadPoolExecutor(len(senders)) as pool:
        running = [pool.submit(one.run, server.endpoint, begun) for one in senders]
        begun.wait(60)
        time.sleep(chance.uniform(0.05, 0.8))
        server.kill()
        for one in running:
            one.result()


def sessions_end() -> None:
    """PostgreSQL notices that its client is gone when it next speaks to it."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for _turn in range(100):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.1)
    raise AssertionError("sessions of the killed server are still there")


def check_whole(sendings: list[Sending], payloads: Payloads) -> None:
    """What was acknowledged is there as it was sent; of the rest, all of a request or nothing."""
    stored = {str(one): payload for one, payload in payloads.items()}
    for sending in sendings:
        present = sending.own & stored.keys()
        assert present in (set(), sending.own)
        if sending.is_acknowledged:
            assert stored.keys() >= set(sending.ids)
        for sent in sending.statements:
            if sent["id"] in stored:
                assert equivalent(sent, stored[sent["id"]])
    known = {one for sending in sendings for one in sending.ids}
    assert stored.keys() <= known


def test_killed_server_loses_nothing_and_stores_nothing_twice(
    server: Server, workload: Workload
) -> None:
    logger.info("seed %s", workload.seed)
    key, secret = credential_create(name="Test", scope="all", is_trusted=True)
    senders = [Sender(number, workload, key.key, secret) for number in range(CLIENTS)]
    chance = random.Random(workload.seed)
    connection.close()  # nobody but the server has the database open
    for _kill in range(KILLS):
        server.start()
        kill_while_they_send(server, senders, chance)
    sessions_end()
    assert not [status for sender in senders for status in sender.refused]
    sendings = [sending for sender in senders for sending in sender.sendings]
    acknowledged = [sending for sending in sendings if sending.is_acknowledged]
    check_whole(sendings, check_record())
    assert completions() == check_projections()
    cut = sum(sender.cut for sender in senders)
    logger.info("%s kills, %s requests acknowledged, %s cut", KILLS, len(acknowledged), cut)
    assert len(acknowledged) > KILLS
    assert cut >= KILLS


def test_commits_reach_the_disk_in_production(tmp_path: Path, is_postgresql: bool) -> None:
    """On SQLite: a write-ahead log, synchronous commits, and a wait for the write lock."""
    if is_postgresql:
        pytest.skip("PostgreSQL does so unless it is told otherwise")
    names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
    ask = (
        "from django.db import connection; cursor = connection.cursor();"
        f"print([cursor.execute('PRAGMA ' + name).fetchone()[0] for name in {names}]);"
        "print(connection.transaction_mode, connection.settings_dict['CONN_MAX_AGE'])"
    )
    said = Server(tmp_path, in_production=True).manage("shell", "--no-imports", "-c", ask)
    full = 2
    assert said.splitlines() == [str(["wal", full, 20_000, 1]), "IMMEDIATE 60"]
