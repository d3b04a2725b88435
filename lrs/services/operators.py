"""Who operates the record store: the group and its rights."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from lrs.permissions import OPERATOR_PERMISSIONS

OPERATORS = "Exploitation"


@transaction.atomic
def operators_group_ensure() -> Group:
    """The group that makes and ends credentials and browses statements; may be called again.

    It enters the admin and has no right on pages. What was taken from it by hand comes back.
    """
    group, _ = Group.objects.get_or_create(name=OPERATORS)
    group.permissions.add(*_permissions(["wagtailadmin.access_admin", *OPERATOR_PERMISSIONS]))
    return group


def operators_may(names: Iterable[str]) -> None:
    """Give the operators' group these permissions of another room, too."""
    operators_group_ensure().permissions.add(*_permissions(names))


def _permissions(names: Iterable[str]) -> QuerySet[Permission]:
    wanted = Q()
    for name in names:
        app_label, codename = name.split(".")
        wanted |= Q(content_type__app_label=app_label, codename=codename)
    return Permission.objects.filter(wanted)
