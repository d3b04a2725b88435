"""Apply the retention periods; for a daily timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from users.privacy.retention import retention_apply


class Command(BaseCommand):
    help = (
        "Deletes what is kept no longer, says how much of what, and fails if a rule failed. The "
        "worker does so every night by itself; a timer makes up for a worker that was away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        runs = retention_apply(now=timezone.now())
        for run in runs:
            said = run.error or str(run.count)
            self.stdout.write(
                f"{run.rule}, before {timezone.localtime(run.before):%Y-%m-%d}: {said}"
            )
        failed = [run.rule for run in runs if run.error]
        if failed:
            raise CommandError(f"failed: {', '.join(failed)}", returncode=1)
