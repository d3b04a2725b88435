"""The VTIMEZONE of each place (RFC 5545 3.6.5).

Written as rules, which every client reads; what the library derives from the zone database is a
list of dates, which Outlook ignores. `tests/meetings/calendars` holds them against the database.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

WINTER, SUMMER = dt.timedelta(hours=1), dt.timedelta(hours=2)
# Last Sundays of March and October (directive 2000/84/EC); 1996 is the first year of this rule.
SUMMER_BEGINS, SUMMER_ENDS = dt.datetime(1996, 3, 31, 2), dt.datetime(1996, 10, 27, 3)
ALWAYS = dt.datetime(1970, 1, 1)


@cache
def timezone_of(zone: ZoneInfo) -> Timezone:
    """The component of a zone of `meetings.zones`; it is shared, so nobody changes it."""
    component = Timezone()
    component.add("TZID", zone.key)
    if zone.key == "Europe/Paris":
        _observe(component, TimezoneDaylight(), "CEST", WINTER, SUMMER, SUMMER_BEGINS, month=3)
        _observe(component, TimezoneStandard(), "CET", SUMMER, WINTER, SUMMER_ENDS, month=10)
    else:
        moment = dt.datetime(2026, 1, 1, tzinfo=zone)
        offset, name = moment.utcoffset(), moment.tzname()
        assert offset is not None
        assert name is not None
        _observe(component, TimezoneStandard(), name, offset, offset, ALWAYS)
    return component


def _observe(
    component: Timezone,
    observance: TimezoneDaylight | TimezoneStandard,
    name: str,
    before: dt.timedelta,
    after: dt.timedelta,
    starts: dt.datetime,
    month: int | None = None,
) -> None:
    observance.add("DTSTART", starts)
    observance.add("TZOFFSETFROM", before)
    observance.add("TZOFFSETTO", after)
    observance.add("TZNAME", name)
    if month is not None:
        observance.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
    component.add_component(observance)
