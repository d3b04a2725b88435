"""Send what waits for other record stores."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from lrs.services import forwards_run_all

_LONGEST_PAUSE = 5.0


class Command(BaseCommand):
    help = (
        "Send what waits for other record stores. The background worker does so by itself; this is "
        "for a timer (cron, systemd), or with --loop for a service that does nothing else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument(
            "--seconds", type=float, default=20.0, help="the most for one destination (default 20)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        next_at = forwards_run_all(seconds=options["seconds"])
        while options["loop"]:
            wait = (next_at - timezone.now()).total_seconds() if next_at else _LONGEST_PAUSE
            time.sleep(min(max(wait, 0.1), _LONGEST_PAUSE))
            close_old_connections()
            next_at = forwards_run_all(seconds=options["seconds"])
