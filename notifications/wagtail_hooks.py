"""What Wagtail's admin learns of the mails."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from notifications.admin.home import trouble_panels
from notifications.admin.menu import MailGroup


@hooks.register("register_admin_viewset")
def register_mails() -> MailGroup:
    return MailGroup()


@hooks.register("construct_homepage_panels")
def note_trouble(request: HttpRequest, panels: list[Any]) -> None:
    panels[:0] = trouble_panels(request.user)
