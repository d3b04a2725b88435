from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign_assets.branding.colours import colour_nearest, colour_normal, is_readable

colours = st.binary(min_size=3, max_size=3).map(lambda channels: f"#{channels.hex()}")


@pytest.mark.parametrize("text", ["#0F1B4C", "0f1b4c", " #0f1b4c "])
def test_a_colour_is_read_however_it_is_written(text):
    assert colour_normal(text) == "#0f1b4c"


def test_three_signs_are_six():
    assert colour_normal("#Abc") == "#aabbcc"


@pytest.mark.parametrize("text", ["", "rouge", "#12345", "#gggggg", "#0f1b4c;", "#0f1b4c" * 9])
def test_what_is_no_colour_is_refused(text):
    with pytest.raises(ValueError, match="no colour"):
        colour_normal(text)


@pytest.mark.parametrize(
    ("colour", "readable"),
    [
        ("#ffffff", True),
        ("#000000", True),
        ("#ffc61a", True),
        ("#808080", False),
        ("#ff0000", False),
    ],
)
def test_white_or_night_must_be_readable_on_it(colour, readable):
    assert is_readable(colour) is readable


@given(colours)
def test_the_nearest_colour_is_readable(colour):
    nearest = colour_nearest(colour)
    assert is_readable(nearest)
    assert (nearest == colour) is is_readable(colour)
