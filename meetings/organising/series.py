"""The same meeting again: copies of its page on other days, as drafts.

The hours stay those on the clocks of the place, whatever summer time does in between. A copy is
another meeting: nobody is registered, and what was left of the first one is not there.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, MeetingPage
from meetings.services.acts import meeting_act_record
from users.models import User

MOST = 12


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("Chaque semaine, le même jour")
    MONTHLY = "monthly", _("Chaque mois, le même jour de la semaine (le 2e mardi, par exemple)")
    DATES = "dates", _("Aux dates choisies")


@dataclass(frozen=True, slots=True)
class Hours:
    """When one of them would begin and end."""

    starts_at: dt.datetime
    ends_at: dt.datetime


def days_of(*, first: dt.date, rhythm: Rhythm, count: int) -> list[dt.date]:
    """The next `count` days after `first`, which is none of them. Where a month has no fifth
    tuesday it is the fourth."""
    if rhythm is Rhythm.WEEKLY:
        return [first + dt.timedelta(weeks=number + 1) for number in range(count)]
    return [_month_later(first, number + 1) for number in range(count)]


def hours_on(*, meeting: Meeting, day: dt.date) -> Hours:
    """The hours of a meeting of the same length on `day`, by the clocks of the place."""
    shift = day - meeting.local_start.date()
    return Hours(
        _shifted(meeting, meeting.starts_at, shift), _shifted(meeting, meeting.ends_at, shift)
    )


@transaction.atomic
def series_prepare(*, meeting: Meeting, days: Sequence[dt.date], actor: User) -> list[MeetingPage]:
    """A draft for each of the days, submitted to the workflow of the place in the tree, if there
    is one. The page must be there.

    :raises ValueError: there is no page, or there are too many days.
    """
    page = meeting.page
    if page is None or not 0 < len(days) <= MOST:
        raise ValueError("A series has a page to copy, and at most twelve days.")
    made = [_copy(page, meeting, day, actor) for day in days]
    for one in made:
        workflow = one.get_workflow()
        if workflow is not None:
            workflow.start(one, actor)
    meeting_act_record(
        meeting=meeting, actor=actor, action="meeting.repeat", days=[f"{day}" for day in days]
    )
    return made


def _copy(page: MeetingPage, meeting: Meeting, day: dt.date, actor: User) -> MeetingPage:
    hours = hours_on(meeting=meeting, day=day)
    shift = day - meeting.local_start.date()
    closes = page.registration_closes_at
    parent = page.get_parent()
    changes: dict[str, Any] = {
        "starts_at": hours.starts_at,
        "ends_at": hours.ends_at,
        "registration_closes_at": closes and _shifted(meeting, closes, shift),
        "programme": _programme(page, shift),
        "materials": [],
        "go_live_at": None,
        "expire_at": None,
        "slug": _free_slug(parent, f"{page.slug}-{day:%Y-%m-%d}"),
        "owner": actor,
    }
    made: MeetingPage = page.copy(
        to=parent,
        update_attrs=changes,
        copy_revisions=False,
        keep_live=False,
        user=actor,
        log_action="wagtail.copy",
    )
    return made


def _shifted(meeting: Meeting, moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """The same hour on the clocks of the place, days later."""
    local = meeting.place_zone.local(moment)
    return dt.datetime.combine(local.date() + by, local.time(), tzinfo=local.tzinfo)


def _programme(page: MeetingPage, shift: dt.timedelta) -> Any:
    """The sequences that name a day name the new one."""
    raw = deepcopy(page.programme.get_prep_value())  # the page keeps its own
    for block in raw:
        day = block["type"] == "session" and block["value"].get("day")
        if day:
            block["value"]["day"] = f"{dt.date.fromisoformat(str(day)) + shift}"
    return page.programme.stream_block.to_python(raw)


def _free_slug(parent: Any, wanted: str) -> str:
    """Of several copies for one day each has its own."""
    taken = set(parent.get_children().values_list("slug", flat=True))
    names = [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _month_later(first: dt.date, months: int) -> dt.date:
    """The same weekday of a month, by its rank in it."""
    rank = (first.day - 1) // 7
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    weeks = calendar.Calendar().itermonthdates(year, month + 1)
    same = [day for day in weeks if day.month == month + 1 and day.weekday() == first.weekday()]
    return same[min(rank, len(same) - 1)]
