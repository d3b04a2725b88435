"""What Wagtail's admin learns of the record store."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from wagtail import hooks

from lrs.admin.menu import RecordGroup


@hooks.register("register_admin_viewset")
def register_record_store() -> RecordGroup:
    return RecordGroup()


@hooks.register("register_permissions")
def register_browsing() -> Any:
    """To read statements is the only right on them that a group can be given."""
    return Permission.objects.filter(content_type__app_label="lrs", codename="view_statement")
