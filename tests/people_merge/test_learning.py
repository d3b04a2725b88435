"""What the two learnt is one record, as deriving it again from the statements would have it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from courses.learners import Learner
from courses.models import Attendance, LearningSession, LessonPage
from courses.services import lesson_complete, session_open
from courses.team.services import team_session_close
from lrs.kept_data import statements_of
from lrs.models import Statement
from lrs.services import PLATFORM, projections_rebuild, statements_store
from lrs.xapi.jsontext import loads
from meetings.attendance.services import attendance_record
from meetings.enums import How, RegistrationState
from meetings.models import CalendarFeed, MeetingAttendance, Registration
from organisation.models import Person
from organisation.privacy import subject_of_person
from organisation.sessions import PERSON as SESSION_PERSON
from organisation.sessions import person_of_request
from quizzes.models import Attempt
from tests.courses.factories import lessons, make_module
from tests.courses.team.world import Hospital
from tests.lrs.factories import voiding
from tests.meetings.organising.world import running
from tests.meetings.registrations.making import account, joined, meeting_made, person_made
from tests.organisation.factories import AccountFactory, PersonFactory
from tests.training.test_projectors import completed
from training.enums import Provenance, TrainableKind
from training.models import Completion, DeclaredCompletion, Trainable
from training.services import Declaration, completions_declare

from .making import merged

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def completions() -> set[tuple[Any, ...]]:
    fields = ("person", "trainable", "completed_at", "score_scaled", "provenance", "statement_id")
    return set(Completion.objects.values_list(*fields))


def derived_again() -> set[tuple[Any, ...]]:
    projections_rebuild()
    return completions()


@pytest.fixture
def both() -> tuple[Person, Person]:
    kept, gone = PersonFactory.create_batch(2)
    return kept, gone


@pytest.fixture
def module() -> Trainable:
    return Trainable.objects.create(title="Hameçonnage")


def says(uid: uuid.UUID, module: Trainable, **over: Any) -> str:
    statement = completed(uid, module.uid, **over)
    statements_store(statements=[statement], source=PLATFORM)
    return str(statement["id"])


class TestStatements:
    def test_a_rebuild_gives_what_the_merge_gave(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        kept, gone = both
        said = {says(one.uid, module) for one in both}
        merged(kept, gone)
        after = completions()
        assert {(row[0], str(row[-1])) for row in after} == {(kept.pk, one) for one in said}
        assert derived_again() == after

    def test_no_statement_is_written_again(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        kept, gone = both
        said = says(gone.uid, module)
        before = Statement.objects.get(statement_id=said).payload
        merged(kept, gone)
        assert Statement.objects.get(statement_id=said).payload == before
        assert str(gone.uid) in str(before)

    def test_one_that_comes_late_under_the_old_uid_counts_for_her(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        """A tablet that was offline knows no other, and sends again what is of before too."""
        kept, gone = both
        first, second = completed(gone.uid, module.uid), completed(gone.uid, module.uid)
        statements_store(statements=[first], source=PLATFORM)
        merged(kept, gone)
        statements_store(statements=[first, second], source=PLATFORM)
        assert {(row[0], str(row[-1])) for row in completions()} == {
            (kept.pk, first["id"]),
            (kept.pk, second["id"]),
        }
        assert derived_again() == completions()

    def test_one_that_is_voided_afterwards_is_gone(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        kept, gone = both
        wrong, right = says(gone.uid, module), says(kept.uid, module)
        merged(kept, gone)
        statements_store(statements=[voiding(wrong)], source=PLATFORM)
        assert [str(row[-1]) for row in completions()] == [right]
        assert derived_again() == completions()

    def test_an_old_uid_of_an_old_uid(self, module: Trainable) -> None:
        first, second, third = PersonFactory.create_batch(3)
        old = first.uid
        merged(second, first)
        merged(third, second)
        says(old, module)
        assert [row[0] for row in completions()] == [third.pk]
        assert derived_again() == completions()

    def test_she_is_given_those_of_both(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        kept, gone = both
        said = {says(one.uid, module) for one in both}
        says(PersonFactory().uid, module)
        merged(kept, gone)
        given = statements_of(subject_of_person(kept)).values_list("statement_id", flat=True)
        assert {str(one) for one in given} == said


class TestDeclared:
    HELD = dt.datetime(2026, 10, 2, 13, tzinfo=dt.UTC)

    def declare(self, module: Trainable, *people: Person) -> list[DeclaredCompletion]:
        head = PersonFactory(with_account=True)
        made = completions_declare(
            declarations=[Declaration(one, module, self.HELD) for one in people],
            provenance=Provenance.PAPER,
            instructor=head,
            actor=head.user,
            now=timezone.now(),
            about="x",
        )
        return made.rows

    def test_of_one_thing_said_of_both_one_declaration_stands(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        kept, gone = both
        mine, twice = self.declare(module, kept, gone)
        merged(kept, gone)
        twice.refresh_from_db()
        assert twice.withdrawn_at is not None
        assert [row.pk for row in DeclaredCompletion.objects.standing()] == [mine.pk]
        assert len(completions()) == 1
        assert derived_again() == completions()

    def test_declaring_it_again_changes_nothing(
        self, both: tuple[Person, Person], module: Trainable
    ) -> None:
        kept, gone = both
        self.declare(module, gone)
        merged(kept, gone)
        before = completions()
        self.declare(module, kept)
        assert completions() == before

    def test_on_the_list_of_a_team_twice_is_once(self) -> None:
        hospital = Hospital(people=2)
        kept, gone = hospital.team
        session = hospital.session()
        for one in (kept, gone):
            Attendance.objects.create(
                session=session, person=one, how="ticked", added_at=timezone.now()
            )
        team_session_close(session=session, user=hospital.head, now=timezone.now())
        merged(kept, gone)
        row = session.attendance.get()
        assert row.person == kept
        assert row.declaration.withdrawn_at is None
        assert [one[0] for one in completions()] == [kept.pk]


class TestSessions:
    def begun(self, person: Person, module: Any, done: int) -> LearningSession:
        now = timezone.now()
        session = session_open(learner=Learner(person=person), module=module, now=now)
        for lesson in lessons(module)[:done]:
            lesson_complete(session=session, lesson=lesson, now=now)
        return session

    @pytest.mark.parametrize("further", [0, 1])
    def test_in_the_middle_twice_she_goes_on_where_she_is_further(
        self, both: tuple[Person, Person], further: int
    ) -> None:
        kept, gone = both
        module = make_module(3)
        sessions = [
            self.begun(one, module, 2 if number == further else 1)
            for number, one in enumerate(both)
        ]
        merged(kept, gone)
        now = timezone.now()
        current = session_open(learner=Learner(person=kept), module=module, now=now)
        assert current == sessions[further]
        aside = LearningSession.objects.get(pk=sessions[1 - further].pk)
        assert (aside.person, aside.set_aside_at is not None) == (kept, True)
        last: LessonPage = lessons(module)[-1]
        lesson_complete(session=current, lesson=last, now=now)
        assert [one[0] for one in completions()] == [kept.pk]
        assert derived_again() == completions()

    def test_what_is_under_way_goes_on_under_her_uid(self, both: tuple[Person, Person]) -> None:
        kept, gone = both
        module = make_module(2)
        session = self.begun(gone, module, 1)
        merged(kept, gone)
        now, last = timezone.now(), lessons(module)[-1]
        current = session_open(learner=Learner(person=kept), module=module, now=now)
        assert current == session
        lesson_complete(session=current, lesson=last, now=now)
        said = Statement.objects.get(statement_id=Completion.objects.get().statement_id)
        assert loads(said.payload)["actor"]["account"]["name"] == str(kept.uid)

    def test_who_came_in_by_a_code_stays_in(self, both: tuple[Person, Person]) -> None:
        kept, gone = both
        request = RequestFactory().get("/")
        client = Client()
        request.session = client.session
        request.session[SESSION_PERSON] = str(gone.uid)
        merged(kept, gone)
        assert person_of_request(request) == kept

    def test_a_page_that_was_open_meanwhile_is_still_hers(
        self, both: tuple[Person, Person]
    ) -> None:
        """It says whom it was made for; nothing that she did on it is lost."""
        kept, gone = both
        gone.user = AccountFactory()
        gone.save()
        module = make_module(1)
        [lesson] = lessons(module)
        client = Client()
        client.force_login(gone.user, backend="django.contrib.auth.backends.ModelBackend")
        client.post(f"/apprendre/module/{module.trainable.uid}/commencer/")
        merged(kept, gone)
        for made_for, done in ((PersonFactory().uid, 0), (gone.uid, 1)):
            client.post(f"/apprendre/lecon/{lesson.uid}/terminer/", {"learner": str(made_for)})
            assert Completion.objects.filter(person=kept).count() == done

    def test_answers_are_hers(self, both: tuple[Person, Person]) -> None:
        kept, gone = both
        Attempt.objects.create(
            actor=gone.uid,
            quiz_uid=uuid.uuid4(),
            context_key="x",
            registration=uuid.uuid4(),
            pass_mark=80,
            questions=[],
            started_at=timezone.now(),
        )
        merged(kept, gone)
        assert Attempt.objects.get().actor == kept.uid


class TestMeetings:
    def twice(self, meeting: Any) -> tuple[Registration, Registration]:
        mine, theirs = joined(meeting), joined(meeting)
        return mine, theirs

    def merge(self, mine: Registration, theirs: Registration) -> None:
        merged(mine.person, theirs.person, is_account_emptied=True)
        for one in (mine, theirs):
            one.refresh_from_db()

    def test_one_registration_stands_and_the_seat_is_the_next_ones(self) -> None:
        meeting = meeting_made(capacity=2)
        mine, theirs = self.twice(meeting)
        waiting = joined(meeting)
        assert waiting.state == RegistrationState.WAITING
        self.merge(mine, theirs)
        waiting.refresh_from_db()
        assert (mine.state, theirs.state) == (
            RegistrationState.CONFIRMED,
            RegistrationState.CANCELLED,
        )
        assert waiting.state == RegistrationState.CONFIRMED
        assert theirs.person == mine.person
        assert theirs.account == mine.account

    def test_a_seat_is_better_than_a_place_in_line(self) -> None:
        meeting = meeting_made(capacity=1)
        theirs, mine = joined(meeting), joined(meeting)
        self.merge(mine, theirs)
        assert (theirs.state, mine.state) == (
            RegistrationState.CONFIRMED,
            RegistrationState.CANCELLED,
        )

    def test_there_twice_was_there_once(self) -> None:
        meeting = running(
            counts_for=Trainable.objects.create(title="Venir", kind=TrainableKind.MEETING)
        )
        mine, theirs = (joined_at_door(meeting) for _ in range(2))
        attendance_record(
            meeting=meeting,
            registrations=[mine, theirs],
            how=How.LISTED,
            now=timezone.now(),
            actor=AccountFactory(),
        )
        self.merge(mine, theirs)
        assert MeetingAttendance.objects.standing().get().registration == mine
        assert [row[0] for row in completions()] == [mine.person_id]
        assert derived_again() == completions()

    def test_where_she_was_is_what_stands(self) -> None:
        meeting = running()
        mine, theirs = (joined_at_door(meeting) for _ in range(2))
        attendance_record(
            meeting=meeting,
            registrations=[theirs],
            how=How.LISTED,
            now=timezone.now(),
            actor=AccountFactory(),
        )
        self.merge(mine, theirs)
        assert mine.state == RegistrationState.CANCELLED
        assert MeetingAttendance.objects.standing().get().registration == theirs
        assert theirs.person == mine.person

    @pytest.mark.parametrize("has_one", [False, True])
    def test_the_address_of_her_calendar(self, has_one: bool) -> None:
        meeting = meeting_made()
        mine, theirs = joined(meeting), joined(meeting_made())
        now = timezone.now()
        feed = CalendarFeed.objects.create(account=theirs.account, created_at=now)
        if has_one:
            CalendarFeed.objects.create(account=mine.account, created_at=now)
        self.merge(mine, theirs)
        assert CalendarFeed.objects.filter(uid=feed.uid, account=mine.account).exists() != has_one
        assert CalendarFeed.objects.count() == 1

    def test_what_the_emptied_account_registered_by_its_address(self) -> None:
        meeting = meeting_made()
        user, other = account(), account()
        kept, gone = PersonFactory(user=user), PersonFactory(user=other)
        guest = Registration.objects.create(
            meeting=meeting,
            state=RegistrationState.CONFIRMED,
            email=other.email,
            first_name="Anne",
            created_at=timezone.now(),
            confirmed_at=timezone.now(),
        )
        merged(kept, gone, is_account_emptied=True)
        guest.refresh_from_db()
        assert (guest.person, guest.state) == (kept, RegistrationState.CONFIRMED)
        assert guest.first_name == "Anne"


def joined_at_door(meeting: Any) -> Registration:
    return Registration.objects.create(
        meeting=meeting,
        person=person_made(user=account()),
        state=RegistrationState.CONFIRMED,
        created_at=timezone.now(),
        confirmed_at=timezone.now(),
    )
