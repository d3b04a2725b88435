"""Run every `bench/bench_*.py` on a throw-away database; `python -m bench [part of a name]`.

SQLite, or the PostgreSQL at DATABASE_URL (`scripts/with-postgres.sh`).

Each has a function `ratios()` that yields what it measured. The last lines are one per figure:
`RATIO <name> <value> limit <value>`. Exits non-zero if a value exceeds its limit.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def setup() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()


def measured(names: list[str]) -> Iterator[object]:
    from tests.support.databases import worker_database

    database = worker_database("bench")
    database.create()
    try:
        for name in names:
            print(f"• {name}", flush=True)
            start = time.monotonic()
            yield from importlib.import_module(f"bench.{name}").ratios()
            print(f"  {time.monotonic() - start:.1f} s", flush=True)
            database.restore()
    finally:
        database.drop()


def main(wanted: str = "") -> int:
    setup()
    names = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
    ratios = list(measured([name for name in names if wanted in name]))
    print(*ratios, sep="\n")
    exceeded = [ratio for ratio in ratios if ratio.is_exceeded]
    if exceeded:
        print(f"{len(exceeded)} above the limit", file=sys.stderr)
    return 1 if exceeded else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
