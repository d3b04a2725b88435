"""Derive every projection again from the statements."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from lrs.services import projections_rebuild


class Command(BaseCommand):
    help = "Clear all projections (progress, completions, coverage) and derive them again."

    def handle(self, *args: Any, **options: Any) -> None:
        count = projections_rebuild(progress=self._show)
        self.stdout.write(f"{count} statements projected.")

    def _show(self, count: int) -> None:
        self.stdout.write(f"… {count}")
