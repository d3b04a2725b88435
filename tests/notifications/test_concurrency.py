"""Never twice: several workers and composers at once, on real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from notifications.models import Delivery, Run
from notifications.registry import Kind, Step, kind_register
from notifications.services import deliveries_send, run_compose, run_start
from tests.support.mailserver import MailServer

from .factories import message, queued

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]

WORKERS = 4


@pytest.fixture(autouse=True)
def needs_a_shared_database(is_postgresql: bool) -> None:
    if not is_postgresql:
        pytest.skip("an SQLite database in memory belongs to one connection")


def in_threads(work: Callable[[int], Any], workers: int = WORKERS) -> list[Any]:
    """What `work` answers in each of several threads that start together."""
    barrier = threading.Barrier(workers)

    def run(index: int) -> Any:
        try:
            barrier.wait()
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, range(workers)))


def test_several_workers_send_each_mail_once(server: MailServer) -> None:
    addresses = [f"a{i}@hopital.test" for i in range(120)]
    queued(*addresses)
    in_threads(lambda index: deliveries_send())
    assert sorted(server.recipients) == sorted(addresses)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


def test_several_composers_of_a_run_queue_each_mail_once(server: MailServer, asleep: None) -> None:
    """Each step is prepared by all and stored by one."""
    steps, size = 8, 5
    barrier = threading.Barrier(WORKERS)

    def compose(run: Run) -> Step:
        number = int(run.cursor or 0)
        if number == 0:
            barrier.wait(10)  # all of them have read the same cursor
        keys = [f"step:{number}:{one}" for one in range(size)]
        last = number + 1 == steps
        mails = [message(f"{key.replace(':', '-')}@hopital.test", key=key) for key in keys]
        return Step(mails, None if last else str(number + 1), {"examined": size})

    kind_register(Kind("test", "Essai", compose))
    runs = in_threads(lambda index: run_compose(run=run_start(kind="test", period="1")))
    assert len({run.pk for run in runs}) == 1
    assert Delivery.objects.count() == steps * size
    assert not Run.objects.filter(state="failed").exists()
    deliveries_send()
    assert len(set(server.recipients)) == len(server.recipients) == steps * size
    run = Run.objects.get()
    assert run.counts == {"examined": steps * size, "queued": steps * size}
    assert run.state == "finished"
