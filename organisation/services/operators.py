"""The operators' group learns of the audit log."""

from __future__ import annotations

from django.contrib.auth.models import Permission

from lrs.services import operators_group_ensure
from users.permissions import READ_AUDIT


def operators_may_read_audit() -> None:
    """Give the operators' group the right to read the log; may be called again."""
    app_label, codename = READ_AUDIT.split(".")
    operators_group_ensure().permissions.add(
        Permission.objects.get(content_type__app_label=app_label, codename=codename)
    )
