"""A note on the admin's first page when figures were wrong."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from reporting.ledger.selectors import ledger_health
from reporting.permissions import may_follow_figures


class DifferencePanel(Component):
    """That the night's count found differences."""

    name = "coverage_differences"
    order = 51
    template_name = "reporting/admin/difference_panel.html"


def difference_panels(user: Any) -> list[DifferencePanel]:
    """The note, only for those who can do something about it and only if there is something."""
    if not may_follow_figures(user):
        return []
    return [DifferencePanel()] if ledger_health().differences else []
