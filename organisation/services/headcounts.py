"""What HR declares: how many people work in a role from a date on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.effects import effects_told
from organisation.models import Establishment, Headcount, StaffRole
from organisation.signals import HeadcountsChange, headcounts_changed
from users.models import User
from users.services import audit_record_each

Cell: TypeAlias = tuple[int, int, dt.date]  # establishment and role, by primary keys; the day

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
    _record(latest, "headcount.declare", actor)


@transaction.atomic
def headcounts_withdraw(*, cells: Collection[Cell], actor: User | None = None) -> None:
    """Take declarations back that a file made by mistake, as if they had never been made."""
    if not cells:
        return
    wanted = set(cells)
    places, roles = {cell[0] for cell in wanted}, {cell[1] for cell in wanted}
    days = {cell[2] for cell in wanted}
    rows = Headcount.objects.filter(establishment__in=places, role__in=roles, as_of__in=days)
    found = rows.values_list("pk", "establishment", "role", "as_of")
    Headcount.objects.filter(pk__in=[pk for pk, *cell in found if tuple(cell) in wanted]).delete()
    _record(wanted, "headcount.withdraw", actor)


def _record(cells: Collection[Cell], action: str, actor: User | None) -> None:
    """Tell the other rooms, and the log of each establishment."""
    places, roles = {cell[0] for cell in cells}, {cell[1] for cell in cells}
    uids = Establishment.objects.filter(pk__in=places).values_list("pk", "uid")
    where = {f"establishment:{uid}": uid for _pk, uid in uids}
    effects: dict[int, list[dt.date]] = defaultdict(list)
    for place, _role, day in cells:
        effects[place].append(day)
    audit_record_each(
        actor=actor,
        action=action,
        targets=where,
        details={"roles": len(roles)} if len(places) == 1 else {},
        places=where,
        details_of={
            f"establishment:{uid}": {"effects": effects_told(effects[pk])} for pk, uid in uids
        },
    )
    change = HeadcountsChange(establishment_ids=frozenset(places), role_ids=frozenset(roles))
    headcounts_changed.send(sender=Headcount, change=change)
