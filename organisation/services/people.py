"""People, and their link to the accounts that sign in."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping, Sequence

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisation.attested import contradicts, person_attested
from organisation.models import Person
from users.models import User
from users.providers.claims import Identity
from users.services import audit_record

BATCH = 1000


@dataclasses.dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody to be entered; the names and the address may be empty."""

    first_name: str = ""
    last_name: str = ""
    email: str = ""
    user: User | None = None
    uid: uuid.UUID = dataclasses.field(default_factory=uuid.uuid4)


def person_create(
    *,
    first_name: str = "",
    last_name: str = "",
    email: str = "",
    user: User | None = None,
    actor: User | None = None,
) -> Person:
    """Enter one person, with or without account.

    Raises ValidationError if the account has a person already.
    """
    draft = PersonDraft(first_name, last_name, email, user)
    return people_create(people=[draft], actor=actor)[0]


@transaction.atomic
def people_create(*, people: Sequence[PersonDraft], actor: User | None = None) -> list[Person]:
    """Enter many at once, in order. One entry in the audit log.

    Raises ValidationError if one of the accounts has a person already.
    """
    _refuse_linked_accounts(people)
    created = Person.objects.bulk_create(
        [
            Person(
                uid=draft.uid,
                first_name=draft.first_name.strip(),
                last_name=draft.last_name.strip(),
                email=draft.email.strip().lower(),
                user=draft.user,
            )
            for draft in people
        ],
        batch_size=1000,
    )
    target = str(created[0].uid) if len(created) == 1 else f"{len(created)} persons"
    audit_record(actor=actor, action="person.create", target=target)
    return created


@transaction.atomic
def person_rename(
    *, person: Person, first_name: str, last_name: str, email: str, actor: User | None = None
) -> Person:
    """Correct the name or the e-mail address of a person.

    Raises ValidationError if her identity was erased.
    """
    if person.erased_at is not None:
        raise ValidationError(_("L’identité de cet agent est effacée : elle ne revient pas."))
    person.first_name = first_name.strip()
    person.last_name = last_name.strip()
    person.email = email.strip().lower()
    person.save(update_fields=["first_name", "last_name", "email"])
    audit_record(actor=actor, action="person.rename", target=str(person.uid))
    return person


@transaction.atomic
def people_correct(*, fields: Mapping[int, Mapping[str, str]], actor: User | None = None) -> None:
    """Correct names and addresses of many: {primary key: {column: value}}. One entry in the log."""
    pks = sorted(fields)
    for start in range(0, len(pks), BATCH):
        rows = list(Person.objects.filter(pk__in=pks[start : start + BATCH]))
        for row in rows:
            for column, value in fields[row.pk].items():
                setattr(row, column, value)
        Person.objects.bulk_update(rows, ["first_name", "last_name", "email"], batch_size=200)
    if pks:
        audit_record(actor=actor, action="person.rename", target=f"{len(pks)} persons")


def person_for_user(*, user: User) -> Person:
    """The person of this account: hers already, else the one on the roster, else a new one.

    A person on the roster is hers only if she has proved one of her e-mail addresses to be that
    person's, nobody else is linked, and the address names one person only: where it names two,
    guessing would hand over somebody's record of training. Neither may her national number, if an
    identity provider attested one, be another than the roster's.
    """
    found = Person.objects.filter(user=user).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return _claim_person(user) or _person_from_account(user)
    except (IntegrityError, ValidationError):  # a second request of the same account was faster
        return Person.objects.get(user=user)


@transaction.atomic
def person_link_attested(*, user: User, identity: Identity) -> Person | None:
    """Link an account to the person on the roster whom an attested number names.

    None if the account has a person already, or the number nobody, or somebody with an account.
    """
    person = person_attested(identity)
    if person is None or Person.objects.filter(user=user).exists():
        return None
    if not Person.objects.filter(pk=person.pk, user=None).update(user=user):
        return None
    person.user = user
    by = "national number" if identity.national_id else "number"
    audit_record(actor=user, action="person.link", target=str(person.uid), details={"by": by})
    return person


def _claim_person(user: User) -> Person | None:
    candidates = Person.objects.filter(user=None, email__in=_verified_addresses(user))
    people = list(candidates.select_for_update()[:2])
    if len(people) != 1 or contradicts(person=people[0], user=user):
        return None
    person = people[0]
    # Conditional, because SQLite has no row locks: an account linked meanwhile keeps its person.
    if not Person.objects.filter(pk=person.pk, user=None).update(user=user):
        return None
    person.user = user
    audit_record(actor=user, action="person.link", target=str(person.uid))
    return person


def _person_from_account(user: User) -> Person:
    verified = _verified_addresses(user)
    own = user.email.lower()
    return person_create(
        first_name=user.first_name,
        last_name=user.last_name,
        # An unproved address must not stay behind for its true owner to be linked to.
        email=own if own in verified else "",
        user=user,
        actor=user,
    )


def _verified_addresses(user: User) -> set[str]:
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {email.lower() for email in rows if email}


def _refuse_linked_accounts(people: Sequence[PersonDraft]) -> None:
    users = [draft.user for draft in people if draft.user is not None]
    if users and Person.objects.filter(user__in=users).exists():
        raise ValidationError(_("Ce compte est déjà celui d’un agent."))
