"""A note on the admin's first page when mails stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from notifications.admin.wording import run_lines
from notifications.permissions import may_see_mails
from notifications.selectors import runs_in_trouble


class TroublePanel(Component):
    """Shown only to those who can do something about it, and only if there is something."""

    name = "notifications_trouble"
    order = 50
    template_name = "notifications/admin/trouble_panel.html"

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        request = (parent_context or {}).get("request")
        if request is None or not may_see_mails(request.user):
            return ""
        trouble = runs_in_trouble()
        if not trouble:
            return ""
        return super().render_html({**(parent_context or {}), "trouble": trouble})

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        trouble = (parent_context or {})["trouble"]
        return {"lines": run_lines(trouble, trouble, {})}
