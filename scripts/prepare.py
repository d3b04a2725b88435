"""Bring the development database up to date: tables, starter content, hospitals, sample data.

    .venv/bin/python scripts/prepare.py

What is done is written to `var/prepared.json` after each step, so that a second call does nothing
and one that follows an interruption goes on where it stopped. The steps themselves bear being run
twice. The record names the database it speaks of: another database, or a deleted file, starts anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

HOSPITALS = "organisation/data/finess_hospitals_2020.csv"
# (what the screen says, command, arguments); each runs once in the life of a database.
STEPS = (
    ("Starter content", "load_starter_content", ()),
    ("Hospitals of the public register", "import_establishments", (HOSPITALS,)),
    ("Sample people and fourteen months of learning", "load_sample_data", ()),
)
MIGRATE = "migrate"


def var_dir() -> Path:
    from config.env import env

    return Path(env("VAR_DIR", default=str(ROOT / "var")))


def database_identity() -> str:
    """Changes when the data is another's: another address, or a SQLite file made anew."""
    from config.settings.database import DATABASES

    database = DATABASES["default"]
    where = "|".join(str(database.get(key, "")) for key in ("ENGINE", "HOST", "PORT", "NAME"))
    if database["ENGINE"].endswith("sqlite3"):
        file = Path(database["NAME"])
        where += f"|{file.stat().st_ino if file.exists() else 'absent'}"
    return where


def migrations_digest() -> str:
    """Changes with any migration of ours and with any package that may bring one."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for file in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(f"{file.relative_to(ROOT)}".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def record_read() -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads((var_dir() / "prepared.json").read_text())
    except (OSError, ValueError):
        record = {}
    if record.get("database") != database_identity():
        return {"done": {}}
    return record


def record_write(done: dict[str, str]) -> None:
    file = var_dir() / "prepared.json"
    partial = file.with_suffix(".partial")
    partial.write_text(json.dumps({"database": database_identity(), "done": done}, indent=1))
    partial.replace(file)


def steps_left() -> list[tuple[str, str, tuple[str, ...]]]:
    """The steps that this database still needs, in order."""
    done = record_read()["done"]
    left: list[tuple[str, str, tuple[str, ...]]] = []
    if done.get(MIGRATE) != migrations_digest():
        left.append(("Database tables", MIGRATE, ("--verbosity=0",)))
    left += [step for step in STEPS if step[1] not in done]
    return left


def prepare() -> None:
    left = steps_left()
    if not left:
        return
    var_dir().mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    import django
    from django.core.management import call_command

    django.setup()
    done = record_read()["done"]
    for number, (text, command, arguments) in enumerate(left, start=1):
        print(f"• {number}/{len(left)} {text} …", flush=True)
        start = time.monotonic()
        call_command(command, *arguments)
        done[command] = migrations_digest() if command == MIGRATE else "done"
        record_write(done)
        print(f"  {time.monotonic() - start:.1f} s", flush=True)


if __name__ == "__main__":
    prepare()
