"""What is kept of those who register, and how it goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from meetings.enums import RegistrationState
from meetings.models import CalendarFeed, MeetingAttendance, Registration
from meetings.registrations.services import RegistrationRefused, registration_again
from notifications.models import Delivery
from organisation.privacy import subject_of_account, subject_of_person
from users.privacy.erasure import subject_erase
from users.privacy.export import export_chapters
from users.privacy.registry import retention_of

from .making import DAY, account, asked, joined, meeting_made, person_made, soon, states

pytestmark = pytest.mark.django_db


def forget(key: str, now: dt.datetime) -> int:
    rule = retention_of(key)
    return rule.forget(now - rule.kept)


def erase(subject: Any) -> None:
    subject_erase(subject=subject, actor=None, now=timezone.now(), why="asked")


def there(registration: Registration) -> MeetingAttendance:
    now = timezone.now()
    return MeetingAttendance.objects.create(
        registration=registration, how="listed", attended_at=now, recorded_at=now
    )


def test_an_erased_person_gives_her_seats_back_and_leaves_no_name() -> None:
    now = timezone.now()
    coming = meeting_made(capacity=1, starts_at=soon())
    past = meeting_made(starts_at=now + DAY)
    user = account(first_name="Maëlys", last_name="Zwart")
    mine = joined(coming, now, user=user, needs="Boucle magnétique")
    next_one = joined(coming, now)
    was = joined(past, now, user=user)
    attendance = there(was)
    guest = asked(meeting_made(starts_at=soon()), "autre@b.test", now)
    user.emailaddress_set.create(email="autre@b.test", verified=True)
    CalendarFeed.objects.create(account=user, created_at=now)
    erase(subject_of_account(user))
    assert states(mine, guest) == ["cancelled", "cancelled"]
    assert states(next_one, was) == ["confirmed", "confirmed"]
    for one in (mine, was, guest):
        one.refresh_from_db()
        assert (one.full_name, one.email, one.needs, one.house) == ("", "", "", "")
    assert MeetingAttendance.objects.standing().get() == attendance
    assert not CalendarFeed.objects.exists()
    assert not Delivery.objects.filter(address__in=[user.email, "autre@b.test"]).exists()
    with pytest.raises(RegistrationRefused):
        registration_again(registration=guest, now=now)
    with pytest.raises(RegistrationRefused):
        registration_again(registration=Registration.objects.get(pk=mine.pk), now=now)


def test_a_person_without_an_account_is_erased_too() -> None:
    meeting = meeting_made(starts_at=soon())
    person = person_made()
    own = Registration.objects.create(
        meeting=meeting, person=person, first_name="Claude", state=RegistrationState.WAITING,
        waiting_since=timezone.now(), created_at=timezone.now(),
    )  # fmt: skip
    erase(subject_of_person(person))
    own.refresh_from_db()
    assert (own.state, own.first_name) == ("cancelled", "")


def test_what_is_told_to_somebody_who_asks() -> None:
    user = account(first_name="Maëlys", last_name="Zwart")
    own = joined(meeting_made(starts_at=soon()), timezone.now(), user=user, needs="Boucle")
    there(own)
    joined(own.meeting, timezone.now())
    chapter = next(
        one for one in export_chapters(subject_of_account(user)) if one.entry.key == "registrations"
    )
    registrations, attendance = chapter.parts
    (sentence,) = registrations.sentences
    for word in (own.meeting.title, "Maëlys Zwart", user.email, "Boucle"):
        assert word in sentence
    assert attendance.count == 1


def test_needs_are_forgotten_the_day_after() -> None:
    now = timezone.now()
    ended = [meeting_made(ends_at=now - n * DAY, starts_at=now - 3 * DAY) for n in (0.9, 1.1)]
    for meeting in ended:
        Registration.objects.create(
            meeting=meeting, state="confirmed", email=f"x{meeting.pk}@b.test", needs="Boucle",
            first_name="Ada", created_at=now - 9 * DAY, confirmed_at=now - 9 * DAY,
        )  # fmt: skip
    assert forget("meeting_needs", now) == 1
    assert forget("meeting_needs", now) == 0
    assert [one.needs for one in Registration.objects.order_by("pk")] == ["Boucle", ""]
    assert set(Registration.objects.values_list("first_name", flat=True)) == {"Ada"}


def test_what_nobody_confirmed_is_forgotten() -> None:
    now = timezone.now()
    meeting = meeting_made(starts_at=soon())
    asked(meeting, "old@b.test", now - 4 * DAY)
    asked(meeting, "new@b.test", now - 2 * DAY)
    kept = joined(meeting, now - 4 * DAY)
    assert forget("meeting_pending", now) == 1
    assert set(Registration.objects.values_list("email", flat=True)) == {"new@b.test", kept.email}


def test_guests_are_forgotten_after_a_year_and_that_they_came_is_not() -> None:
    now = timezone.now()
    held = [meeting_made(starts_at=now - n * DAY) for n in (364, 367)]
    rows = [
        Registration.objects.create(
            meeting=meeting, state="confirmed", email="ada@b.test", first_name="Ada",
            last_name="L", house="CH d’essai", created_at=meeting.starts_at,
            confirmed_at=meeting.starts_at,
        )
        for meeting in held
    ]  # fmt: skip
    person = Registration.objects.create(
        meeting=held[1], state="confirmed", person=person_made(), first_name="Claude",
        created_at=now, confirmed_at=now,
    )  # fmt: skip
    there(rows[1])
    assert forget("meeting_guests", now) == 1
    assert forget("meeting_guests", now) == 0
    for row in (*rows, person):
        row.refresh_from_db()
    assert [one.first_name for one in (*rows, person)] == ["Ada", "", "Claude"]
    assert (rows[1].email, rows[1].house) == ("", "CH d’essai")
    assert MeetingAttendance.objects.standing().filter(registration=rows[1]).exists()
