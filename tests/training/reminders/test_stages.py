"""On which days somebody is reminded of a training."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.models import Trainable
from training.obligations import Obligation, ObligationState
from training.reminders.stages import AGAIN, AGAIN_TIMES, CATCH_UP, Stage, stage_reached

DUE = dt.date(2026, 6, 1)
END = dt.date(2027, 6, 1)


def obligation(
    day: dt.date, *, due_on: dt.date = DUE, done_until: dt.date | None = None
) -> Obligation:
    """As it is at `day`: done if it is valid then, else late from the due day on."""
    if done_until and day < done_until:
        state, completed_on = ObligationState.DONE, due_on
    else:
        due_on = max(due_on, done_until or due_on)
        state = ObligationState.LATE if due_on <= day else ObligationState.DUE
        completed_on = None
    return Obligation(Trainable(title="x"), due_on, 12, completed_on, done_until, state)


@pytest.mark.parametrize(
    ("days", "stage", "begun"),
    [
        (-15, None, None),
        (-14, Stage.BEFORE, -14),
        (-13, Stage.BEFORE, -14),
        (-5, Stage.BEFORE, -14),
        (-4, None, None),  # too late to catch up
        (-1, None, None),
        (0, Stage.DUE, 0),
        (9, Stage.DUE, 0),
        (10, None, None),
        (13, None, None),
        (14, Stage.AFTER, 14),
        (23, Stage.AFTER, 14),
        (24, None, None),
        (43, None, None),
        (44, Stage.AFTER, 44),
        (164, Stage.AFTER, 164),
        (194, None, None),  # after five more, silence
        (1000, None, None),
    ],
)
def test_stages_around_the_due_day(days: int, stage: Stage | None, begun: int | None) -> None:
    day = DUE + dt.timedelta(days)
    reached = stage_reached(obligation(day), day)
    if stage is None:
        assert reached is None
    else:
        assert begun is not None
        assert reached == (stage, DUE + dt.timedelta(begun))


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (-31, None),
        (-30, Stage.RENEWAL),
        (-21, Stage.RENEWAL),
        (-20, None),
        (-1, None),
        (0, Stage.DUE),
        (14, Stage.AFTER),
    ],
)
def test_stages_around_the_end_of_validity(days: int, stage: Stage | None) -> None:
    """What ran out is due again from the day it ran out."""
    day = END + dt.timedelta(days)
    reached = stage_reached(obligation(day, done_until=END), day)
    assert (reached.stage if reached else None) == stage


def test_what_is_valid_for_ever_asks_for_nothing() -> None:
    done = Obligation(Trainable(title="x"), DUE, None, DUE, None, ObligationState.DONE)
    assert stage_reached(done, DUE + dt.timedelta(1000)) is None


@pytest.mark.parametrize(
    ("stage", "is_early"),
    [(Stage.BEFORE, True), (Stage.RENEWAL, True), (Stage.DUE, False), (Stage.AFTER, False)],
)
def test_only_early_reminders_are_a_courtesy(stage: Stage, is_early: bool) -> None:
    from training.reminders.stages import Reached

    assert Reached(stage, DUE).is_early is is_early


@given(st.sets(st.integers(-40, 260), max_size=60))
def test_whatever_days_the_platform_was_up_each_stage_is_said_at_most_once(ups: set[int]) -> None:
    """And on a platform that is up daily each is said, on its first day."""
    said: dict[tuple[Stage, dt.date], int] = {}
    for days in sorted(ups):
        day = DUE + dt.timedelta(days)
        reached = stage_reached(obligation(day), day)
        if reached is not None:
            assert dt.timedelta(0) <= day - reached.since < CATCH_UP
            said.setdefault(tuple(reached), days)  # what is stored as said
    assert len(said) <= 3 + AGAIN_TIMES
    starts = sorted(since for _stage, since in said)
    assert all(later - earlier >= dt.timedelta(14) for earlier, later in itertools.pairwise(starts))
    assert all(
        stage != Stage.AFTER or (since - DUE).days % AGAIN.days == 14 for stage, since in said
    )


def test_a_platform_that_is_up_daily_says_each_stage_on_its_first_day() -> None:
    days = (DUE + dt.timedelta(one) for one in range(-40, 260))
    found = [(day, reached) for day in days if (reached := stage_reached(obligation(day), day))]
    firsts = {
        reached: min(day for day, other in found if other == reached) for _d, reached in found
    }
    assert len(firsts) == 3 + AGAIN_TIMES
    assert all(reached.since == first for reached, first in firsts.items())
