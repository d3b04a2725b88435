"""Delete the proofs of requests for access that were decided long ago; for a daily timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from organisation.services import access_proofs_forget
from organisation.services.proofs import PROOF_KEPT


class Command(BaseCommand):
    help = (
        f"Delete the proofs of requests for access {PROOF_KEPT.days} days after the decision. The "
        "worker does so by itself; a timer makes up for a worker that was away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = access_proofs_forget(now=timezone.now())
        self.stdout.write(f"{count} proofs deleted, {PROOF_KEPT.days} days after the decision")
