"""Objectives of the sample's places: under way, stalled, and two whose day is past."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from organisation.models import Region, RoleFamily, StaffRole
from organisation.scopes import Scope
from reporting.objectives.services import Target, objective_set
from starter.sample import accounts
from training.models import Trainable
from training.validity import months_added
from users.models import User

SET_MONTHS_AGO = 8


@dataclass(frozen=True, slots=True)
class SampleObjective:
    """Which share of whom, due at the end of that month from now; all trainings without one."""

    account: accounts.SampleAccount
    scope: Scope
    percent: int
    due_in_months: int
    role: str = ""
    role_family: str = ""
    trainable: Trainable | None = None


def sample_objectives_load(
    *, users: dict[str, User], here: Scope, first: Trainable, second: Trainable, today: dt.date
) -> None:
    """At the sample manager's hospital, in her region and for the nation."""
    region = Scope.region(Region.objects.get(code="53"))
    ciso, regional, national = accounts.CISO, accounts.REGION, accounts.NATION
    for one in (
        SampleObjective(ciso, here, 80, 7, role="infirmier", trainable=first),
        SampleObjective(ciso, here, 90, -1, role_family="direction", trainable=second),
        SampleObjective(ciso, here, 50, 3, role_family="systeme-information", trainable=first),
        SampleObjective(regional, region, 60, 7, role_family="soignante", trainable=first),
        SampleObjective(regional, region, 75, -2, trainable=second),
        SampleObjective(national, Scope.nation(), 70, 13, trainable=first),
    ):
        _set(one, users[one.account.email], today)


def _set(one: SampleObjective, actor: User, today: dt.date) -> None:
    first_of_month = today.replace(day=1)
    since = months_added(first_of_month, -SET_MONTHS_AGO)
    objective_set(
        scope=one.scope,
        target=Target(
            RoleFamily.objects.get(code=one.role_family) if one.role_family else None,
            StaffRole.objects.get(code=one.role) if one.role else None,
            one.trainable,
        ),
        percent=one.percent,
        due_on=months_added(first_of_month, one.due_in_months) - dt.timedelta(1),
        actor=actor,
        now=timezone.make_aware(dt.datetime.combine(since, dt.time(9))),
    )
