"""Which account somebody has who comes from an identity provider.

The rules stand in `decide`; docs/adr/0024 says why. In short: a national number and a proved
address find the person on the roster; an account that exists is only ever linked by whoever signs
in with it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db.models import Q

from organisation.attested import person_attested
from users.models import User
from users.providers.claims import Identity


class Way(enum.Enum):
    """How a sign-in goes on."""

    ENTER = "the account that this identity is linked to"
    PROVE = "there is an account: sign in with it once"
    CREATE = "a new account, its address proved"
    ASK = "a new account, once an address is proved by mail"


@dataclass(frozen=True, slots=True)
class Known:
    """What the site knows of an identity; accounts by primary key."""

    linked: int | None = None
    by_number: int | None = None
    """The account of the person on the roster whom an attested number names."""
    by_address: int | None = None
    """The account with this address, if the provider proved it."""
    has_proved_address: bool = False


def decide(known: Known) -> tuple[Way, int | None]:
    """The way, and the account it leads to. The number goes before the address."""
    if known.linked is not None:
        return Way.ENTER, known.linked
    account = known.by_number if known.by_number is not None else known.by_address
    if account is not None:
        return Way.PROVE, account
    return (Way.CREATE if known.has_proved_address else Way.ASK), None


def known_of(identity: Identity, *, linked: int | None, is_trusted: bool) -> Known:
    """Look an identity up. An address that is not proved is not even looked for."""
    person = person_attested(identity)
    return Known(
        linked=linked,
        by_number=person.user_id if person is not None else None,
        by_address=_account_of(identity.email) if is_trusted else None,
        has_proved_address=is_trusted,
    )


def _account_of(email: str) -> int | None:
    """Proved or not, active or not: an account with this address is somebody's to prove."""
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).values("user")
    found = User.objects.filter(Q(email__iexact=email) | Q(pk__in=proved)).first()
    return found.pk if found is not None else None
