"""Making credentials and recognising them."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lrs.enums import CredentialScope
from lrs.models import Credential
from users.services import audit_record

_USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)


@transaction.atomic
def credential_create(
    *,
    name: str,
    scope: str,
    is_trusted: bool = False,
    establishment_scope: str = "",
) -> tuple[Credential, str]:
    """Make a credential; answers it with its secret, which is not kept and never shown again.

    `scope` is one of `lrs.enums.CredentialScope`; only a scope that writes may be trusted.
    Raises ValidationError.
    """
    secret = secrets.token_urlsafe(32)
    credential = Credential(
        name=name,
        key=secrets.token_hex(16),
        secret_hash=_hash(secret),
        scope=CredentialScope(scope) if scope in CredentialScope.values else scope,
        is_trusted=is_trusted,
        establishment_scope=establishment_scope,
    )
    credential.full_clean()
    credential.save()
    audit_record(
        actor=None,
        action="lrs.credential.create",
        target=credential.key,
        details={"name": name, "scope": scope, "is_trusted": is_trusted},
    )
    return credential, secret


def credential_authenticate(*, key: str, secret: str) -> Credential | None:
    """The active credential of this key and secret, or None; notes its use once a minute."""
    credential = Credential.objects.filter(key=key).first()
    expected = credential.secret_hash if credential else _hash("")
    is_right = hmac.compare_digest(expected, _hash(secret))
    if credential is None or not is_right or not credential.is_active:
        return None
    _note_use(credential)
    return credential


def _note_use(credential: Credential) -> None:
    now = timezone.now()
    stale = now - _USE_IS_NOTED_EVERY
    if credential.last_used_at is not None and credential.last_used_at > stale:
        return
    unnoted = Q(last_used_at=None) | Q(last_used_at__lte=stale)
    Credential.objects.filter(unnoted, pk=credential.pk).update(last_used_at=now)


def _hash(secret: str) -> str:
    """SHA-256: the secret has 256 random bits, so there is nothing to slow down."""
    return hashlib.sha256(secret.encode()).hexdigest()
