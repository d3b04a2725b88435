"""`manage.py load_sample_data`: invented people and fourteen months of learning."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from starter.sample.services import sample_data_load


class Command(BaseCommand):
    help = "Load the sample data (development only): people, learning history, month ends."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = sample_data_load(today=timezone.localdate(), progress=self.stdout.write)
        if not loaded:
            self.stdout.write("Les données d’exemple sont déjà là.")
