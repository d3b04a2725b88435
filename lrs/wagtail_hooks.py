"""What Wagtail's admin learns of the record store."""

from __future__ import annotations

from wagtail import hooks

from lrs.admin.forwarding import ForwardViewSet


@hooks.register("register_admin_viewset")
def register_forwarding() -> ForwardViewSet:
    return ForwardViewSet("transmission")
