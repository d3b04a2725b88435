"""A note on the admin's first page when mails stopped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.admin.ui.components import Component

from notifications.admin.wording import run_lines
from notifications.models import Run
from notifications.permissions import may_see_mails
from notifications.selectors import runs_in_trouble


class TroublePanel(Component):
    """The runs that stopped."""

    name = "notifications_trouble"
    order = 50
    template_name = "notifications/admin/trouble_panel.html"

    def __init__(self, trouble: Sequence[Run]) -> None:
        self.trouble = trouble

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"lines": run_lines(self.trouble, self.trouble, {})}


def trouble_panels(user: Any) -> list[TroublePanel]:
    """The note, only for those who can do something about it and only if there is something."""
    if not may_see_mails(user):
        return []
    trouble = runs_in_trouble()
    return [TroublePanel(trouble)] if trouble else []
