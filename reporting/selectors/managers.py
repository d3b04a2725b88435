"""The managers to whom coverage is told, and what is new in a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Count, Q

from organisation.enums import GrantRight
from organisation.models import Grant
from organisation.models.access import GrantQuerySet
from organisation.permissions import NAMED_SCOPES
from training.models import Completion
from users.models import User

from . import rows


def managers_after(*, pk: int, limit: int, day: dt.date) -> list[User]:
    """The next accounts, in the order of their keys, with a grant of the near kind at `day`."""
    grants = _near_grants(day)
    managers = User.objects.filter(
        pk__gt=pk, pk__in=grants.values("user"), is_active=True
    ).select_related("person")
    return list(managers.order_by("pk")[:limit])


def near_grants(*, managers: Sequence[User], day: dt.date) -> list[Grant]:
    """Their grants of departments and establishments, with the places. One query."""
    grants = _near_grants(day).filter(user__in=managers)
    return list(
        grants.select_related("department__establishment", "establishment").order_by(
            "establishment__name", "department__name", "pk"
        )
    )


def newly_completed(*, where: Q, since: dt.date, day: dt.date) -> dict[int, int]:
    """Trainable -> people of `where` at `day` who completed it from `since` to the end of `day`.

    One query.
    """
    people = rows.appointments_at(day).filter(where).values("person_id")
    found = (
        Completion.objects.filter(
            completed_at__gte=rows.midnight(since),
            completed_at__lt=rows.midnight_after(day),
            person_id__in=people,
        )
        .order_by()
        .values_list("trainable_id")
        .annotate(people=Count("person_id", distinct=True))
    )
    return dict(found)


def _near_grants(day: dt.date) -> GrantQuerySet:
    return Grant.objects.at(day).filter(
        right=GrantRight.READ_COVERAGE, scope__in=[kind.value for kind in NAMED_SCOPES]
    )
