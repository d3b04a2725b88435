"""The operators' group learns of staff lists."""

from __future__ import annotations

from django.contrib.auth.models import Permission

from lrs.services import operators_group_ensure
from organisation.permissions import IMPORT_ROSTERS


def operators_may_import_rosters() -> None:
    """Give the operators' group the right to import staff lists; may be called again."""
    app_label, codename = IMPORT_ROSTERS.split(".")
    wanted = Permission.objects.filter(content_type__app_label=app_label, codename=codename)
    operators_group_ensure().permissions.add(*wanted)
