"""The mails of one reminding, step by step, in the background."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from notifications.models import Run
from notifications.registry import Kind, Step, kind_register
from organisation.models import Department, Establishment, Person
from reporting.models import Reminding
from reporting.permissions import can_remind
from reporting.selectors.missing import appointed, people_missing
from reporting.selectors.rows import appointments_at
from training.reminders.asked import reminders_compose_asked
from training.reminders.people import addressees

from .words import COUNTED

KIND = "reminders-asked"
BATCH = 200
"""People looked at in a step."""


def register() -> None:
    kind_register(
        Kind(
            KIND,
            gettext_lazy("Relances demandées par un responsable"),
            reminding_compose,
            COUNTED,
            is_periodic=False,
        )
    )


def reminding_compose(run: Run) -> Step:
    """The next step of a run whose period is the number of a reminding. A fixed number of queries.

    Who asked has to be allowed to still; and whoever has taken her training since is not reminded.
    """
    reminding = Reminding.objects.select_related(
        "department__establishment", "establishment", "role", "trainable", "asked_by"
    ).get(pk=int(run.period))
    place = reminding.place
    assert isinstance(place, Department | Establishment)
    if not can_remind(reminding.asked_by, place):
        return Step([], None)
    day = timezone.localdate()
    where = appointed(place=place, role=reminding.role, family=reminding.role_family_id)
    batch = _next(where, after=int(run.cursor or 0))
    people = people_missing(
        where=where & Q(person__in=batch),
        day=day,
        trainable=reminding.trainable,
        is_overdue=reminding.is_overdue_only,
    )
    messages, skipped = reminders_compose_asked(
        people=addressees(Person.objects.filter(pk__in=list(people)).order_by("pk")),
        completed=people,
        house=place.establishment if isinstance(place, Department) else place,
        day=day,
    )
    return Step(messages, str(batch[-1]) if len(batch) == BATCH else None, skipped)


def _next(where: Q, *, after: int) -> list[int]:
    """The next people with an appointment there, in the order of their keys."""
    appointments = appointments_at(timezone.localdate()).filter(where, person__gt=after)
    people = appointments.order_by("person").values_list("person", flat=True).distinct()
    return list(people[:BATCH])
