"""The operators' group learns of the figures."""

from __future__ import annotations

from lrs.services import operators_may
from reporting.permissions import OPERATOR_PERMISSIONS


def operators_may_follow_figures() -> None:
    """Let the operators' group see how the counting goes; may be called again."""
    operators_may(OPERATOR_PERMISSIONS)
