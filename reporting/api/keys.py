"""The life of a key: made, used, revoked."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from reporting.models import AccessKey
from users.models import User
from users.secrets import NO_DIGEST, is_secret_of, secret_digest, secret_make
from users.services import audit_record

LONGEST = dt.timedelta(days=365)
MOST = 10
"""Keys that one reader may have open."""

_NOTED_EVERY = dt.timedelta(minutes=5)
_TOKEN = re.compile(r"tcv_([0-9a-f]{32})_([\w-]{43})", re.ASCII)


@sensitive_variables("secret")
@transaction.atomic
def key_make(
    *, user: User, uid: uuid.UUID, name: str, days: int, now: dt.datetime
) -> tuple[AccessKey, str]:
    """Make a key; answers it with what to put into the program, which is never shown again.

    The same `uid` makes one key: for a form that is sent again the text is empty. Raises
    ValidationError.
    """
    User.objects.select_for_update().get(pk=user.pk)  # two forms at once are counted one by one
    known = AccessKey.objects.filter(uid=uid, user=user).first()
    if known is not None:
        return known, ""
    if not dt.timedelta(0) < dt.timedelta(days=days) <= LONGEST:
        raise ValidationError(_("Une clé vaut un an au plus."))
    if keys_open(user=user).count() >= MOST:
        raise ValidationError(_("Vous avez déjà dix clés : révoquez-en une avant."))
    secret = secret_make()
    key = AccessKey(
        uid=uid,
        user=user,
        name=name,
        key=secrets.token_hex(16),
        secret_hash=secret_digest(secret),
        created_at=now,
        expires_at=now + dt.timedelta(days=days),
    )
    key.full_clean(exclude=["user"])
    key.save()
    audit_record(
        actor=user,
        action="coverage.key_create",
        target=f"coverage_key:{key.key}",
        details={"name": name, "expires_at": key.expires_at.isoformat()},
    )
    return key, f"tcv_{key.key}_{secret}"


def keys_open(*, user: User) -> QuerySet[AccessKey]:
    """Those of a reader that still open something."""
    return AccessKey.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now())


def keys_over(*, user: User) -> QuerySet[AccessKey]:
    rest = Q(revoked_at__isnull=False) | Q(expires_at__lte=timezone.now())
    return AccessKey.objects.filter(rest, user=user)


def key_revoke(*, key: AccessKey, actor: User, now: dt.datetime) -> bool:
    """Refuse it from now on; whether it was open."""
    with transaction.atomic():
        if not AccessKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=now):
            return False
        audit_record(
            actor=actor,
            action="coverage.key_revoke",
            target=f"coverage_key:{key.key}",
            details={"name": key.name},
        )
    return True


@sensitive_variables("token", "secret", "found")
def key_authenticate(*, token: str) -> AccessKey | None:
    """The key of this text if it is good now and its owner's account is open, or None.

    One query, by the unique key. Notes the use every few minutes.
    """
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    name, secret = found.groups()
    key = AccessKey.objects.select_related("user").filter(key=name).first()
    is_right = is_secret_of(key.secret_hash if key else NO_DIGEST, secret)
    if key is None or not is_right or not key.is_open or not key.user.is_active:
        return None
    _note_use(key, timezone.now())
    return key


def _note_use(key: AccessKey, now: dt.datetime) -> None:
    stale = now - _NOTED_EVERY
    if key.last_used_at is None or key.last_used_at <= stale:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=stale)
        AccessKey.objects.filter(unnoted, pk=key.pk).update(last_used_at=now)
