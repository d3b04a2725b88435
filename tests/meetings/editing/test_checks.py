"""What a meeting lacks is told before it is published, with what to do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.checks import page_gaps
from meetings.models import Meeting, MeetingPage, MeetingsIndexPage
from meetings.services import meeting_cancel
from tests.meetings.factories import MeetingPageFactory
from tests.organisation.factories import AccountFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def morning(days: int) -> dt.datetime:
    """10 h in Paris, in so many days."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def make(calendar: MeetingsIndexPage, *, days: int = 30, **fields: Any) -> MeetingPage:
    values = {"accessibility": "Plain-pied.", "starts_at": morning(days), "live": False}
    page: MeetingPage = MeetingPageFactory(parent=calendar, **{**values, **fields})
    return page


def told(page: MeetingPage, *, blocking: bool) -> list[str]:
    return [gap.message for gap in page_gaps(page) if gap.is_blocking is blocking]


def test_a_complete_meeting_lacks_nothing(
    calendar: MeetingsIndexPage, django_assert_num_queries: Any
) -> None:
    page = make(calendar)
    with django_assert_num_queries(1):
        assert page_gaps(page) == []


def test_a_meeting_is_announced_before_it_begins(calendar: MeetingsIndexPage) -> None:
    page = make(calendar, days=-1)
    assert "sa date est passée" in " ".join(told(page, blocking=True))
    page.first_published_at = timezone.now()  # its materials come afterwards
    assert told(page, blocking=True) == []


def test_a_page_does_not_go_before_its_meeting(calendar: MeetingsIndexPage) -> None:
    page = make(calendar, expire_at=morning(30) + HOUR)
    assert "retirée du site avant la fin" in " ".join(told(page, blocking=True))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"accessibility": "  "}, "L’accessibilité n’est pas décrite"),
        ({"format": "a_distance"}, "Le lien de connexion manque"),
        ({"format": "mixte"}, "Le lien de connexion manque"),
        ({"registration_closes_at": morning(30) + HOUR}, "Les inscriptions finissent après"),
    ],
)
def test_what_is_missing_is_told_and_keeps_nothing_from_being_published(
    calendar: MeetingsIndexPage, fields: dict[str, Any], words: str
) -> None:
    page = make(calendar, **fields)
    (message,) = told(page, blocking=False)
    assert words in message
    assert told(page, blocking=True) == []


def test_who_does_not_take_registrations_has_no_deadline(calendar: MeetingsIndexPage) -> None:
    late = {"registration_closes_at": morning(30) + HOUR, "takes_registrations": False}
    assert page_gaps(make(calendar, **late)) == []


def test_another_meeting_of_the_region_that_day_is_told_with_its_page(
    calendar: MeetingsIndexPage,
) -> None:
    page = make(calendar)
    same_hours = make(calendar, title="La nuit", starts_at=page.starts_at + HOUR)
    same_day = make(calendar, title="Le soir", starts_at=page.ends_at + HOUR, live=True)
    make(calendar, days=31)
    make(calendar, code="28")
    first, second = page_gaps(page)
    assert "aux mêmes heures" in first.message
    assert "« La nuit » (brouillon)" in first.message
    assert first.address == reverse("wagtailadmin_pages:edit", args=[same_hours.pk])
    assert "« Le soir » (publiée)" in second.message
    assert "aux mêmes heures" not in second.message
    assert second.address == reverse("wagtailadmin_pages:edit", args=[same_day.pk])


def test_the_day_is_that_of_the_place(calendar: MeetingsIndexPage) -> None:
    """23 h in Fort-de-France is the next day in Paris."""
    day = dt.datetime.combine(morning(40).date(), dt.time(), tzinfo=dt.UTC)
    page = make(calendar, code="02", starts_at=day + 14 * HOUR)  # 10 h there
    make(calendar, code="02", starts_at=day + 26 * HOUR, ends_at=day + 27 * HOUR)  # 22 h
    assert len(page_gaps(page)) == 1


def test_a_meeting_called_off_is_no_clash(calendar: MeetingsIndexPage) -> None:
    other = make(calendar)
    other.save_revision().publish()
    page = make(calendar)
    assert len(page_gaps(page)) == 1
    meeting_cancel(
        meeting=Meeting.objects.get(),
        reason="Salle fermée",
        actor=AccountFactory(),
        now=timezone.now(),
    )
    assert page_gaps(page) == []


def test_the_check_stands_in_the_way_of_publishing(calendar: MeetingsIndexPage) -> None:
    page = make(calendar, days=-1)
    page.save_revision()
    client = Client()
    client.force_login(AccountFactory(is_superuser=True))
    shown = client.post(reverse("content_check", args=[page.pk])).content.decode()
    assert "sa date est passée" in shown
    assert not MeetingPage.objects.get(pk=page.pk).live
