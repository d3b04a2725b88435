"""A team session in the ward of the sample manager, so that declared evidence can be seen."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from courses.team.places import TeamPlace
from courses.team.rolls import people_of
from courses.team.services import attendance_tick, team_session_close, team_session_open
from organisation.models import Department, Person
from training.models import Trainable
from users.models import User

DAYS_AGO = 12
TEAM = 9  # people around one screen


def sample_team_session_load(
    *, ward: Department, trainable: Trainable, user: User, leader: Person, today: dt.date
) -> None:
    """The ward's manager ran the module with some of her team, at two in the afternoon."""
    day = today - dt.timedelta(days=DAYS_AGO)
    now = timezone.make_aware(dt.datetime.combine(day, dt.time(14)))
    place = TeamPlace.of(ward)
    session = team_session_open(trainable=trainable, place=place, user=user, leader=leader, now=now)
    uids = [one.uid for one in people_of(place=place, day=day).order_by("uid")[:TEAM]]
    attendance_tick(session=session, shown=uids, present=uids, now=now)
    team_session_close(session=session, user=user, now=now + dt.timedelta(minutes=15))
