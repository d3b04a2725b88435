"""The operators' group learns of the mails."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import Q

from lrs.services import operators_group_ensure
from notifications.permissions import OPERATOR_PERMISSIONS


def operators_may_follow_mails() -> None:
    """Give the operators' group the rights on mails too; may be called again."""
    wanted = Q()
    for name in OPERATOR_PERMISSIONS:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    operators_group_ensure().permissions.add(*Permission.objects.filter(wanted))
