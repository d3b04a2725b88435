"""Who was there: recorded once, said once, taken back with all that followed from it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from lrs.identifiers import activity_iri
from lrs.selectors import statements_by_id
from lrs.services import projections_rebuild
from meetings.attendance.services import (
    NotNow,
    attendance_record,
    attendance_scan,
    attendance_walk_in,
    attendance_withdraw,
    contribution_record,
)
from meetings.attendance.windows import KEPT_OPEN
from meetings.enums import How, RegistrationState
from meetings.models import Meeting, MeetingAttendance, Registration
from meetings.models.record import DOORS_OPEN_BEFORE
from organisation.models import Person
from organisation.services import person_for_user
from tests.meetings.organising.world import comes, organiser, running, waits
from tests.meetings.registrations.making import account, joined, person_made
from training.enums import Provenance, TrainableKind
from training.models import Completion, Trainable
from users.models import AuditEntry, User

from .said import said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def holder() -> User:
    return organiser()


@pytest.fixture
def participation() -> Trainable:
    return Trainable.objects.create(title="Participer", kind=TrainableKind.MEETING)


def record(
    meeting: Meeting, *people: Registration, actor: User | None, how: How = How.LISTED
) -> list[MeetingAttendance]:
    return attendance_record(
        meeting=meeting, registrations=people, how=how, now=timezone.now(), actor=actor
    )


def completions() -> list[tuple[object, ...]]:
    rows = Completion.objects.order_by("person_id")
    return list(rows.values_list("person_id", "trainable_id", "provenance", "statement_id"))


def test_the_list_records_each_once(holder: User) -> None:
    meeting = running()
    one, other = comes(meeting, "A"), comes(meeting, "B")
    assert len(record(meeting, one, other, actor=holder)) == 2
    assert record(meeting, one, other, actor=holder) == []
    assert MeetingAttendance.objects.count() == 2
    assert len(said("attended")) == 2
    assert AuditEntry.objects.filter(action="meeting.attendance").count() == 1


def test_what_is_said_names_nobody(holder: User) -> None:
    meeting = running()
    record(meeting, comes(meeting, "Curie"), actor=holder)
    [statement] = said("attended")
    assert statement["actor"]["account"]["name"] == "anonymous"
    assert statement["object"]["id"] == activity_iri("meeting", meeting.uid)
    assert "Curie" not in str(statement)
    assert "essai.test" not in str(statement)


def test_it_completes_what_the_meeting_counts_for(holder: User, participation: Trainable) -> None:
    meeting = running(counts_for=participation)
    user = account()
    one = comes(meeting, "Curie", person=person_for_user(user=user), account=user)
    record(meeting, one, comes(meeting, "Sans"), actor=holder)
    found = completions()
    assert [row[:3] for row in found] == [(one.person_id, participation.pk, Provenance.OBSERVED)]
    projections_rebuild()
    assert completions() == found


def test_paper_counts_and_says_that_it_was_declared(holder: User, participation: Trainable) -> None:
    meeting = running(counts_for=participation)
    one = comes(meeting, "Curie", person=person_made())
    record(meeting, one, actor=holder, how=How.PAPER)
    assert Completion.objects.get().provenance == Provenance.PAPER


def test_taken_back_it_is_voided_and_may_be_said_again(
    holder: User, participation: Trainable
) -> None:
    meeting = running(counts_for=participation)
    one = comes(meeting, "Curie", person=person_made())
    [made] = record(meeting, one, actor=holder)
    contribution_record(meeting=meeting, attendance=[made], now=timezone.now(), actor=holder)
    for expected in (1, 0):  # a second time changes nothing
        count = attendance_withdraw(
            meeting=meeting, attendance=[made], now=timezone.now(), actor=holder
        )
        assert count == expected
    assert not Completion.objects.exists()
    assert len(said("voided")) == 2  # that she came, and that she spoke
    made.refresh_from_db()
    assert made.withdrawn_by == holder
    projections_rebuild()
    assert not Completion.objects.exists()
    record(meeting, one, actor=holder)
    assert Completion.objects.count() == 1
    acts = AuditEntry.objects.filter(action="meeting.attendance_withdraw")
    assert acts.count() == 1


def test_who_spoke_is_said_once(holder: User) -> None:
    meeting = running()
    made = record(meeting, comes(meeting, "A"), comes(meeting, "B"), actor=holder)
    for expected in (1, 0):
        count = contribution_record(
            meeting=meeting, attendance=made[:1], now=timezone.now(), actor=holder
        )
        assert count == expected
    [statement] = said("shared")
    assert statement["object"]["id"] == activity_iri("meeting", meeting.uid)


def test_whoever_waited_sat_on_a_seat(holder: User) -> None:
    meeting = running(capacity=1)
    one = waits(meeting, "Noether")
    record(meeting, one, actor=holder)
    one.refresh_from_db()
    assert one.state == RegistrationState.CONFIRMED


def test_nobody_of_another_meeting_and_nobody_who_cancelled(holder: User) -> None:
    meeting = running()
    gone = comes(meeting, "A", state=RegistrationState.CANCELLED, cancelled_at=timezone.now())
    assert record(meeting, gone, comes(running(), "B"), actor=holder) == []
    assert not said("attended")


@pytest.mark.parametrize(
    ("after_start", "allowed"),
    [
        (-DOORS_OPEN_BEFORE - dt.timedelta(seconds=1), False),
        (-DOORS_OPEN_BEFORE, True),
        (dt.timedelta(hours=3) + KEPT_OPEN - dt.timedelta(seconds=1), True),
        (dt.timedelta(hours=3) + KEPT_OPEN, False),
    ],
)
def test_from_the_doors_opening_to_thirty_days_after(
    holder: User, after_start: dt.timedelta, allowed: bool
) -> None:
    meeting = running()
    one = comes(meeting)
    now = meeting.starts_at + after_start
    people = {"meeting": meeting, "registrations": [one], "how": How.PAPER, "actor": holder}
    if allowed:
        [made] = attendance_record(now=now, **people)
        assert made.attended_at <= now
    else:
        with pytest.raises(NotNow):
            attendance_record(now=now, **people)
        assert not MeetingAttendance.objects.exists()


def test_nothing_is_taken_back_after_thirty_days(holder: User) -> None:
    meeting = running()
    made = record(meeting, comes(meeting), actor=holder)
    late = meeting.ends_at + KEPT_OPEN
    with pytest.raises(NotNow):
        attendance_withdraw(meeting=meeting, attendance=made, now=late, actor=holder)
    assert MeetingAttendance.objects.standing().count() == 1


def test_a_cancelled_meeting_has_nobody(holder: User) -> None:
    meeting = running(cancelled_at=timezone.now(), cancel_reason="Neige")
    with pytest.raises(NotNow):
        record(meeting, comes(meeting), actor=holder)


class TestScanning:
    def test_a_second_scan_changes_nothing(self) -> None:
        meeting, user = running(), account()
        person = person_for_user(user=user)
        for _turn in range(2):
            attendance_scan(meeting=meeting, person=person, account=user, now=timezone.now())
        assert Registration.objects.get().is_walk_in
        assert MeetingAttendance.objects.get().how == How.SCANNED
        assert len(said("attended")) == 1

    def test_her_registration_by_e_mail_is_hers(self) -> None:
        meeting, user = running(), account()
        one = comes(meeting, email=user.email.lower())
        person = person_for_user(user=user)
        attendance_scan(meeting=meeting, person=person, account=user, now=timezone.now())
        one.refresh_from_db()
        assert one.person == person
        assert one.attendance.count() == 1

    def test_her_own_registration(self) -> None:
        meeting = running()
        user = account()
        early = meeting.starts_at - dt.timedelta(days=1)
        one = joined(meeting, now=early, user=user)
        person = Person.objects.get(user=user)
        attendance_scan(meeting=meeting, person=person, account=user, now=timezone.now())
        assert MeetingAttendance.objects.get().registration == one

    @pytest.mark.parametrize("minutes", [-31, 181])
    def test_only_while_the_meeting_runs(self, minutes: int) -> None:
        meeting = running()
        now = meeting.starts_at + dt.timedelta(minutes=minutes)
        with pytest.raises(NotNow):
            attendance_scan(meeting=meeting, person=person_made(), now=now)
        assert not Registration.objects.exists()

    def test_a_cancelled_registration_scans_nothing(self) -> None:
        meeting = running()
        gone = comes(meeting, state=RegistrationState.CANCELLED, cancelled_at=timezone.now())
        with pytest.raises(NotNow):
            attendance_scan(meeting=meeting, registration=gone, now=timezone.now())


def test_a_walk_in_from_paper(holder: User) -> None:
    meeting = running()
    who = {"first_name": "Marie", "last_name": "Curie", "email": "", "house": "Institut"}
    made = attendance_walk_in(
        meeting=meeting, how=How.PAPER, actor=holder, now=timezone.now(), **who
    )
    assert made.how == How.PAPER
    assert made.registration.is_walk_in
    assert len(statements_by_id(statement_ids=[])) == 0
    assert len(said("attended")) == 1
