"""What the operators' group may do here: read the audit log, import staff lists, answer
for personal data."""

from __future__ import annotations

from django.contrib.auth.models import Permission

from lrs.services import operators_group_ensure
from organisation.permissions import IMPORT_ROSTERS
from users.permissions import HANDLE_PRIVACY, READ_AUDIT


def operators_hold_their_rights() -> None:
    """Give the operators' group these rights; may be called again."""
    group = operators_group_ensure()
    for right in (READ_AUDIT, IMPORT_ROSTERS, HANDLE_PRIVACY):
        app_label, codename = right.split(".")
        group.permissions.add(
            Permission.objects.get(content_type__app_label=app_label, codename=codename)
        )
