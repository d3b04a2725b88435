"""The weekly digest for near managers: figures of their places, and never a name.

A week is told from its Monday on, as things stood on the Sunday before.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications.links import site_url
from notifications.mails import LocalContact, bodies_render
from notifications.messages import Message
from notifications.models import Run
from notifications.registry import Category, Kind, Step, category_register, kind_register
from organisation.local_contacts import local_contact
from organisation.models import Department, Establishment, Grant
from organisation.selectors import recipient_of_user
from reporting import figures
from reporting.counting.matrix import TOTAL
from reporting.selectors.coverage import (
    Coverage,
    coverage_of_department,
    coverage_of_establishment,
)
from reporting.selectors.managers import managers_after, near_grants, newly_completed
from users.days import long_day
from users.models import User

KIND = CATEGORY = "digests"
BATCH = 50
"""Managers looked at in a step."""

EXAMINED, EMPTY = "examined", "empty"
_WEEK = dt.timedelta(days=7)
_DAY = dt.timedelta(days=1)

Place: TypeAlias = Department | Establishment


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A module in one place: «412 / 610 (68 %), 50 non recensés» and what is new."""

    title: str
    coverage: str
    new: str
    overdue: str


@dataclass(frozen=True, slots=True)
class Section:
    """A place with its modules and the address of its page."""

    title: str
    url: str
    modules: list[ModuleLine]


def register() -> None:
    category_register(
        Category(CATEGORY, gettext_lazy("bilan hebdomadaire des formations"), is_optional=True)
    )
    counted = {
        EXAMINED: gettext_lazy("responsables examinés"),
        EMPTY: gettext_lazy("sans formation demandée dans leurs lieux"),
    }
    kind_register(Kind(KIND, gettext_lazy("Bilans hebdomadaires"), digests_compose, counted))


def period_of(day: dt.date) -> str:
    """«2026-W48»."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def digests_compose(run: Run) -> Step:
    """The next step of a run whose period is an ISO week.

    Two queries, and a fixed number for each place; places of several managers are read once.
    """
    monday = dt.date.fromisoformat(f"{run.period}-1")
    managers = managers_after(pk=int(run.cursor or 0), limit=BATCH, day=monday)
    if not managers:
        return Step([], None)
    places: dict[int, list[Place]] = defaultdict(list)
    for grant in near_grants(managers=managers, day=monday):
        place = _place(grant)
        if place not in places[grant.user_id]:
            places[grant.user_id].append(place)
    sections = {
        place: _section(place, monday - _DAY)
        for place in dict.fromkeys(one for own in places.values() for one in own)
    }
    messages = []
    for manager in managers:
        own = places[manager.pk]
        told = [sections[place] for place in own]
        if any(section.modules for section in told):
            messages.append(_message(manager, own, told, run.period, monday))
    counts = {EXAMINED: len(managers), EMPTY: len(managers) - len(messages)}
    return Step(messages, str(managers[-1].pk) if len(managers) == BATCH else None, counts)


def _place(grant: Grant) -> Place:
    place = grant.department or grant.establishment
    assert place is not None  # the near scopes have one
    return place


def _section(place: Place, sunday: dt.date) -> Section:
    """Figures of one place at the end of a week."""
    if isinstance(place, Department):
        coverage = coverage_of_department(department=place, day=sunday)
        where, title = Q(department=place), f"{place.name} – {place.establishment.name}"
    else:
        coverage = coverage_of_establishment(establishment=place, day=sunday)
        where, title = Q(establishment=place), place.name
    new = newly_completed(where=where, since=sunday - _WEEK + _DAY, day=sunday)
    return Section(title, site_url(_address(place)), _modules(coverage, new))


def _address(place: Place) -> str:
    view = "department" if isinstance(place, Department) else "establishment"
    return reverse(f"reporting:{view}", args=[place.uid])


def _modules(coverage: Coverage, new: dict[int, int]) -> list[ModuleLine]:
    lines = []
    for trainable in coverage.trainables:
        cell = coverage.table.cell(TOTAL, trainable.pk)
        number = new.get(trainable.pk, 0)
        lines.append(
            ModuleLine(
                title=trainable.title,
                coverage=figures.cell_text(cell),
                new=_new_text(number),
                overdue=figures.overdue_text(cell) or _("aucun retard"),
            )
        )
    return lines


def _new_text(number: int) -> str:
    if not number:
        return _("aucune validation dans la semaine")
    words = ngettext(
        "%(n)s validation dans la semaine", "%(n)s validations dans la semaine", number
    )
    return words % {"n": figures.number(number)}


def _message(
    manager: User, places: list[Place], sections: list[Section], period: str, monday: dt.date
) -> Message:
    recipient = recipient_of_user(user=manager)
    days = {"first": long_day(monday - _WEEK), "last": long_day(monday - _DAY)}
    bodies = bodies_render(
        "reporting/email/digest",
        {"sections": sections, **days},
        category=CATEGORY,
        recipient=recipient,
        contact=_contact(places[0]),
        space_path=reverse("reporting:home"),
    )
    key = f"digest:{recipient.hex}:{period}"
    return Message(
        category=CATEGORY,
        recipient=recipient,
        address=manager.email,
        key=key,
        covers=(key,),
        subject=_("%(site)s : bilan des formations au %(day)s")
        % {"site": settings.WAGTAIL_SITE_NAME, "day": days["last"]},
        text=bodies.text,
        html=bodies.html,
    )


def _contact(place: Place) -> LocalContact:
    house = place.establishment if isinstance(place, Department) else place
    return local_contact(house)
