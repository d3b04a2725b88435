"""What happens below that answers have to follow."""

from __future__ import annotations

from typing import Any

from organisation.signals import PeopleMerge, people_merged
from quizzes.models import Attempt


def connect() -> None:
    people_merged.connect(attempts_go_over, dispatch_uid="quizzes.people_merged")


def attempts_go_over(change: PeopleMerge, **kwargs: Any) -> None:
    """What one of two rows that are one person answered; what is under way goes on in her name."""
    Attempt.objects.filter(actor=change.gone.uid).update(actor=change.kept.uid)
