"""Reading names is an act that one may have to answer for."""

from __future__ import annotations

from organisation.models import Department, Establishment, Region
from organisation.places import house_uid
from users.models import User
from users.services import audit_record


def names_read(
    *, actor: User, place: Department | Establishment | Region | None, how: str, rows: int
) -> None:
    """Keep that `actor` was shown the names of so many people of a place (None: of any), and on
    which screen; never the names themselves."""
    where = "admin"
    if isinstance(place, Region):
        where = f"region:{place.code}"
    elif place is not None:
        where = f"{place._meta.model_name}:{place.uid}"
    audit_record(
        actor=actor,
        action="people.names_read",
        target=where,
        details={"how": how, "rows": rows},
        place=house_uid(place),
    )
