"""The life of a credential, and how it is recognised."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lrs.enums import CredentialState
from lrs.models import Credential
from lrs.selectors import credential_by_key
from lrs.services import (
    credential_authenticate,
    credential_create,
    credential_revoke,
    credential_rotate,
    credential_update,
    source_of,
    statements_store,
)
from tests.lrs.factories import statement
from users.models import AuditEntry, User

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def make(**fields: Any) -> tuple[Credential, str]:
    return credential_create(**{"name": "LMS", "scope": "all", **fields})


def is_known(credential: Credential, secret: str) -> bool:
    return credential_authenticate(key=credential.key, secret=secret) == credential


def update(credential: Credential, **changes: Any) -> Credential:
    fields = ("name", "scopes", "is_trusted", "establishment_scope", "expires_at")
    now = {name: getattr(credential, name) for name in fields}
    return credential_update(credential=credential, actor=None, **{**now, **changes})


class TestMaking:
    def test_secret_is_not_kept(self) -> None:
        credential, secret = make()
        credential.refresh_from_db()
        assert secret not in {str(value) for value in vars(credential).values()}
        assert len(secret) >= 43
        assert AuditEntry.objects.get().target == credential.key

    def test_several_scopes_stand_in_the_order_of_the_standard(self) -> None:
        credential, _secret = make(scope="state", scopes=["profile", "statements/write", "state"])
        assert Credential.objects.get().scopes == ["statements/write", "state", "profile"]
        assert credential.scope_labels[0] == "Écrire des traces"

    @pytest.mark.parametrize(
        "fields",
        [
            {"scope": "everything"},
            {"scope": None},
            {"scope": None, "scopes": []},
            {"scope": "all/read", "is_trusted": True},
            {"scope": None, "scopes": ["statements/read", "state"], "is_trusted": True},
            {"expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
            {"name": ""},
        ],
    )
    def test_impossible_credentials_are_refused(self, fields: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            make(**fields)
        assert not AuditEntry.objects.exists()

    @pytest.mark.parametrize("scopes", [["statements/write"], ["state", "all"]])
    def test_who_writes_may_be_trusted(self, scopes: list[str]) -> None:
        assert make(scope=None, scopes=scopes, is_trusted=True)[0].is_trusted

    def test_one_form_makes_one_credential(self) -> None:
        uid = uuid.uuid4()
        make(uid=uid)
        with pytest.raises(ValidationError):
            make(uid=uid)

    @pytest.mark.database
    @pytest.mark.parametrize(
        "wrong",
        [
            {"is_trusted": True},
            {"revocation_reason": "Perdu"},
            {"revoked_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
            {"previous_secret_hash": "x"},
        ],
    )
    def test_the_database_refuses_what_cannot_be(self, wrong: dict[str, Any]) -> None:
        make(scope=None, scopes=["all/read", "statements/read"])
        with pytest.raises(IntegrityError), transaction.atomic():
            Credential.objects.update(**wrong)


class TestRecognising:
    def test_by_key_and_secret(self) -> None:
        credential, secret = make()
        assert is_known(credential, secret)
        assert not is_known(credential, secret + "x")
        assert not is_known(credential, "")
        assert credential_authenticate(key="x", secret=secret) is None

    def test_one_query_by_the_unique_key(self, django_assert_num_queries: Any) -> None:
        credential, secret = make()
        assert is_known(credential, secret)  # notes its use
        counts: DjangoAssertNumQueries = django_assert_num_queries
        queries = 0 if connection.vendor == "postgresql" else 1  # one, and not by a cursor
        with counts(queries):
            known = credential_authenticate(key=credential.key, secret=secret)
            assert known is not None
            source = source_of(known)  # asks for nothing that was left out
            assert (source.may_write, source.may_define, source.is_trusted) == (True, True, False)
        with counts(queries):
            credential_authenticate(key="x", secret=secret)

    @pytest.mark.database
    def test_what_is_read_is_what_is_stored(self) -> None:
        credential, _secret = make(
            scopes=["state"], is_trusted=True, expires_at=timezone.now() + DAY
        )
        credential_rotate(credential=credential, actor=None)
        Credential.objects.update(last_used_at=timezone.now())
        stored = Credential.objects.get()
        read = credential_by_key(key=credential.key)
        assert read is not None
        fields = set(vars(read)) - {"_state"}
        assert {name: getattr(read, name) for name in fields} == {
            name: getattr(stored, name) for name in fields
        }
        assert [type(getattr(read, name)) for name in fields] == [
            type(getattr(stored, name)) for name in fields
        ]
        assert read.name == "LMS"  # what was left out is read when it is asked for

    def test_the_empty_previous_hash_is_no_secret(self) -> None:
        credential, _secret = make()
        Credential.objects.update(
            previous_secret_hash="-" * 64, previous_secret_until=timezone.now() + DAY
        )
        for secret in ("", "-" * 64):
            assert not is_known(credential, secret)

    def test_expired(self) -> None:
        credential, secret = make(expires_at=timezone.now() + DAY)
        assert is_known(credential, secret)
        Credential.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
        assert not is_known(credential, secret)

    def test_use_is_noted_once_a_minute(self) -> None:
        credential, secret = make()
        just_now = timezone.now() - dt.timedelta(seconds=30)
        Credential.objects.update(last_used_at=just_now)
        assert is_known(credential, secret)
        assert Credential.objects.get().last_used_at == just_now
        Credential.objects.update(last_used_at=just_now - dt.timedelta(minutes=1))
        assert is_known(credential, secret)
        noted = Credential.objects.get().last_used_at
        assert noted is not None
        assert noted > just_now

    def test_a_wrong_secret_is_no_use(self) -> None:
        credential, _secret = make()
        assert not is_known(credential, "faux")
        assert Credential.objects.get().last_used_at is None


class TestRotating:
    def test_both_secrets_are_good_for_a_while(self) -> None:
        credential, first = make()
        _rotated, second = credential_rotate(credential=credential, actor=None, grace=DAY)
        assert is_known(credential, first)
        assert is_known(credential, second)
        Credential.objects.update(previous_secret_until=timezone.now())
        assert not is_known(credential, first)
        assert is_known(credential, second)

    def test_without_grace_the_first_is_over_at_once(self) -> None:
        credential, first = make()
        _rotated, second = credential_rotate(
            credential=credential, actor=None, grace=dt.timedelta(0)
        )
        assert not is_known(credential, first)
        assert is_known(credential, second)

    def test_the_one_before_the_previous_is_over(self) -> None:
        credential, first = make()
        credential, second = credential_rotate(credential=credential, actor=None)
        credential, third = credential_rotate(credential=credential, actor=None)
        assert [is_known(credential, one) for one in (first, second, third)] == [False, True, True]

    def test_two_at_once_do_not_undo_each_other(self) -> None:
        credential, _first = make()
        seen_by_another = Credential.objects.get()
        _rotated, second = credential_rotate(credential=credential, actor=None)
        with pytest.raises(ValidationError, match="déjà"):
            credential_rotate(credential=seen_by_another, actor=None)
        assert is_known(credential, second)

    @pytest.mark.parametrize("grace", [dt.timedelta(days=31), dt.timedelta(seconds=-1)])
    def test_a_grace_has_bounds(self, grace: dt.timedelta) -> None:
        with pytest.raises(ValidationError):
            credential_rotate(credential=make()[0], actor=None, grace=grace)

    def test_expired_stays_expired(self) -> None:
        credential, _first = make(expires_at=timezone.now() + DAY)
        _rotated, second = credential_rotate(credential=credential, actor=None)
        Credential.objects.update(expires_at=timezone.now())
        assert not is_known(credential, second)


class TestRevoking:
    def test_at_once_and_with_every_secret(self) -> None:
        credential, first = make()
        credential, second = credential_rotate(credential=credential, actor=None)
        credential = credential_revoke(credential=credential, reason=" Secret perdu ", actor=None)
        assert not is_known(credential, first)
        assert not is_known(credential, second)
        assert credential.revocation_reason == "Secret perdu"

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_needs_a_reason(self, reason: str) -> None:
        credential, secret = make()
        with pytest.raises(ValidationError, match="motif"):
            credential_revoke(credential=credential, reason=reason, actor=None)
        assert is_known(credential, secret)

    def test_is_for_ever(self) -> None:
        credential = credential_revoke(credential=make()[0], reason="Fin", actor=None)
        for act in (
            lambda: credential_revoke(credential=credential, reason="Encore", actor=None),
            lambda: credential_rotate(credential=credential, actor=None),
            lambda: update(credential, name="Autre"),
        ):
            with pytest.raises(ValidationError, match="révoqué"):
                act()

    def test_its_statements_stay(self) -> None:
        credential, _secret = make()
        statements_store(statements=[statement()], source=source_of(credential))
        credential_revoke(credential=credential, reason="Fin", actor=None)
        assert credential.statements.count() == 1


class TestChanging:
    def test_from_the_next_request_on(self) -> None:
        credential, secret = make(scope="statements/write", is_trusted=True)
        update(credential, scopes=["statements/read"], is_trusted=False)
        known = credential_authenticate(key=credential.key, secret=secret)
        assert known is not None
        assert (source_of(known).may_write, source_of(known).is_trusted) == (False, False)

    @pytest.mark.parametrize(
        "changes",
        [
            {"scopes": []},
            {"scopes": ["all/read"], "is_trusted": True},
            {"expires_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        ],
    )
    def test_to_what_cannot_be_is_refused(self, changes: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            update(make()[0], **changes)

    def test_an_expired_one_may_be_renamed_and_taken_up_again(self) -> None:
        credential, secret = make()
        past = timezone.now() - DAY
        Credential.objects.update(expires_at=past)
        credential.expires_at = past
        update(credential, name="Ancien LMS")
        assert not is_known(credential, secret)
        update(credential, expires_at=timezone.now() + DAY)
        assert is_known(credential, secret)


class TestAudit:
    def test_every_act_is_kept_with_who_and_what(self) -> None:
        actor = User.objects.create_user("operatrice@campagne.test")
        credential, _secret = make(actor=actor)
        credential = credential_update(
            credential=credential,
            name="LMS du CHU",
            scopes=["statements/write"],
            is_trusted=False,
            establishment_scope="750712184",
            expires_at=None,
            actor=actor,
        )
        credential, _secret = credential_rotate(credential=credential, actor=actor)
        credential_revoke(credential=credential, reason="Fin du marché", actor=actor)
        entries = list(AuditEntry.objects.filter(actor=actor, target=credential.key).order_by("pk"))
        acts = [entry.action.removeprefix("lrs.credential.") for entry in entries]
        assert acts == ["create", "update", "rotate", "revoke"]
        assert entries[1].details == {
            "name": {"before": "LMS", "after": "LMS du CHU"},
            "scopes": {"before": ["all"], "after": ["statements/write"]},
            "establishment_scope": {"before": "", "after": "750712184"},
        }
        assert entries[2].details == {"grace_hours": 24}
        assert entries[3].details == {"reason": "Fin du marché"}

    def test_what_changes_nothing_is_no_act(self) -> None:
        credential, _secret = make()
        update(credential)
        assert AuditEntry.objects.count() == 1

    def test_no_secret_is_written_down(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
            credential, first = make()
            credential, second = credential_rotate(credential=credential, actor=None)
            assert is_known(credential, second)
        written = [query["sql"] for query in queries] + [caplog.text]
        written += [json.dumps(entry.details) for entry in AuditEntry.objects.all()]
        for secret in (first, second):
            assert not any(secret in text for text in written)
            hashed = hashlib.sha256(secret.encode()).hexdigest()
            assert any(hashed in text for text in written)


MOMENT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("expires_at", "revoked_at", "state"),
    [
        (None, None, CredentialState.ACTIVE),
        (MOMENT + 31 * DAY, None, CredentialState.ACTIVE),
        (MOMENT + 30 * DAY, None, CredentialState.EXPIRES_SOON),
        (MOMENT, None, CredentialState.EXPIRED),
        (MOMENT - DAY, None, CredentialState.EXPIRED),
        (None, MOMENT, CredentialState.REVOKED),
        (MOMENT - DAY, MOMENT, CredentialState.REVOKED),
    ],
)
def test_the_filter_and_the_row_tell_the_same_state(
    expires_at: dt.datetime | None, revoked_at: dt.datetime | None, state: CredentialState
) -> None:
    make()
    reason = "Fin" if revoked_at else ""
    Credential.objects.update(
        expires_at=expires_at, revoked_at=revoked_at, revocation_reason=reason
    )
    assert Credential.objects.get().state_at(MOMENT) == state
    found = [one for one in CredentialState if Credential.objects.in_state(one, MOMENT).exists()]
    assert found == [state]


class TestCommand:
    def test_prints_one_json_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command(
            "create_lrs_credential",
            "LMS",
            "--scope=all",
            "--trusted",
            "--establishment=750712184",
        )
        printed = json.loads(capsys.readouterr().out)
        credential = Credential.objects.get()
        assert printed.keys() == {"key", "secret"}
        assert credential_authenticate(**printed) == credential
        assert (credential.is_trusted, credential.establishment_scope) == (True, "750712184")

    def test_takes_several_scopes(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("create_lrs_credential", "LMS", "--scope=state", "--scope=statements/write")
        assert Credential.objects.get().scopes == ["statements/write", "state"]
        call_command("create_lrs_credential", "Banc", scope="all")
        assert Credential.objects.get(name="Banc").scopes == ["all"]

    def test_refuses_what_cannot_be(self) -> None:
        with pytest.raises(CommandError, match="écriture"):
            call_command("create_lrs_credential", "LMS", "--scope=all/read", "--trusted")
