"""How many people a rule would concern, asked before it is saved. One query each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.models import RoleFamily, StaffRole
from organisation.models.people import AppointmentQuerySet
from organisation.scopes import Scope
from organisation.selectors import appointments_in_scope
from training.models import Completion, Trainable


@dataclass(frozen=True, slots=True)
class Concerned:
    """Distinct people, and the establishments they work in."""

    people: int
    establishments: int

    def __str__(self) -> str:
        """«Concerne 124 agents dans 3 établissements»."""
        if not self.people:
            return _("Ne concerne aujourd’hui aucun agent connu.")
        people = ngettext("%(n)d agent", "%(n)d agents", self.people) % {"n": self.people}
        where = ngettext("%(n)d établissement", "%(n)d établissements", self.establishments)
        return _("Concerne aujourd’hui %(people)s dans %(where)s.") % {
            "people": people,
            "where": where % {"n": self.establishments},
        }


def requirement_concerns(
    *,
    scope: Scope,
    roles: Iterable[StaffRole],
    role_families: Iterable[RoleFamily],
    day: dt.date,
) -> Concerned:
    """Whom a requirement reaches at `day`: everybody in the scope if it names no role or family."""
    appointments = appointments_in_scope(scope=scope, day=day)
    role_ids = [role.pk for role in roles]
    family_ids = [family.pk for family in role_families]
    if role_ids or family_ids:
        appointments = appointments.filter(Q(role__in=role_ids) | Q(role__family__in=family_ids))
    return _counted(appointments)


def retraining_concerns(*, trainable: Trainable, changed_on: dt.date, day: dt.date) -> Concerned:
    """Those at work at `day` who completed the training before the change, and not since."""
    changed_at = timezone.make_aware(dt.datetime.combine(changed_on, dt.time.min))
    theirs = Completion.objects.filter(trainable=trainable, person=OuterRef("person"))
    appointments = appointments_in_scope(scope=Scope.nation(), day=day).filter(
        Exists(theirs.filter(completed_at__lt=changed_at)),
        ~Exists(theirs.filter(completed_at__gte=changed_at)),
    )
    return _counted(appointments)


def _counted(appointments: AppointmentQuerySet) -> Concerned:
    counts = appointments.order_by().aggregate(
        people=Count("person", distinct=True), establishments=Count("establishment", distinct=True)
    )
    return Concerned(**counts)
