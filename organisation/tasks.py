"""What the organisation does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from organisation.services import access_proofs_forget


@task()
def proofs_forget() -> None:
    """Delete the proofs whose time is over; the audit log says how many."""
    access_proofs_forget(now=timezone.now())
