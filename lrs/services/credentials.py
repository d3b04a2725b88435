"""The life of a credential: made, changed, given a new secret, revoked; and how it is recognised.

Secrets go out once, to whoever asked for them, and are kept as SHA-256 only. Every act is in the
audit log, under the key of the credential.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from lrs.enums import CredentialScope
from lrs.models import Credential
from lrs.selectors import credential_by_key
from users.models import User
from users.secrets import NO_DIGEST, is_secret_of, secret_digest, secret_make
from users.services import audit_record

DEFAULT_GRACE = dt.timedelta(hours=24)
MAX_GRACE = dt.timedelta(days=30)

_USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)
_EDITABLE = ("name", "scopes", "is_trusted", "establishment_scope", "expires_at")


@sensitive_variables("secret")
@transaction.atomic
def credential_create(
    *,
    name: str,
    scope: str | None = None,
    scopes: Iterable[str] = (),
    is_trusted: bool = False,
    establishment_scope: str = "",
    expires_at: dt.datetime | None = None,
    uid: uuid.UUID | None = None,
    actor: User | None = None,
) -> tuple[Credential, str]:
    """Make a credential; answers it with its secret, which is not kept and never shown again.

    `scopes` are of `lrs.enums.CredentialScope`, `scope` is one more; only who may write may be
    trusted. A `uid` makes sure that one form makes one credential. Raises ValidationError.
    """
    secret = secret_make()
    credential = Credential(
        uid=uid or uuid.uuid4(),
        name=name,
        key=secrets.token_hex(16),
        secret_hash=secret_digest(secret),
        scopes=_ordered([*scopes] if scope is None else [scope, *scopes]),
        is_trusted=is_trusted,
        establishment_scope=establishment_scope,
        expires_at=expires_at,
    )
    _check_not_past(expires_at)
    credential.full_clean()
    credential.save()
    _record(
        credential,
        "lrs.credential.create",
        actor,
        {name: _told(credential, name) for name in _EDITABLE},
    )
    return credential, secret


@transaction.atomic
def credential_update(
    *,
    credential: Credential,
    name: str,
    scopes: Iterable[str],
    is_trusted: bool,
    establishment_scope: str,
    expires_at: dt.datetime | None,
    actor: User | None,
) -> Credential:
    """Change what a credential is called and may do, from the next request on.

    The audit log has each value before and after. Raises ValidationError, also if it is revoked.
    """
    stored = _locked(credential)
    before = {field: _told(stored, field) for field in _EDITABLE}
    if expires_at != stored.expires_at:
        _check_not_past(expires_at)
    stored.name = name
    stored.scopes = _ordered(scopes)
    stored.is_trusted = is_trusted
    stored.establishment_scope = establishment_scope
    stored.expires_at = expires_at
    stored.full_clean()
    stored.save(update_fields=_EDITABLE)
    after = {field: _told(stored, field) for field in _EDITABLE}
    changes = {
        field: {"before": before[field], "after": after[field]}
        for field in _EDITABLE
        if before[field] != after[field]
    }
    if changes:
        _record(stored, "lrs.credential.update", actor, changes)
    return stored


@sensitive_variables("secret")
@transaction.atomic
def credential_rotate(
    *, credential: Credential, actor: User | None, grace: dt.timedelta = DEFAULT_GRACE
) -> tuple[Credential, str]:
    """Give a credential a new secret; answers it with the secret, which is never shown again.

    The secret before is good for `grace` longer (at most 30 days, none if 0), the one before that
    no more. `credential` is as its reader saw it: if it was rotated since, or is revoked, this
    raises ValidationError, so that two who press a button at once do not undo each other.
    """
    if not dt.timedelta(0) <= grace <= MAX_GRACE:
        raise ValidationError(_("Ce délai n’est pas possible."))
    stored = _locked(credential)
    if stored.rotated_at != credential.rotated_at:
        raise ValidationError(_("Le secret vient déjà d’être renouvelé."))
    secret, now = secret_make(), timezone.now()
    stored.previous_secret_hash = stored.secret_hash if grace else ""
    stored.previous_secret_until = now + grace if grace else None
    stored.secret_hash = secret_digest(secret)
    stored.rotated_at = now
    stored.save(
        update_fields=["secret_hash", "previous_secret_hash", "previous_secret_until", "rotated_at"]
    )
    _record(stored, "lrs.credential.rotate", actor, {"grace_hours": grace / dt.timedelta(hours=1)})
    return stored, secret


@transaction.atomic
def credential_revoke(*, credential: Credential, reason: str, actor: User | None) -> Credential:
    """Refuse the credential from now on, for ever. Its statements stay as they are.

    Raises ValidationError without a reason, or if it is revoked already.
    """
    stored = _locked(credential)
    stored.revoked_at = timezone.now()
    stored.revocation_reason = reason.strip()
    stored.previous_secret_hash, stored.previous_secret_until = "", None
    stored.full_clean()
    stored.save(
        update_fields=[
            "revoked_at",
            "revocation_reason",
            "previous_secret_hash",
            "previous_secret_until",
        ]
    )
    _record(stored, "lrs.credential.revoke", actor, {"reason": stored.revocation_reason})
    return stored


@sensitive_variables("secret")
def credential_authenticate(*, key: str, secret: str) -> Credential | None:
    """The credential of this key and secret if both are good now, or None.

    One query, by the unique key. Notes the use once a minute.
    """
    credential = credential_by_key(key=key)
    if credential is None:
        is_secret_of(NO_DIGEST, secret)  # as long as for one that is there
        return None
    now = timezone.now()
    is_current = is_secret_of(credential.secret_hash, secret)
    is_previous = is_secret_of(credential.previous_secret_hash, secret)
    is_right = is_current or (is_previous and credential.previous_secret_ends(now) is not None)
    is_over = credential.expires_at is not None and credential.expires_at <= now
    if not is_right or is_over or credential.revoked_at is not None:
        return None
    _note_use(credential, now)
    return credential


def _note_use(credential: Credential, now: dt.datetime) -> None:
    stale = now - _USE_IS_NOTED_EVERY
    if credential.last_used_at is not None and credential.last_used_at > stale:
        return
    unnoted = Q(last_used_at=None) | Q(last_used_at__lte=stale)
    Credential.objects.filter(unnoted, pk=credential.pk).update(last_used_at=now)


def _locked(credential: Credential) -> Credential:
    """The row as it is, for this transaction alone. Raises ValidationError if it is revoked."""
    stored = Credential.objects.select_for_update().get(pk=credential.pk)
    if stored.is_revoked:
        raise ValidationError(_("Cet accès est révoqué."))
    return stored


def _check_not_past(moment: dt.datetime | None) -> None:
    if moment is not None and moment <= timezone.now():
        raise ValidationError({"expires_at": _("L’expiration doit être à venir.")})


def _ordered(scopes: Iterable[str]) -> list[str]:
    """Known scopes in the order of the standard, each once; unknown ones last, to be refused."""
    given = list(dict.fromkeys(scopes))
    known = [scope.value for scope in CredentialScope if scope.value in given]
    return known + [str(scope) for scope in given if scope not in known]


def _told(credential: Credential, field: str) -> Any:
    """A value as the audit log keeps it."""
    value = getattr(credential, field)
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _record(
    credential: Credential, action: str, actor: User | None, details: dict[str, Any]
) -> None:
    audit_record(actor=actor, action=action, target=credential.key, details=details)
