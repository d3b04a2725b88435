"""Nothing that refers to a person is forgotten: a new column fails here until somebody says what
becomes of it when two rows turn out to be one person."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from courses.models import Attendance, LearningSession, TeamSession
from documents.enums import WorkState
from meetings.enums import RegistrationState
from notifications.models import Delivery, Unsubscription
from organisation.enums import ChangeKind, CodeKind, IdentifierKind
from organisation.models import (
    AccessCode,
    Person,
    PersonAlias,
    PersonIdentifier,
    RosterChange,
    RosterImport,
)
from quizzes.models import Attempt
from tests.consistency.rooms import levels
from tests.meetings.factories import registration
from tests.meetings.registrations.making import meeting_made
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    PersonFactory,
)
from tests.reporting.factories import CompletionFactory, TrainableFactory
from training.enums import Provenance
from training.models import Attestation, DeclaredCompletion

from .making import NOW, merged

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _declared(**people: Person) -> DeclaredCompletion:
    return DeclaredCompletion.objects.create(
        **{"person": PersonFactory(), "instructor": PersonFactory(), **people},
        trainable=TrainableFactory(),
        completed_at=NOW,
        provenance=Provenance.PAPER,
        batch=uuid.uuid4(),
        declared_at=NOW,
        withdrawn_at=NOW if "withdrawn_by" in people else None,
    )


def _team_session(leader: Person) -> TeamSession:
    return TeamSession.objects.create(
        trainable=TrainableFactory(),
        led_by=AccountFactory(),
        leader=leader,
        establishment=EstablishmentFactory(),
        held_at=NOW,
    )


def _roster_change(person: Person) -> RosterChange:
    roster = RosterImport.objects.create(
        establishment=EstablishmentFactory(),
        as_of=NOW.date(),
        file_name="liste.csv",
        sha256="0" * 64,
        state=WorkState.READY,
        requested_at=NOW,
    )
    return RosterChange.objects.create(
        roster=roster, kind=ChangeKind.NEW, key="1", name="X", person=person
    )


MAKERS: dict[str, Callable[[Person], models.Model]] = {
    "courses.LearningSession.person": lambda who: LearningSession.objects.create(
        person=who, trainable=TrainableFactory(), started_at=NOW
    ),
    "courses.TeamSession.leader": _team_session,
    "courses.Attendance.person": lambda who: Attendance.objects.create(
        session=_team_session(PersonFactory()), person=who, how="ticked", added_at=NOW
    ),
    "meetings.Registration.person": lambda who: registration(
        meeting_made(), RegistrationState.CONFIRMED, person=who
    ),
    "training.Completion.person": lambda who: CompletionFactory(person=who),
    "training.DeclaredCompletion.person": lambda who: _declared(person=who),
    "training.DeclaredCompletion.instructor": lambda who: _declared(instructor=who),
    "training.DeclaredCompletion.withdrawn_by": lambda who: _declared(withdrawn_by=who),
    "training.Attestation.person": lambda who: Attestation.objects.create(
        person=who,
        trainable=TrainableFactory(),
        title="T",
        completed_at=NOW,
        statement_id=uuid.uuid4(),
        code=uuid.uuid4().hex[:12],
        issued_at=NOW,
    ),
    "organisation.PersonAlias.person": lambda who: PersonAlias.objects.create(
        uid=uuid.uuid4(), person=who, merged_at=NOW
    ),
    "organisation.PersonIdentifier.person": lambda who: PersonIdentifier.objects.create(
        person=who, kind=IdentifierKind.HR, establishment=EstablishmentFactory(), value="1"
    ),
    "organisation.Appointment.person": lambda who: AppointmentFactory(person=who),
    "organisation.AccessCode.person": lambda who: AccessCode.objects.create(
        person=who,
        kind=CodeKind.SHOWN,
        digest=uuid.uuid4().hex,
        issued_by=AccountFactory(),
        issued_at=NOW,
        expires_at=NOW + dt.timedelta(hours=1),
    ),
    "organisation.RosterChange.person": _roster_change,
}

BY_UID: dict[str, Callable[[uuid.UUID], models.Model]] = {
    "quizzes.Attempt.actor": lambda uid: Attempt.objects.create(
        actor=uid,
        quiz_uid=uuid.uuid4(),
        context_key="x",
        registration=uuid.uuid4(),
        pass_mark=80,
        questions=[],
        started_at=NOW,
    ),
    "notifications.Delivery.recipient": lambda uid: Delivery.objects.create(
        recipient=uid, key=uuid.uuid4().hex, expires_at=NOW
    ),
    "notifications.Unsubscription.recipient": lambda uid: Unsubscription.objects.create(
        recipient=uid, category="x"
    ),
}

BY_NUMBER = {"reporting.CountedPerson.person", "reporting.LedgerChange.person"}
"""The ledger's: it forgets who has no rows any more when it is told (`tests/reporting/ledger`)."""

OF_NO_PERSON = {
    *("block_id", "lesson_uid", "quiz_uid", "question_uid", "match_uid"),
    *("registration", "lease_token", "statement_id", "batch", "target", "place"),
}
"""What other columns of this kind hold."""


GOES_AWAY = {"organisation.PeopleApart.first", "organisation.PeopleApart.second"}
"""What is said of two rows is over when one of them goes (`test_apart`)."""


def referring(model: type[models.Model]) -> set[str]:
    return {
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in model._meta.get_fields(include_hidden=True)
        if one.auto_created and one.is_relation and not one.concrete
    }


def test_every_column_that_points_at_a_person_is_known() -> None:
    assert referring(Person) == {*MAKERS, *GOES_AWAY}


def test_every_column_that_holds_a_persons_uid_or_number_is_known() -> None:
    suspicious = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if model._meta.app_label in levels()
        and not field.is_relation
        and field.name not in {"uid", *OF_NO_PERSON}
        and (isinstance(field, models.UUIDField) or field.name in {"person", "actor", "recipient"})
    }
    assert suspicious == {*BY_UID, *BY_NUMBER}


@pytest.mark.parametrize("column", MAKERS)
def test_what_points_at_her_goes_over(column: str) -> None:
    kept, gone = PersonFactory(), PersonFactory()
    name = column.rsplit(".", 1)[1]
    row = MAKERS[column](gone)
    merged(kept, gone)
    row.refresh_from_db()
    assert getattr(row, name) == kept
    assert not Person.objects.filter(uid=gone.uid).exists()


@pytest.mark.parametrize("column", MAKERS)
def test_what_both_have_goes_together(column: str) -> None:
    """Whatever the constraints, when nothing is the same in both rows."""
    kept, gone = PersonFactory(), PersonFactory()
    rows = [MAKERS[column](one) for one in (kept, gone)]
    merged(kept, gone)
    name = column.rsplit(".", 1)[1]
    held = type(rows[0])._default_manager.filter(**{name: kept})
    assert {row.pk for row in rows} <= set(held.values_list("pk", flat=True))


@pytest.mark.parametrize("column", BY_UID)
def test_what_holds_her_uid_goes_over(column: str) -> None:
    kept, gone = PersonFactory(), PersonFactory()
    row = BY_UID[column](gone.uid)
    merged(kept, gone)
    row.refresh_from_db()
    assert getattr(row, column.rsplit(".", 1)[1]) == kept.uid


def test_what_both_want_no_more_is_said_once() -> None:
    kept, gone = PersonFactory(), PersonFactory()
    for one in (kept, gone):
        Unsubscription.objects.create(recipient=one.uid, category="x")
    Unsubscription.objects.create(recipient=gone.uid, category="y")
    merged(kept, gone)
    found = Unsubscription.objects.values_list("recipient", "category")
    assert sorted(found) == sorted([(kept.uid, "x"), (kept.uid, "y")])


GOES_OVER = {
    "meetings.Registration.account": "the meetings that it registered for are hers",
    "meetings.CalendarFeed.account": "the address of her calendar goes on working",
    "organisation.Person.user": "where only one of the two has an account it is hers",
}
STAYS = {
    # Who did what is answered for by the account that did it.
    "users.AuditEntry.actor",
    "users.ErasureRequest.user",
    "organisation.AccessCode.issued_by",
    "organisation.AccessRequest.decided_by",
    "organisation.PeopleApart.decided_by",
    "organisation.AccessRequest.user",
    "organisation.Grant.granted_by",
    "organisation.RosterImport.requested_by",
    "organisation.HeadcountImport.requested_by",
    "training.Retraining.decided_by",
    "training.AttestationArchive.requested_by",
    "campaign_assets.Adaptation.created_by",
    "campaign_assets.BrandState.saved_by",
    "campaign_assets.AssetPage.reviewer",
    "meetings.Meeting.cancelled_by",
    "meetings.MeetingAttendance.recorded_by",
    "meetings.MeetingAttendance.withdrawn_by",
    "meetings.OrganiserMessage.sent_by",
    "courses.TeamSession.led_by",
    "content.SiteImage.uploaded_by_user",
    "content.Video.uploaded_by_user",
    "lrs.Replay.created_by",
    "reporting.EvidenceFile.requested_by",
    "reporting.Objective.ended_by",
    "reporting.Objective.set_by",
    "reporting.Reminding.asked_by",
    # Rights are given one by one: an account that holds some is not emptied.
    "organisation.Grant.user",
    "users.User_groups.user",
    "users.User_user_permissions.user",
    # They end with the account, as when its holder has it erased.
    "reporting.AccessKey.user",
    "reporting.MonthlyReport.user",
}


def test_every_column_that_points_at_an_account_is_known() -> None:
    """Of our own rooms; what other packages keep of an account, erasing it looks after."""
    ours = {one for one in referring(get_user_model()) if one.split(".")[0] in levels()}
    assert ours == {*GOES_OVER, *STAYS}
