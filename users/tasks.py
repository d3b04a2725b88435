"""What the accounts' room does in the background."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from users.privacy.retention import retention_apply, retention_wake


@task()
def retention_run() -> None:
    """Apply the retention periods; the next night is queued first, should this one be killed."""
    now = timezone.now()
    retention_wake(now)
    retention_apply(now=now)
