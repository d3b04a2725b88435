"""One-time codes: handed out by those who organise a team's training, used once, revocable.

A code has twelve signs of an alphabet of thirty-two: sixty bits. Were a hundred thousand codes open
at once, a guess would hit one of them with a probability of 10⁻¹³; with that, a keyed digest is
as good as a slow one, and limits serve the machine's peace more than secrecy.
"""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac

from organisation.enums import CodeKind
from organisation.models import AccessCode, Person
from users.models import User
from users.services import audit_record

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
SIGNS = 12
GROUP = 4
LIFETIMES = {
    CodeKind.SHOWN: (dt.timedelta(minutes=15),),
    CodeKind.PRINTED: tuple(dt.timedelta(days=days) for days in (1, 3, 7)),
}
MOST = 100
"""Codes in one go."""

_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A code as it is handed out: the only moment at which it can be read."""

    code: AccessCode
    text: str


def code_text() -> str:
    """A new code in readable groups, «K7QM-4TXD-9RWB»."""
    signs = "".join(secrets.choice(ALPHABET) for _sign in range(SIGNS))
    return "-".join(signs[at : at + GROUP] for at in range(0, SIGNS, GROUP))


def code_normal(text: str) -> str:
    """A code however it was typed: case, blanks, and signs that look alike."""
    typed = "".join(sign for sign in text.upper() if sign.isalnum())
    return typed.translate(_LOOKALIKES)


def code_digest(text: str) -> str:
    """The digest of a code, however it was typed."""
    normal = code_normal(text)
    return salted_hmac("organisation.access_code", normal, algorithm="sha256").hexdigest()


@transaction.atomic
def access_codes_issue(
    *,
    people: Sequence[Person],
    kind: CodeKind,
    lifetime: dt.timedelta,
    actor: User,
    now: dt.datetime,
    place: uuid.UUID | None = None,
) -> list[IssuedCode]:
    """A code for each of these people, in order. A person's earlier open codes end.
    `place` is the uid of the establishment in which they are handed out.

    Raises ValueError for a lifetime that the kind does not have, or more than `MOST` people.
    """
    if lifetime not in LIFETIMES[kind] or len(people) > MOST:
        raise ValueError("No such lifetime, or too many at once.")
    AccessCode.objects.usable(now).filter(person__in=people).update(revoked_at=now)
    texts = [code_text() for _person in people]
    rows = AccessCode.objects.bulk_create(
        AccessCode(
            person=person,
            kind=kind,
            digest=code_digest(text),
            issued_by=actor,
            issued_at=now,
            expires_at=now + lifetime,
        )
        for person, text in zip(people, texts, strict=True)
    )
    audit_record(
        actor=actor,
        action="access_code.issue",
        target=_targets(people),
        details={
            "people": [str(person.uid) for person in people],
            "kind": kind.value,
            "expires_at": (now + lifetime).isoformat(),
        },
        place=place,
    )
    return [IssuedCode(row, text) for row, text in zip(rows, texts, strict=True)]


def _targets(people: Sequence[Person]) -> str:
    return str(people[0].uid) if len(people) == 1 else f"{len(people)} persons"


@transaction.atomic
def access_code_use(*, text: str, now: dt.datetime) -> Person | None:
    """The person whom a code lets in, which it does once; None for any other code."""
    code = (
        AccessCode.objects.usable(now)
        .filter(digest=code_digest(text))
        .select_related("person")
        .first()
    )
    # Conditional: of two who type the same code at the same moment, one is let in.
    if code is None or not AccessCode.objects.usable(now).filter(pk=code.pk).update(used_at=now):
        return None
    audit_record(
        actor=None,
        action="access_code.use",
        target=str(code.person.uid),
        details={"code": str(code.uid)},
    )
    return code.person


@transaction.atomic
def access_code_revoke(*, code: AccessCode, actor: User, now: dt.datetime) -> bool:
    """End a code that was not used; whether there was something to end."""
    if not AccessCode.objects.usable(now).filter(pk=code.pk).update(revoked_at=now):
        return False
    audit_record(
        actor=actor,
        action="access_code.revoke",
        target=str(code.person.uid),
        details={"code": str(code.uid)},
    )
    return True
