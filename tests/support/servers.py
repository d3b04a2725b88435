"""A server of this project in a process of its own, with a database of its own (SQLite).

Or with the one that the test itself sees: `Server(folder, database_url=url_of_test_database())`.

    server = Server(folder)
    server.start()
    server.kill()     # SIGKILL: what a power cut leaves
    server.start()    # the same port and the same database
    server.stop()

It is gunicorn, as in production. The database is a copy of the migrated template, so that a start
costs no migration.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from tests.support.databases import FOLDER, ROOT, one_at_a_time, template_key

READY_WITHIN = 60.0
"""Seconds; a machine that runs other tests beside this one is slow."""


TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "of-a-server-under-test-only",
    "ALLOWED_HOSTS": "127.0.0.1",
    "BASE_URL": "http://127.0.0.1",
    "XAPI_BASE_IRI": "https://tous-cyber-vigilant.example",
    "SECURE_SSL_REDIRECT": "false",  # there is no proxy before it
}


def url_of_test_database() -> str:
    """The database of the running test, for a server in another process."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    host = settings["HOST"]
    if host.startswith("/"):  # a socket: as scripts/with-postgres.sh writes it
        return f"postgres://{user}@/{host}/{settings['NAME']}"
    return f"postgres://{user}:{password}@{host}:{settings['PORT'] or 5432}/{settings['NAME']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until something listens. Fails with the log if the process ends or takes too long."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"No server on port {port}:\n{log.read_text()[-3000:]}")


class Server:
    """`folder` holds its log, and its database unless `database_url` names another.

    `port` is a free one unless given. `in_production`: with the settings of production instead of
    the tests', which also means that each commit reaches the disk.
    """

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        threads: int = 4,
        workers: int = 1,
        database_url: str = "",
        in_production: bool = False,
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.threads = threads
        self.workers = workers
        self.in_production = in_production
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.database_url = database_url or f"sqlite:///{_own_database(folder)}"

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/xapi/"

    @property
    def command(self) -> list[str]:
        options = {"bind": f"127.0.0.1:{self.port}", "threads": self.threads}
        arguments = [f"--{name}={value}" for name, value in options.items()]
        arguments += [f"--workers={self.workers}", "--no-control-socket"]
        return [sys.executable, "-m", "gunicorn", "config.wsgi", *arguments]

    @property
    def environment(self) -> dict[str, str]:
        settings = PRODUCTION if self.in_production else TEST
        own = {"DATABASE_URL": self.database_url, "VAR_DIR": str(self.folder)}
        return {**os.environ, **settings, **own}

    def start(self, *, wait: bool = True) -> None:
        """Start it; without `wait`, `ready` has to be called before it is used."""
        with self.log.open("ab") as file:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=file,
                stderr=file,
                start_new_session=True,  # so that all of it can be killed
            )
        if wait:
            self.ready()

    def ready(self) -> None:
        """Wait until it listens."""
        assert self.process is not None
        wait_for_port(self.port, self.process, self.log)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL to gunicorn and its workers."""
        self._end(signal.SIGKILL)

    def manage(self, *arguments: str) -> str:
        """What a management command prints, on the server's database."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def credential(self, scope: str = "all") -> tuple[str, str]:
        """The key and secret of a new credential."""
        made: dict[str, Any] = json.loads(
            self.manage("create_lrs_credential", "Test", "--scope", scope)
        )
        return made["key"], made["secret"]

    def _end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.process = None


def _own_database(folder: Path) -> Path:
    file = folder / "server.sqlite3"
    if not file.exists():
        shutil.copyfile(_template(), file)
    return file


def _template() -> Path:
    """A migrated SQLite file: the test suite's own, or one made now if it runs on PostgreSQL."""
    template = FOLDER / f"template-{template_key()}.sqlite3"
    with one_at_a_time():
        if not template.exists():
            building = template.with_suffix(".building")
            building.unlink(missing_ok=True)
            environment = {**os.environ, "DATABASE_URL": f"sqlite:///{building}"}
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            building.rename(template)
    return template
