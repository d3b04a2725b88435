"""The retention periods run by themselves, delete what is over, keep the rest, and say so."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.utils import timezone

from organisation.enums import CodeKind
from organisation.models import AccessCode, Person
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    GrantFactory,
    PersonFactory,
)
from users.models import AUDIT_KEPT, AuditEntry, RetentionRun, RetentionTimer, User
from users.privacy import retention
from users.privacy.registry import Retention, retention_of, retentions
from users.privacy.retention import retention_apply, retention_states, retention_wake
from users.services import audit_record

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def forget(key: str, now: dt.datetime) -> int:
    rule = retention_of(key)
    return rule.forget(now - rule.kept)


def test_every_rule_runs_and_says_what_it_did() -> None:
    now = timezone.now()
    runs = retention_apply(now=now)
    assert [run.rule for run in runs] == [rule.key for rule in retentions()]
    assert not [run.error for run in runs if run.error]
    states = retention_states()
    assert {state.rule.key: state.last.at for state in states if state.last} == dict.fromkeys(
        [rule.key for rule in retentions()], now
    )
    retention_apply(now=now + DAY)
    assert all(one.last and one.last.at == now + DAY for one in retention_states())


def test_a_rule_that_fails_stops_no_other_and_fails_the_timer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(before: dt.datetime) -> int:
        raise OSError("disk")

    rules = [Retention("broken", "x", 1, broken), retention_of("sessions")]
    monkeypatch.setattr(retention, "retentions", lambda: rules)
    out = StringIO()
    with pytest.raises(CommandError, match="failed: broken"):
        call_command("apply_retention", stdout=out)
    assert "OSError: disk" in out.getvalue()
    assert RetentionRun.objects.get(rule="sessions").count == 0


def test_one_run_is_queued_for_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-in wakes the chain; hundreds of them queue one task."""
    queued: list[dt.datetime] = []

    class Task:
        backend = "default"

        def using(self, run_after: dt.datetime) -> Any:
            queued.append(run_after)
            return self

        def enqueue(self) -> None: ...

    class Backend:
        supports_defer = True

    monkeypatch.setattr("users.tasks.retention_run", Task())
    monkeypatch.setattr(retention, "task_backends", {"default": Backend()})
    evening = dt.datetime(2026, 11, 29, 20, 0, tzinfo=dt.UTC)
    retention_wake(evening)
    retention_wake(evening + dt.timedelta(hours=1))
    assert queued == [dt.datetime(2026, 11, 30, 2, 0, tzinfo=dt.UTC)]  # three o'clock in Paris
    retention_wake(queued[0])
    assert queued[1:] == [dt.datetime(2026, 12, 1, 2, 0, tzinfo=dt.UTC)]
    assert RetentionTimer.objects.get().at == queued[-1]


def test_sessions_that_are_over() -> None:
    now = timezone.now()
    user = AccountFactory()
    for key, ends in (("old", now - 2 * DAY), ("open", now + DAY)):
        Session.objects.create(session_key=key, session_data="x", expire_date=ends)
        UserSession.objects.create(
            user=user, session_key=key, ip="192.0.2.1", user_agent="x", last_seen_at=now - 2 * DAY
        )
    assert forget("sessions", now) == 1
    assert [one.session_key for one in UserSession.objects.all()] == ["open"]


def test_codes_that_expired_long_ago() -> None:
    now = timezone.now()
    person, by = PersonFactory(), AccountFactory()
    for digest, days in (("old", 91), ("fresh", 89)):
        ends = now - days * DAY
        AccessCode.objects.create(
            person=person, kind=CodeKind.values[0], digest=digest, issued_by=by,
            issued_at=ends - DAY, expires_at=ends,
        )  # fmt: skip
    assert forget("codes", now) == 1
    assert AccessCode.objects.get().digest == "fresh"


def test_those_who_left_five_years_ago_and_only_those() -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    long_ago, lately = today - dt.timedelta(days=1826), today - dt.timedelta(days=1800)
    start = dt.date(2015, 1, 1)
    gone, left, back, manager = (
        AppointmentFactory(starts_on=start, ends_on=ends, person__last_name="Nom").person
        for ends in (long_ago, lately, long_ago, long_ago)
    )
    AppointmentFactory(person=back, starts_on=today)
    manager.user = AccountFactory(last_login=now)  # she works for her region now
    manager.save()
    never = PersonFactory(last_name="Nom")
    assert forget("leavers", now) == 1
    assert forget("leavers", now) == 0
    named = set(Person.objects.exclude(last_name="").values_list("pk", flat=True))
    assert named == {one.pk for one in (left, back, manager, never)}
    assert AuditEntry.objects.get(action="identity.erase").details == {"why": "left"}
    assert gone.pk not in named


def test_accounts_of_an_address_that_nobody_proved() -> None:
    now = timezone.now()
    old = now - 31 * DAY

    def account(*, verified: bool = False, **fields: Any) -> User:
        user: User = AccountFactory(date_joined=fields.pop("date_joined", old), **fields)
        EmailAddress.objects.create(user=user, email=user.email, verified=verified)
        return user

    typed = account()
    kept = [
        account(verified=True),
        account(date_joined=now),
        account(last_login=old),
        account(is_staff=True),
        GrantFactory(user=account()).user,
        PersonFactory(user=account()).user,
    ]
    assert forget("unproved", now) == 1
    assert set(User.objects.filter(pk__in=[typed.pk, *(one.pk for one in kept)])) == set(kept)


@pytest.mark.database
def test_the_audit_log_goes_after_its_time_and_not_a_day_before(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    entries = []
    for days in (AUDIT_KEPT.days + 1, AUDIT_KEPT.days - 1):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda days=days: now - days * DAY)
            entries.append(audit_record(actor=None, action="grant.give", target="x"))
    assert forget("audit", now) == 1
    assert [one.pk for one in AuditEntry.objects.all()] == [entries[1].pk]
    # A shorter period set by an operator is refused by the database.
    settings.RETENTION_DAYS = {"audit": 30}
    rule = retention_of("audit")
    with pytest.raises(DatabaseError, match="an audit entry is final"), transaction.atomic():
        rule.forget(now - rule.kept)
