from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from meetings.enums import MeetingFormat
from meetings.models import MeetingPage, MeetingsIndexPage
from meetings.selectors import meetings_upcoming
from meetings.services import meeting_cancel
from meetings.templatetags.meeting_tags import meeting_day, meeting_hours
from tests.organisation.factories import AccountFactory

from .factories import MeetingPageFactory, published

NOW = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_meeting_is_on_one_side_of_now_only(calendar: MeetingsIndexPage, minutes: int) -> None:
    ends = NOW + dt.timedelta(minutes=minutes)
    MeetingPageFactory(parent=calendar, starts_at=ends - HOUR, ends_at=ends)
    upcoming = MeetingPage.objects.upcoming(NOW).count()
    assert upcoming + MeetingPage.objects.past(NOW).count() == 1
    assert upcoming == (1 if minutes > 0 else 0)


def test_upcoming_are_the_nearest_published_ones(
    calendar: MeetingsIndexPage, django_assert_num_queries: Any
) -> None:
    for days in (9, 3, 6, -3):
        MeetingPageFactory(parent=calendar, title=str(days), starts_at=NOW + days * 24 * HOUR)
    MeetingPageFactory(parent=calendar, starts_at=NOW + HOUR, live=False)
    with django_assert_num_queries(2):  # private pages, then the meetings with their regions
        found = [(m.title, m.region.name) for m in meetings_upcoming(now=NOW, limit=2)]
    assert found == [("3", "Bretagne"), ("6", "Bretagne")]


@pytest.mark.database
def test_end_comes_after_the_start(calendar: MeetingsIndexPage) -> None:
    meeting = MeetingPageFactory(parent=calendar)
    meeting.ends_at = meeting.starts_at
    with pytest.raises(ValidationError, match="La fin vient après le début"):
        meeting.full_clean()
    with transaction.atomic(), pytest.raises(IntegrityError):
        MeetingPage.objects.filter(pk=meeting.pk).update(ends_at=meeting.starts_at)


def test_home_page_keeps_quiet_about_what_is_called_off(calendar: MeetingsIndexPage) -> None:
    on, off = (published(parent=calendar, title=title, starts_at=NOW + HOUR) for title in "ab")
    actor = AccountFactory()
    meeting_cancel(meeting=off, reason="Plus de salle.", actor=actor, now=NOW)
    assert [meeting.title for meeting in meetings_upcoming(now=NOW, limit=9)] == [on.title]


def test_meeting_on_site_needs_a_place(calendar: MeetingsIndexPage) -> None:
    meeting = MeetingPageFactory(parent=calendar)
    meeting.place = ""
    with pytest.raises(ValidationError) as error:
        meeting.full_clean()
    assert "place" in error.value.message_dict
    meeting.format = MeetingFormat.REMOTE
    meeting.full_clean()


def test_copy_is_another_meeting(calendar: MeetingsIndexPage) -> None:
    meeting = MeetingPageFactory(parent=calendar)
    assert meeting.copy(update_attrs={"slug": "copie"}).uid != meeting.uid


@pytest.mark.parametrize(
    ("code", "starts", "ends", "day", "hours"),
    [
        (
            "53",
            utc(2027, 3, 9, 8, 30),
            utc(2027, 3, 9, 15),
            "mardi 9 mars 2027",
            "de 9 h 30 à 16 h",
        ),
        # Summer time begins on 28 March 2027.
        ("53", utc(2027, 3, 29, 7), utc(2027, 3, 29, 8), "lundi 29 mars 2027", "de 9 h à 10 h"),
        (
            "04",
            utc(2027, 6, 1, 5),
            utc(2027, 6, 1, 8, 5),
            "mardi 1er juin 2027",
            "de 9 h à 12 h 05 à La Réunion, de 7 h à 10 h 05 à Paris",
        ),
        # Still the evening before, west of the Atlantic.
        (
            "01",
            utc(2027, 4, 2, 1),
            utc(2027, 4, 2, 3),
            "jeudi 1er avril 2027",
            "de 21 h à 23 h en Guadeloupe, de 3 h à 5 h le lendemain à Paris",
        ),
        (
            "53",
            utc(2027, 4, 7, 12),
            utc(2027, 4, 8, 10),
            "du mercredi 7 avril 2027 au jeudi 8 avril 2027",
            "début à 14 h, fin à 12 h",
        ),
        # In winter La Réunion is three hours ahead.
        (
            "04",
            utc(2027, 1, 12, 6),
            utc(2027, 1, 12, 8),
            "mardi 12 janvier 2027",
            "de 10 h à 12 h à La Réunion, de 7 h à 9 h à Paris",
        ),
        # One in the morning, on an island where it is a day later than in Paris.
        (
            "06",
            utc(2027, 1, 4, 22),
            utc(2027, 1, 4, 23),
            "mardi 5 janvier 2027",
            "de 1 h à 2 h à Mayotte, de 23 h à 0 h la veille à Paris",
        ),
        # The clocks of Paris go from 2 to 3 while people sit together in Guyane.
        (
            "03",
            utc(2027, 3, 28, 0, 30),
            utc(2027, 3, 28, 1, 30),
            "samedi 27 mars 2027",
            "de 21 h 30 à 22 h 30 en Guyane, de 1 h 30 à 3 h 30 le lendemain à Paris",
        ),
        # Autumn: 31 October 2027, 2.30 comes twice in Paris; this meeting takes two hours.
        (
            "53",
            utc(2027, 10, 30, 23, 30),
            utc(2027, 10, 31, 1, 30),
            "dimanche 31 octobre 2027",
            "de 1 h 30 à 2 h 30",
        ),
        (
            "02",
            utc(2027, 7, 1, 12),
            utc(2027, 7, 2, 16),
            "du jeudi 1er juillet 2027 au vendredi 2 juillet 2027",
            "début à 8 h, fin à 12 h en Martinique, début à 14 h, fin à 18 h à Paris",
        ),
    ],
)
def test_dates_are_french_and_on_the_clocks_of_the_place(
    calendar: MeetingsIndexPage,
    code: str,
    starts: dt.datetime,
    ends: dt.datetime,
    day: str,
    hours: str,
) -> None:
    meeting = MeetingPageFactory(parent=calendar, code=code, starts_at=starts, ends_at=ends)
    assert plain(meeting_day(meeting)) == day
    assert plain(meeting_hours(meeting)) == hours
