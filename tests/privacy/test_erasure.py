"""Erasing somebody: the identity goes from every table, the figures of past days stay."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from documents.enums import WorkState
from lrs.identifiers import account_agent
from lrs.keys import agent_key
from lrs.models import Document
from lrs.services import PLATFORM, projections_rebuild, statements_store
from meetings.mails import confirmed_tell
from meetings.models import Registration
from notifications.models import Delivery, Unsubscription
from organisation.enums import ChangeKind, GrantRight, IdentifierKind, RosterStage
from organisation.models import (
    AccessRequest,
    Establishment,
    Grant,
    Person,
    PersonIdentifier,
    RosterChange,
    RosterImport,
)
from organisation.privacy import subject_of_account, subject_of_person
from organisation.roles_of_access import RoleKey
from reporting.models import CoverageSnapshot
from reporting.selectors.coverage import coverage_of_establishment
from reporting.services import snapshots_freeze
from tests.meetings.registrations.making import meeting_made, soon
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    GrantFactory,
)
from tests.training.test_projectors import completed
from training.models import Completion, Trainable
from training.services import requirement_create
from users.models import AuditEntry, User
from users.privacy.erasure import (
    erasure_ask,
    erasure_withdraw,
    erasures_due,
    subject_erase,
)

SURNAME, FIRST, RPPS, HR = "Quimperlé-Zwart", "Maëlys-Oriane", "10101234567", "MAT-90817"
ADDRESS, OTHER = "m.quimperle@hopital.test", "maelys.zwart@courriel.test"
TRACES = (SURNAME, FIRST, RPPS, HR, ADDRESS, OTHER, "203.0.113.77", "cadre de nuit à Quimper")


def everything_in_the_database() -> Iterator[tuple[str, str]]:
    """(table, row as text) of every table, whether a model stands for it or not."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield (
                    table,
                    " ".join(
                        bytes(value).decode("utf-8", "replace")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                        for value in row
                    ),
                )


def tables_with_traces() -> set[str]:
    escaped = [json.dumps(trace)[1:-1] for trace in TRACES]
    return {
        table
        for table, text in everything_in_the_database()
        if any(trace in text for trace in (*TRACES, *escaped))
    }


PAST = dt.date(2026, 6, 30)


@pytest.fixture
def house(db: None) -> Establishment:
    """Seven people with a training that is required of them; some took it, by statements."""
    house: Establishment = EstablishmentFactory()
    people = [
        AppointmentFactory(establishment=house, starts_on=dt.date(2026, 1, 1)).person
        for _ in range(7)
    ]
    training = Trainable.objects.create(title="Reconnaître un courriel piégé")
    requirement_create(trainable=training, starts_on=dt.date(2026, 1, 1), place=house)
    said = [
        completed(person.uid, training.uid, timestamp="2026-03-02T09:00:00Z")
        for person in people[:4]
    ]
    statements_store(statements=said, source=PLATFORM)
    snapshots_freeze(month_end=PAST)
    return house


@pytest.fixture
def somebody(house: Establishment) -> User:
    """One of those who took it, with a name of her own in every table that can hold one."""
    now = timezone.now()
    user = AccountFactory(email=ADDRESS, last_name=SURNAME, first_name=FIRST)
    person = Completion.objects.order_by("pk").first().person  # type: ignore[union-attr]
    for email in (ADDRESS, OTHER):
        EmailAddress.objects.create(user=user, email=email, verified=True)
    person.last_name, person.first_name, person.email = SURNAME, FIRST, ADDRESS
    person.user = user
    person.save()
    PersonIdentifier.objects.create(person=person, kind=IdentifierKind.RPPS, value=RPPS)
    PersonIdentifier.objects.create(
        person=person, kind=IdentifierKind.HR, establishment=house, value=HR
    )
    SocialAccount.objects.create(
        user=user, provider="psc", uid=RPPS, extra_data={"family_name": SURNAME}
    )
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = Client(REMOTE_ADDR="203.0.113.77")
    client.force_login(user, backend="organisation.backends.AccountBackend")
    client.get("/mon-espace/")
    AccessRequest.objects.create(
        user=user,
        establishment=house,
        role=RoleKey.MANAGER,
        function="cadre de nuit à Quimper",
        message=f"Je suis {FIRST}",
        requested_at=now,
    )
    GrantFactory(
        user=user, right=GrantRight.READ_COVERAGE, scope="establishment", establishment=house
    )
    Delivery.objects.create(
        recipient=person.uid, address=ADDRESS, subject=f"Bonjour {FIRST}", category="x", key="k1",
        expires_at=now,
    )  # fmt: skip
    Unsubscription.objects.create(recipient=person.uid, category="x")
    roster = RosterImport.objects.create(
        establishment=house, as_of=now.date(), file_name="liste.csv", sha256="0" * 64,
        requested_at=now, applied_at=now, stage=RosterStage.APPLIED, state=WorkState.READY,
    )  # fmt: skip
    roster.lines.create(number=2, values={"last_name": SURNAME, "rpps": RPPS})
    roster.lines.create(number=3, values={"last_name": "Somebody else"})
    RosterChange.objects.create(
        roster=roster, kind=ChangeKind.CHANGED, key=HR, name=SURNAME, person=person, lines=[2],
        effects={"fields": {"last_name": ["x", SURNAME]}},
    )  # fmt: skip
    state_document(person)
    meetings_of(user, person)
    return user


def meetings_of(user: User, person: Person) -> None:
    """One as herself and one by an address of hers, with the mails that she got."""
    for email, fields in ((ADDRESS, {"person": person, "account": user}), (OTHER, {})):
        own = Registration.objects.create(
            meeting=meeting_made(starts_at=soon()), state="confirmed", email=email,
            first_name=FIRST, last_name=SURNAME, needs=f"note de {FIRST}",
            created_at=timezone.now(), confirmed_at=timezone.now(), **fields,
        )  # fmt: skip
        confirmed_tell(own)


def state_document(person: Person) -> None:
    agent = agent_key(account_agent(person.uid))
    Document.objects.create(
        key="d1", kind="state", activity_key="https://example.org/a", agent_key=agent,
        document_id="bookmark", content=f"note de {FIRST}".encode(), content_type="text/plain",
        etag="e", updated=timezone.now(),
    )  # fmt: skip


def erase(user: User) -> None:
    subject_erase(subject=subject_of_account(user), actor=None, now=timezone.now(), why="asked")


@pytest.mark.database
def test_the_identity_goes_and_past_figures_stay(house: Establishment, somebody: User) -> None:
    person = Person.objects.get(user=somebody)
    held = tables_with_traces()
    assert len(held) >= 10, held
    today = timezone.localdate()
    figures = coverage_of_establishment(establishment=house, day=PAST).table.cells
    assert coverage_of_establishment(establishment=house, day=today).table.total.expected == 7
    frozen = list(CoverageSnapshot.objects.order_by("pk").values())
    learnt = set(Completion.objects.values_list("person", "trainable", "completed_at"))

    erase(somebody)

    assert tables_with_traces() == set()
    person.refresh_from_db()
    assert (str(person), person.user) == ("identité effacée", None)
    # The past: recomputed, frozen, and rebuilt from the statements.
    assert coverage_of_establishment(establishment=house, day=PAST).table.cells == figures
    assert list(CoverageSnapshot.objects.order_by("pk").values()) == frozen
    Completion.objects.all().delete()
    projections_rebuild()
    assert set(Completion.objects.values_list("person", "trainable", "completed_at")) == learnt
    assert coverage_of_establishment(establishment=house, day=PAST).table.cells == figures
    # From today on nobody expects her.
    assert coverage_of_establishment(establishment=house, day=today).table.total.expected == 6
    # What she had ends; others' lines stay.
    assert not Grant.objects.at(today).filter(user=somebody).exists()
    assert AccessRequest.objects.get(user=somebody).state == "withdrawn"
    assert Delivery.objects.get(key="k1").state == "skipped"
    assert "Somebody else" in str(list(RosterImport.objects.get().lines.values("values")))
    entry = AuditEntry.objects.get(action="identity.erase")
    assert (entry.target, entry.details) == (f"person:{person.uid}", {"why": "asked"})


def test_nobody_signs_in_as_her_and_her_sessions_are_over(somebody: User) -> None:
    client = Client()
    client.force_login(somebody, backend="organisation.backends.AccountBackend")
    assert client.get("/mon-espace/").status_code == 200
    erase(somebody)
    assert client.get("/mon-espace/").status_code == 302
    assert not Client().login(email=ADDRESS, password="vigilance")
    reset = Client().post("/accounts/password/reset/", {"email": ADDRESS})
    assert reset.status_code == 302
    assert not [one for one in mail.outbox if ADDRESS in one.to and "/reset/key/" in one.body]


def test_twice_is_harmless(somebody: User) -> None:
    erase(somebody)
    before = sorted(everything_in_the_database())
    erase(User.objects.get(pk=somebody.pk))
    gone = {table for table, _row in set(everything_in_the_database()) ^ set(before)}
    assert gone <= {"users_auditentry", "users_user", "sqlite_sequence"}  # the password's new salt


def test_somebody_without_an_account_is_erased_too(house: Establishment) -> None:
    person = Completion.objects.order_by("pk").first().person  # type: ignore[union-attr]
    person.last_name = SURNAME
    person.save()
    subject_erase(subject=subject_of_person(person), actor=None, now=timezone.now(), why="office")
    assert tables_with_traces() == set()


def test_the_hospitals_next_list_finds_nobody_to_match(somebody: User) -> None:
    """She is new to it: nothing leads from her number back to what she learnt."""
    erase(somebody)
    assert not PersonIdentifier.objects.filter(value__in=[RPPS, HR]).exists()
    assert not Person.objects.filter(email=ADDRESS).exists()


def test_an_error_on_the_way_erases_nothing(
    somebody: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables_with_traces()
    monkeypatch.setattr(User, "set_unusable_password", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        erase(somebody)
    assert tables_with_traces() == before


# Asked for by its holder ---------------------------------------------------------------------


def test_what_is_asked_is_done_after_a_week_unless_withdrawn(somebody: User) -> None:
    now = timezone.now()
    first = erasure_ask(user=somebody, now=now)
    assert erasure_ask(user=somebody, now=now + dt.timedelta(days=1)) == first
    assert erasures_due(now - dt.timedelta(days=7)) == 0
    assert erasure_withdraw(user=somebody, now=now) is True
    assert erasure_withdraw(user=somebody, now=now) is False
    assert erasures_due(now + dt.timedelta(seconds=1)) == 0
    erasure_ask(user=somebody, now=now)
    assert erasures_due(now + dt.timedelta(seconds=1)) == 1
    assert tables_with_traces() == set()
    assert erasures_due(now + dt.timedelta(days=9)) == 0
    acts = AuditEntry.objects.filter(action__contains="eras").order_by("pk")
    assert [one.action for one in acts] == [
        "erasure.ask", "erasure.withdraw", "erasure.ask", "identity.erase",
    ]  # fmt: skip


def test_the_last_administrator_cannot_leave_the_site_alone(db: None) -> None:
    admin = AccountFactory(is_superuser=True)
    with pytest.raises(ValidationError, match="seul à administrer"):
        erasure_ask(user=admin, now=timezone.now())
    AccountFactory(is_superuser=True)
    assert erasure_ask(user=admin, now=timezone.now())
