"""Never twice: several workers and composers at once, on real connections."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from notifications.models import Delivery, Run
from notifications.registry import Kind, Step, kind_register
from notifications.services import deliveries_send, run_compose, run_start, sending
from tests.support.databases import ROOT
from tests.support.mailserver import TAKE_AND_WAIT, MailServer
from tests.support.servers import TEST, url_of_test_database
from training.reminders.composing import LATE

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


WORKER = """
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
from notifications.services import deliveries_send
deliveries_send()
"""


def test_a_worker_killed_while_the_server_takes_a_mail_sends_none_twice(
    server: MailServer,
) -> None:
    """SIGKILL to a process of its own; what it was at stays uncertain, the rest goes on."""
    addresses = [f"a{i}@hopital.test" for i in range(6)]
    deliveries = queued(*addresses, category=LATE)  # of a room that the worker knows, too
    server.answers[addresses[2]] = [TAKE_AND_WAIT]
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER.format(port=server.port)],
        cwd=ROOT,
        env={**os.environ, **TEST, "DATABASE_URL": url_of_test_database()},
    )
    try:
        assert server.waiting.wait(60)
    finally:
        worker.kill()
        worker.wait()
        server.go_on.set()
    assert deliveries_send() is not None  # the claim has to be looked at again
    claimed = Delivery.objects.filter(pk=deliveries[2].pk)
    assert claimed.get().state == "sending"
    claimed.update(claimed_at=timezone.now() - sending.CLAIM * 2)
    assert deliveries_send() is None
    assert claimed.get().state == "uncertain"
    assert sorted(server.recipients) == addresses
    others = Delivery.objects.exclude(pk=deliveries[2].pk)
    assert set(others.values_list("state", "attempts")) == {("sent", 1)}


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
