"""What the content kit does in the background."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks import task


@task()
def pages_due() -> None:
    """Publish what is due now, and take down what has expired."""
    call_command("publish_scheduled")
