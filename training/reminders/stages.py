"""On which days somebody is to be reminded of a training. Plain Python over obligations.

A stage begins on a day and is said once. If the platform was down on that day, or the limit of
mails held it back, it may still be said within `CATCH_UP`; a stage that a later one has overtaken
is not said any more.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from training.obligations import Obligation, ObligationState

BEFORE = dt.timedelta(days=14)
AFTER = dt.timedelta(days=14)
AGAIN = dt.timedelta(days=30)
AGAIN_TIMES = 5
"""After the first reminder of a late training, how many follow, one every `AGAIN`."""

RENEWAL = dt.timedelta(days=30)
CATCH_UP = dt.timedelta(days=10)


class Stage(StrEnum):
    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    RENEWAL = "renewal"


class Reached(NamedTuple):
    """A stage that has begun, and the day on which it did."""

    stage: Stage
    since: dt.date

    @property
    def is_early(self) -> bool:
        """Before anything is late: a courtesy, which one may do without."""
        return self.stage in (Stage.BEFORE, Stage.RENEWAL)


def stage_reached(obligation: Obligation, day: dt.date) -> Reached | None:
    """The stage to be said on `day`, None if there is none or it began too long ago."""
    reached = [one for one in _stages(obligation) if one.since <= day]
    if not reached:
        return None
    latest = max(reached, key=lambda one: one.since)
    return latest if day - latest.since < CATCH_UP else None


def _stages(obligation: Obligation) -> list[Reached]:
    if obligation.state == ObligationState.DONE:
        if obligation.valid_until is None:
            return []
        return [Reached(Stage.RENEWAL, obligation.valid_until - RENEWAL)]
    due_on = obligation.due_on
    again = (due_on + AFTER + AGAIN * turn for turn in range(AGAIN_TIMES + 1))
    return [
        Reached(Stage.BEFORE, due_on - BEFORE),
        Reached(Stage.DUE, due_on),
        *(Reached(Stage.AFTER, since) for since in again),
    ]
