import datetime as dt
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from lrs.models import Credential
from lrs.services import credential_authenticate, credential_create
from users.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_secret_is_not_kept() -> None:
    credential, secret = credential_create(name="LMS", scope="all")
    credential.refresh_from_db()
    assert secret not in {str(value) for value in vars(credential).values()}
    assert len(secret) >= 43
    assert AuditEntry.objects.get().target == credential.key


def test_credential_is_recognised_by_key_and_secret() -> None:
    credential, secret = credential_create(name="LMS", scope="all")
    assert credential_authenticate(key=credential.key, secret=secret) == credential
    assert credential_authenticate(key=credential.key, secret=secret + "x") is None
    assert credential_authenticate(key=credential.key, secret="") is None
    assert credential_authenticate(key="x", secret=secret) is None
    Credential.objects.update(is_active=False)
    assert credential_authenticate(key=credential.key, secret=secret) is None


def test_use_is_noted_once_a_minute() -> None:
    credential, secret = credential_create(name="LMS", scope="all")
    just_now = timezone.now() - dt.timedelta(seconds=30)
    Credential.objects.update(last_used_at=just_now)
    credential_authenticate(key=credential.key, secret=secret)
    assert Credential.objects.get().last_used_at == just_now
    Credential.objects.update(last_used_at=just_now - dt.timedelta(minutes=1))
    credential_authenticate(key=credential.key, secret=secret)
    noted = Credential.objects.get().last_used_at
    assert noted is not None
    assert noted > just_now


@pytest.mark.parametrize(("scope", "is_trusted"), [("everything", False), ("all/read", True)])
def test_impossible_credentials_are_refused(scope: str, is_trusted: bool) -> None:
    with pytest.raises(ValidationError):
        credential_create(name="LMS", scope=scope, is_trusted=is_trusted)


def test_command_prints_one_json_line(capsys: pytest.CaptureFixture[str]) -> None:
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


def test_command_refuses_what_cannot_be() -> None:
    with pytest.raises(CommandError, match="écriture"):
        call_command("create_lrs_credential", "LMS", "--scope=all/read", "--trusted")
