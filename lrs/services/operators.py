"""Who operates the record store: the group and its rights."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from lrs.permissions import OPERATOR_PERMISSIONS

OPERATORS = "Exploitation"


@transaction.atomic
def operators_group_ensure() -> Group:
    """The group that makes and ends credentials and browses statements; may be called again.

    It enters the admin and has no right on pages. What was taken from it by hand comes back.
    """
    group, _ = Group.objects.get_or_create(name=OPERATORS)
    wanted = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in OPERATOR_PERMISSIONS:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    group.permissions.add(*Permission.objects.filter(wanted))
    return group
