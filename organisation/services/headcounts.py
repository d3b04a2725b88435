"""What HR declares: how many people work in a role from a date on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Establishment, Headcount, StaffRole
from organisation.signals import HeadcountsChange, headcounts_changed
from users.models import User
from users.services import audit_record

MOST_PEOPLE = 100_000  # nobody employs more in one role: a larger figure is a slip of the keyboard


@dataclasses.dataclass(frozen=True, slots=True)
class HeadcountDeclaration:
    """`people` (persons, not full-time equivalents) in a role, from `as_of` on."""

    establishment: Establishment
    role: StaffRole
    as_of: dt.date
    people: int


def headcount_declare(
    *,
    establishment: Establishment,
    role: StaffRole,
    as_of: dt.date,
    people: int,
    actor: User | None = None,
) -> Headcount:
    """Declare one headcount. A second declaration for the same date corrects the first."""
    declaration = HeadcountDeclaration(establishment, role, as_of, people)
    headcounts_declare(declarations=[declaration], actor=actor)
    return Headcount.objects.get(establishment=establishment, role=role, as_of=as_of)


@transaction.atomic
def headcounts_declare(
    *, declarations: Sequence[HeadcountDeclaration], actor: User | None = None
) -> None:
    """Declare many at once; of two for the same place, role and date the last one counts.

    Raises ValidationError on a negative or absurd number.
    """
    latest = {(d.establishment.pk, d.role.pk, d.as_of): d for d in declarations}
    if not latest:
        return
    if any(not 0 <= d.people <= MOST_PEOPLE for d in latest.values()):
        raise ValidationError({"people": _("Ce nombre de personnes n’est pas plausible.")})
    Headcount.objects.bulk_create(
        [
            Headcount(establishment=d.establishment, role=d.role, as_of=d.as_of, people=d.people)
            for d in latest.values()
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["establishment", "role", "as_of"],
        update_fields=["people"],
    )
    change = HeadcountsChange(
        establishment_ids=frozenset(key[0] for key in latest),
        role_ids=frozenset(key[1] for key in latest),
    )
    audit_record(
        actor=actor,
        action="headcount.declare",
        target=f"{len(latest)} headcounts",
        details={"establishments": sorted(change.establishment_ids)[:50]},
    )
    headcounts_changed.send(sender=Headcount, change=change)
