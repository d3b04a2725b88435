"""Do pages stay answering while hospitals' kits are made in the background?

Hospitals ask for the starter's launch kit in their own name, all at once: forty-odd files each, of
which thirty are drawn. gunicorn and the worker run in processes of their own with production's
settings, as on one machine. One visitor after another opens the resources and a module; the unit is
what that takes before the worker starts and after it has ended, in the same run. Also told: kits a
minute and the most memory that the worker held.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from bench.harness import Ratio, size
from tests.support.files import private_files
from tests.support.servers import PRODUCTION, ROOT, Server, url_of_test_database

KIT = "kit-de-lancement"
PAUSE = 0.02  # seconds between two visitors: a busy site, not a flooded one
IDLE_ROUNDS = size(40, 150)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
    '<rect width="{width}" height="40" rx="6" fill="#0a5c36"/></svg>'
)

Times = dict[str, list[float]]


class Served(Server):
    """With production's settings, and files of its own."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "DJANGO_SETTINGS_MODULE": "bench.served"}


class Worker:
    """The background worker beside a server; it ends when nothing is left to do."""

    def __init__(self, server: Server) -> None:
        command = [sys.executable, "manage.py", "db_worker", "--batch", "--no-startup-delay"]
        with server.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=server.environment, stdout=log, stderr=log
            )
        self.megabytes = 0.0

    def has_ended(self) -> bool:
        """Keeps the most memory that it held. Raises RuntimeError if it failed."""
        pid, status, usage = os.wait4(self.process.pid, os.WNOHANG)
        if not pid:
            return False
        if status:
            raise RuntimeError(f"the worker ended with {status}")
        self.megabytes = usage.ru_maxrss / 1024
        return True


def ratios() -> Iterator[Ratio]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own = {"MEDIA_ROOT": folder / "media", "WAGTAILADMIN_BASE_URL": PRODUCTION["BASE_URL"]}
        with private_files(folder / "private"), override_settings(**own):
            pages = _site()
            asked = _all_ask(size(6, 100))
        print(f"  {asked * 1000:.0f} ms to ask for one", flush=True)
        url = url_of_test_database()
        connection.close()
        with Served(folder, database_url=url, in_production=True) as server:
            yield from _measured(server, pages)


def _measured(server: Server, pages: dict[str, str]) -> Iterator[Ratio]:
    _visits(server, pages, rounds=5)  # loads the site
    idle = _visits(server, pages, rounds=IDLE_ROUNDS)
    worker, start = Worker(server), time.monotonic()
    busy = _visits(server, pages, until=worker.has_ended)
    minutes = (time.monotonic() - start) / 60
    after = _visits(server, pages, rounds=IDLE_ROUNDS)
    kits = _kits_ready()
    print(f"  {kits} kits, {kits / minutes:.0f} a minute; worker {worker.megabytes:.0f} MB at most")
    for page in pages:
        yield from _compared(page, idle[page] + after[page], busy[page])


def _compared(page: str, idle: list[float], busy: list[float]) -> Iterator[Ratio]:
    for name, figure in (("median", statistics.median), ("p95", _p95)):
        before, during = figure(idle), figure(busy)
        print(f"  {page}, {name}: {before * 1000:.1f} ms idle, {during * 1000:.1f} ms busy")
        yield Ratio(
            f"{connection.vendor}: {page} while kits are made, {name}", during / before, None
        )


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _visits(
    server: Server,
    pages: dict[str, str],
    *,
    rounds: int = 0,
    until: Callable[[], bool] = lambda: True,
) -> Times:
    """Seconds of each answer, page by page, for `rounds` and on until something has ended."""
    times: Times = defaultdict(list)
    while True:
        if rounds <= 0 and until():
            return times
        rounds -= 1
        for page, path in pages.items():
            start = time.perf_counter()
            line = HTTPConnection("127.0.0.1", server.port, timeout=60)
            line.request("GET", path)
            answer = line.getresponse()
            answer.read()
            line.close()
            times[page].append(time.perf_counter() - start)
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            time.sleep(PAUSE)


def _site() -> dict[str, str]:
    """The starter's site; two of its pages by name."""
    from campaign_assets.models import ResourcesIndexPage
    from courses.models import ModulePage

    call_command("load_starter_content", stdout=None, verbosity=0)
    return {
        "resources": ResourcesIndexPage.objects.live().get().url,
        "module": ModulePage.objects.live().order_by("path")[0].url,
    }


def _all_ask(count: int) -> float:
    """Each hospital's officer asks; seconds of one request, the middle of all."""
    from campaign_assets.kits.services import kit_house_request
    from campaign_assets.models import KitPage
    from users.models import User

    kit = KitPage.objects.get(slug=KIT)
    officer = User.objects.create_user("communication@hopital.test")
    houses = [_house(number, officer) for number in range(count)]
    times = []
    with override_settings(TASKS=TASKS):
        for house in houses:
            start = time.perf_counter()
            kit_house_request(kit=kit, establishment=house, actor=officer, now=timezone.now())
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def _house(number: int, officer: Any) -> Any:
    from campaign_assets.branding.logos import logo_read
    from campaign_assets.branding.services import BrandDraft, brand_save
    from organisation.models import Establishment
    from organisation.services import Contacts

    house = Establishment.objects.create(name=f"Centre hospitalier n° {number}")
    draft = BrandDraft(
        name=house.name,
        intranet="",
        accent="#0a5c36",
        contacts=Contacts(hotline="01 00 00 00 00"),
        logo=logo_read(BytesIO(LOGO.format(width=20 + number % 40).encode())),
    )
    brand_save(establishment=house, draft=draft, seen=0, actor=officer, now=timezone.now())
    return house


def _kits_ready() -> int:
    from campaign_assets.models import KitArchive
    from documents.enums import WorkState

    states = KitArchive.objects.values_list("state", flat=True)
    if set(states) != {WorkState.READY}:
        raise RuntimeError(f"not all are ready: {sorted(states)}")
    return len(states)
