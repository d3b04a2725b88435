"""Test databases that cost a file copy instead of 235 migrations (some 20 seconds).

The migrations run once, truly, into a template whose name carries a hash of everything that they
are made of. Each worker starts from a copy of it, and so does each test after one that commits
(`transaction=True`, live servers): the reference data that migrations load is always there, where
Django's own flush would lose it. A longer preparation, such as the starter content, is kept under a
name the first time and taken from there afterwards.

- SQLite: a file in `var/test-databases/`, restored through SQLite's backup API. A file rather than
  memory, because a live server's threads then have connections of their own, as in production.
- PostgreSQL: `CREATE DATABASE … TEMPLATE …`.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from scripts import prepare

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "test-databases"
STARTER_COMMANDS = ("load_starter_content",)
SAMPLE_COMMANDS = tuple((command, *arguments) for _text, command, arguments in prepare.STEPS)
IMPORTS = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)


class WorkerDatabase(Protocol):
    """The database of one worker; a state is a copy of it that was kept under a name."""

    def make_template(self) -> None: ...
    def create(self) -> None: ...
    def keep(self, state: str) -> None: ...
    def restore(self, state: str | None = None) -> None: ...
    def drop(self) -> None: ...


def template_key() -> str:
    """Names the template: the migrations, the modules and data they read, the packages."""
    files = {ROOT / "requirements" / "base.txt", *ROOT.glob("*/data/*")}
    for migration in ROOT.glob("*/migrations/*.py"):
        files.add(migration)
        files.update(_modules_of_ours(migration.read_text()))
    digest = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _modules_of_ours(source: str) -> Iterator[Path]:
    for name in IMPORTS.findall(source):
        path = ROOT.joinpath(*name.split("."))
        yield from (path.with_suffix(".py"), *path.glob("*.py"))


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Workers that start together: the first makes the template, the others wait for it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def use(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


class SqliteDatabase:
    def __init__(self, worker: str) -> None:
        self.template = FOLDER / f"template-{template_key()}.sqlite3"
        self.file = FOLDER / f"run-{os.getpid()}-{worker}.sqlite3"

    def make_template(self) -> None:
        """Unless it is there."""
        with one_at_a_time():
            if not self.template.exists():
                self._make_template()

    def create(self) -> None:
        self.make_template()
        use(str(self.file))
        self.restore()

    def keep(self, state: str) -> None:
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(self._state_file(state))) as target:
            connection.connection.backup(target)

    def restore(self, state: str | None = None) -> None:
        connection.ensure_connection()
        file = self._state_file(state) if state else self.template
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as source:
            source.backup(connection.connection)

    def drop(self) -> None:
        connection.close()
        for file in FOLDER.glob(f"{self.file.stem}*"):
            file.unlink()

    def _state_file(self, state: str) -> Path:
        return self.file.with_name(f"{self.file.stem}-{state}.sqlite3")

    def _make_template(self) -> None:
        for old in FOLDER.glob("template-*"):
            old.unlink()
        building = self.template.with_suffix(".building")
        self._remove(building)
        use(str(building))
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        connection.close()
        building.rename(self.template)

    @staticmethod
    def _remove(file: Path) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)


class PostgresDatabase:
    def __init__(self, worker: str) -> None:
        self.template = f"tcv_template_{template_key()}"
        self.name = f"tcv_test_{os.getpid()}_{worker}"
        self.states: set[str] = set()

    def make_template(self) -> None:
        """Unless it is there."""
        with one_at_a_time():
            if not self._exists(self.template):
                self._make_template()

    def create(self) -> None:
        self.make_template()
        use(self.name)
        self.restore()

    def keep(self, state: str) -> None:
        connection.close()
        self._copy(self.name, f"{self.name}_{state}")
        self.states.add(state)

    def restore(self, state: str | None = None) -> None:
        connection.close()
        self._copy(f"{self.name}_{state}" if state else self.template, self.name)

    def drop(self) -> None:
        connection.close()
        self.drop_states()
        self._execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def drop_states(self) -> None:
        for state in self.states:
            self._execute(f'DROP DATABASE IF EXISTS "{self.name}_{state}" WITH (FORCE)')

    def _copy(self, source: str, target: str) -> None:
        self._execute(
            # A live server's thread may have left a session, and a template must have none.
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{source}' AND pid <> pg_backend_pid()",
            f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
            f'CREATE DATABASE "{target}" TEMPLATE "{source}" STRATEGY FILE_COPY',
        )

    def _make_template(self) -> None:
        building = f"{self.template}_building"
        self._execute(
            f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)', f'CREATE DATABASE "{building}"'
        )
        use(building)
        call_command("migrate", verbosity=0)
        connection.close()
        self._execute(f'ALTER DATABASE "{building}" RENAME TO "{self.template}"')

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _execute(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def worker_database(worker: str) -> WorkerDatabase:
    return SqliteDatabase(worker) if connection.vendor == "sqlite" else PostgresDatabase(worker)


if __name__ == "__main__":
    # Beside a run that begins: its workers find the template when they have imported the tests.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    worker_database("template").make_template()
