"""Two rows that look like one person and are two: said once, kept, and taken back when asked."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from organisation.models import PeopleApart, Person
from users.models import User
from users.services import audit_record


@transaction.atomic
def people_keep_apart(*, first: Person, second: Person, actor: User, now: dt.datetime) -> bool:
    """Offer them no more as duplicates of each other; answers whether that is new."""
    _row, is_new = PeopleApart.objects.get_or_create(
        **PeopleApart.pair(first, second), defaults={"decided_by": actor, "decided_at": now}
    )
    if is_new:
        _record("person.keep_apart", first, second, actor)
    return is_new


@transaction.atomic
def people_offer_again(*, first: Person, second: Person, actor: User) -> bool:
    """As if nobody had said that they are two people; answers whether anybody had."""
    number, _rows = PeopleApart.objects.filter(**PeopleApart.pair(first, second)).delete()
    if number:
        _record("person.offer_again", first, second, actor)
    return bool(number)


def apart_forget(*, person: Person) -> None:
    """Her row goes or says no more who she is: nothing is left to tell her from."""
    PeopleApart.objects.about(person).delete()


def _record(action: str, first: Person, second: Person, actor: User) -> None:
    audit_record(
        actor=actor,
        action=action,
        target=f"person:{first.uid}",
        details={"uids": [str(second.uid)]},
    )
