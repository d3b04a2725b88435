"""Who may read what of the quizzes."""

from __future__ import annotations

from typing import Any


def may_read_analysis(user: Any) -> bool:
    """Whoever may change questions: the figures are there to better them. They name nobody."""
    return bool(user.has_perm("quizzes.change_question"))
