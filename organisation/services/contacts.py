"""Whom a hospital's people call when something is wrong."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from organisation.models import Establishment
from users.models import User
from users.services import audit_record


@dataclass(frozen=True, slots=True)
class Contacts:
    """The number to call in an incident, and who answers for security. Empty: not said."""

    hotline: str = ""
    security_contact_name: str = ""
    security_contact_email: str = ""

    @classmethod
    def of(cls, establishment: Establishment) -> Contacts:
        return cls(
            establishment.hotline,
            establishment.security_contact_name,
            establishment.security_contact_email,
        )


@transaction.atomic
def establishment_contacts_set(
    *, establishment: Establishment, contacts: Contacts, actor: User
) -> bool:
    """Write the contacts; whether there was something to change.

    Raises ValidationError for a value that the establishment cannot have."""
    before = Contacts.of(establishment)
    if contacts == before:
        return False
    for name, value in asdict(contacts).items():
        setattr(establishment, name, value)
    names = list(asdict(contacts))
    exclude = [f.name for f in Establishment._meta.fields if f.name not in names]
    establishment.clean_fields(exclude=exclude)
    establishment.save(update_fields=names)
    changed = [name for name in names if getattr(before, name) != getattr(contacts, name)]
    audit_record(
        actor=actor,
        action="establishment.contacts",
        target=str(establishment.uid),
        details={"changed": changed},
        place=establishment.uid,
    )
    return True
