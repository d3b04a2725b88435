"""Hours are typed and shown on the clocks of the place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from meetings.models import MeetingPage, MeetingsIndexPage
from tests.meetings.factories import MeetingPageFactory
from tests.organisation.factories import AccountFactory
from users.models import User

from .forms import posted

pytestmark = pytest.mark.django_db
REUNION, GUADELOUPE, BRETAGNE = "04", "01", "53"


@pytest.fixture
def national() -> User:
    user: User = AccountFactory(is_superuser=True)
    return user


def bound(page: MeetingPage, calendar: MeetingsIndexPage, user: User, **data: Any) -> Any:
    form_class = MeetingPage.get_edit_handler().get_form_class()
    code = data.pop("code", BRETAGNE)
    return form_class(
        posted(page, code=code, **data) if data or code else None,
        instance=page,
        parent_page=calendar,
        for_user=user,
    )


def shown(page: MeetingPage, calendar: MeetingsIndexPage, user: User) -> dict[str, Any]:
    """What the form's hours say, as a browser sends them back."""
    form_class = MeetingPage.get_edit_handler().get_form_class()
    form = form_class(instance=page, parent_page=calendar, for_user=user)
    widget = form.fields["starts_at"].widget
    return {
        name: widget.format_value(form[name].value()) or ""
        for name in ("starts_at", "ends_at", "registration_closes_at")
    }


def saved(form: Any) -> MeetingPage:
    assert form.is_valid(), form.errors
    page: MeetingPage = form.save(commit=False)
    return page


@pytest.mark.parametrize(
    ("code", "starts"),
    [
        (BRETAGNE, dt.datetime(2027, 3, 9, 8, 30)),
        (REUNION, dt.datetime(2027, 3, 9, 5, 30)),
        (GUADELOUPE, dt.datetime(2027, 3, 9, 13, 30)),
    ],
)
def test_the_typed_hour_is_that_of_the_region(
    calendar: MeetingsIndexPage, national: User, code: str, starts: dt.datetime
) -> None:
    page = MeetingPage()
    meeting = saved(
        bound(page, calendar, national, code=code, registration_closes_at="2027-03-08 12:00")
    )
    assert meeting.starts_at == starts.replace(tzinfo=dt.UTC)
    assert meeting.local_start.replace(tzinfo=None) == dt.datetime(2027, 3, 9, 9, 30)
    assert meeting.registration_closes_at is not None
    closes = meeting.place_zone.local(meeting.registration_closes_at)
    assert closes.replace(tzinfo=None) == dt.datetime(2027, 3, 8, 12)


@pytest.mark.parametrize("code", [BRETAGNE, REUNION, GUADELOUPE])
def test_saving_what_is_shown_moves_nothing(
    calendar: MeetingsIndexPage, national: User, code: str
) -> None:
    starts = dt.datetime(2027, 7, 1, 7, 0, 42, tzinfo=dt.UTC)
    page = MeetingPageFactory(
        parent=calendar, code=code, starts_at=starts, registration_closes_at=starts
    )
    ends = page.ends_at
    hours = shown(page, calendar, national)
    form = bound(page, calendar, national, code=code, **hours)
    assert not {"starts_at", "ends_at", "registration_closes_at"} & set(form.changed_data)
    meeting = saved(form)
    assert (meeting.starts_at, meeting.ends_at) == (starts, ends)
    assert meeting.registration_closes_at == starts


def test_another_region_keeps_the_hours_as_typed(
    calendar: MeetingsIndexPage, national: User
) -> None:
    page = MeetingPageFactory(parent=calendar, code=BRETAGNE)  # 9 h 30 in Rennes
    hours = shown(page, calendar, national)
    assert hours["starts_at"] == "2027-03-09 09:30"
    meeting = saved(bound(page, calendar, national, code=REUNION, **hours))
    assert meeting.local_start.replace(tzinfo=None) == dt.datetime(2027, 3, 9, 9, 30)
    assert meeting.starts_at == dt.datetime(2027, 3, 9, 5, 30, tzinfo=dt.UTC)


def test_an_hour_that_the_clocks_skip_is_refused(
    calendar: MeetingsIndexPage, national: User
) -> None:
    form = bound(
        MeetingPage(), calendar, national, starts_at="2027-03-28 02:30", ends_at="2027-03-28 09:00"
    )
    assert not form.is_valid()
    (message,) = form.errors["starts_at"]
    assert "il n’est jamais 2 h 30" in message.replace("\N{NO-BREAK SPACE}", " ")
    assert set(form.errors) == {"starts_at"}
    elsewhere = bound(
        MeetingPage(),
        calendar,
        national,
        code=REUNION,  # no summer time there
        starts_at="2027-03-28 02:30",
        ends_at="2027-03-28 09:00",
    )
    assert elsewhere.is_valid()


def test_an_hour_that_comes_twice_is_the_first_unless_it_was_stored_as_the_second(
    calendar: MeetingsIndexPage, national: User
) -> None:
    typed = {"starts_at": "2027-10-31 02:30", "ends_at": "2027-10-31 09:00"}
    first, second = (dt.datetime(2027, 10, 31, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
    assert saved(bound(MeetingPage(), calendar, national, **typed)).starts_at == first
    stored = MeetingPageFactory(parent=calendar, starts_at=second)
    assert shown(stored, calendar, national)["starts_at"] == typed["starts_at"]
    assert saved(bound(stored, calendar, national, **typed)).starts_at == second


def test_the_form_says_whose_clock_it_is(calendar: MeetingsIndexPage, national: User) -> None:
    form_class = MeetingPage.get_edit_handler().get_form_class()
    form = form_class(instance=MeetingPage(), parent_page=calendar, for_user=national)
    for name in ("starts_at", "ends_at", "registration_closes_at"):
        assert "À l’heure du lieu" in str(form.fields[name].help_text)


def test_nonsense_is_refused_and_nothing_else(calendar: MeetingsIndexPage, national: User) -> None:
    form = bound(MeetingPage(), calendar, national, starts_at="demain matin", region="")
    assert not form.is_valid()
    assert set(form.errors) == {"starts_at", "region"}
    assert form["ends_at"].value() == "2027-03-09 16:00"
