"""Months on the clocks of the places: each moment counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from meetings.filters import month_name
from meetings.models import MeetingPage, MeetingsIndexPage
from meetings.zones import Month

from .factories import MeetingPageFactory


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("code", "moment", "month"),
    [
        ("53", utc(2027, 3, 31, 21, 59), "2027-03"),  # 23.59 in summer time
        ("53", utc(2027, 3, 31, 22), "2027-04"),
        ("53", utc(2027, 12, 31, 22, 59), "2027-12"),  # 23.59 in winter time
        ("53", utc(2027, 12, 31, 23), "2028-01"),
        ("01", utc(2027, 4, 1, 3, 59), "2027-03"),  # 23.59, four hours west
        ("01", utc(2027, 4, 1, 4), "2027-04"),
        ("03", utc(2027, 4, 1, 2, 59), "2027-03"),
        ("03", utc(2027, 4, 1, 3), "2027-04"),
        ("04", utc(2027, 3, 31, 19, 59), "2027-03"),  # 23.59, four hours east
        ("04", utc(2027, 3, 31, 20), "2027-04"),
        ("06", utc(2027, 3, 31, 20, 59), "2027-03"),
        ("06", utc(2027, 3, 31, 21), "2027-04"),
    ],
)
def test_month_of_a_meeting_is_that_of_its_place(
    calendar: MeetingsIndexPage, code: str, moment: dt.datetime, month: str
) -> None:
    assert str(Month.of(moment, code)) == month
    MeetingPageFactory(parent=calendar, code=code, starts_at=moment)
    found = {
        text
        for text in ("2027-02", "2027-03", "2027-04", "2027-05", "2027-12", "2028-01")
        if (asked := Month.read(text)) and MeetingPage.objects.filter(asked.starting()).exists()
    }
    assert found == {month}


@pytest.mark.parametrize("text", ["", "2027", "2027-13", "2027-3", "mars", "0000-00", "2027-03-01"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert Month.read(text) is None


def test_months_are_named_in_french() -> None:
    assert month_name(Month(2027, 8)) == "août 2027"
