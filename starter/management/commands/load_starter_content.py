"""`manage.py load_starter_content`: the pages and modules that any site may start with."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from starter.services import starter_content_load


class Command(BaseCommand):
    help = "Creates the starter pages and modules that are missing; what exists is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        starter_content_load(progress=self.stdout.write)
