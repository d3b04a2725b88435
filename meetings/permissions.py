"""Who may do what with meetings. Registering is for everybody; organising follows from grants."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from meetings.models import Meeting, Registration
from meetings.registrations.selectors import registrations_of
from organisation.models import Person, Region
from organisation.permissions import may_organise_meetings, scopes_with_meetings
from organisation.scopes import Scope
from users.models import User


def may_organise(*, user: User | AnonymousUser, meeting: Meeting, day: dt.date) -> bool:
    """The list with its names, messages, attendance, cancelling: for those of the region alone."""
    return may_organise_meetings(user=user, scope=Scope.region(meeting.region), day=day)


def regions_organised(*, user: User | AnonymousUser, day: dt.date) -> list[Region]:
    """The regions whose meetings a user organises, by name; all of them with a national grant."""
    scopes = scopes_with_meetings(user=user, day=day)
    regions = Region.objects.order_by("name", "pk")
    if Scope.nation() not in scopes:
        regions = regions.filter(pk__in=[one.place_pk for one in scopes])
    return list(regions)


def may_follow(*, registration: Registration, person: Person | None, account: User | None) -> bool:
    """One's own registration: to read, to change, to cancel. A signed address gives the same for
    the one registration that it names (`registrations.links`)."""
    own = registrations_of(person=person, account=account)
    return own.filter(pk=registration.pk).exists()
