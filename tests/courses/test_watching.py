"""Counting what was played of a video."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.watching import (
    JOINED,
    PlaybackInvalid,
    events_read,
    is_possible,
    merged,
    pattern,
    seconds_in,
    share_played,
)

LENGTH = 60.0
tenths = st.integers(0, 600).map(lambda tenth: tenth / 10)
segments = st.lists(st.tuples(tenths, tenths).map(lambda pair: (min(pair), max(pair))), max_size=12)


@given(segments)
def test_merging_keeps_each_second_once(parts: list[tuple[float, float]]) -> None:
    """Against a count of tenths of a second, gaps too small to be one filled."""
    result = merged(parts)
    seen = {tenth for a, b in parts for tenth in range(round(a * 10), round(b * 10))}
    counted = {tenth for a, b in result for tenth in range(round(a * 10), round(b * 10))}
    assert seen <= counted
    assert all(b - a > JOINED for (_x, a), (b, _y) in pairwise(result))
    assert len(counted - seen) <= round(JOINED * 10) * max(0, len(parts) - 1)
    assert merged(result) == result


@given(segments)
def test_the_share_is_never_more_than_all(parts: list[tuple[float, float]]) -> None:
    assert 0 <= share_played(merged(parts), LENGTH) <= 1
    assert share_played(parts, 0) == 0


def test_nobody_plays_a_minute_in_ten_seconds() -> None:
    assert is_possible([], [(0, 20)], elapsed=10)
    assert not is_possible([], [(0, 60)], elapsed=10)
    assert is_possible([(0, 55)], [(0, 60)], elapsed=0)


def test_segments_are_written_as_the_profile_writes_them() -> None:
    assert pattern([(0, 12.5), (1234.567, 1300)]) == "0[.]12.5[,]1234.567[.]1300"
    assert seconds_in([(0, 12.5), (20, 30)]) == 22.5


EVENT = {"key": "a:1", "kind": "paused", "time": 12.5, "segments": [[0, 12.5]]}


@pytest.mark.parametrize(
    "posted",
    [
        None,
        [],
        {},
        {"events": []},
        {"events": [EVENT] * 51},
        {"events": ["played"]},
        {"events": [EVENT | {"kind": "completed"}]},
        {"events": [EVENT | {"key": ""}]},
        {"events": [EVENT | {"key": "k" * 49}]},
        {"events": [EVENT | {"time": -1}]},
        {"events": [EVENT | {"time": LENGTH + 2}]},
        {"events": [EVENT | {"time": math.nan}]},
        {"events": [EVENT | {"time": True}]},
        {"events": [EVENT | {"time": "12"}]},
        {"events": [EVENT | {"segments": [[5, 1]]}]},
        {"events": [EVENT | {"segments": [[1]]}]},
        {"events": [EVENT | {"segments": [[0, 1]] * 201}]},
        {"events": [EVENT | {"segments": {"0": 1}}]},
    ],
)
def test_what_is_no_playback_is_refused(posted: object) -> None:
    with pytest.raises(PlaybackInvalid):
        events_read(posted, LENGTH)


def test_a_player_may_say_a_moment_more_than_the_length() -> None:
    (told,) = events_read({"events": [EVENT | {"time": LENGTH + 0.4, "success": True}]}, LENGTH)
    assert told.time == LENGTH
