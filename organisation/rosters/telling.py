"""A plan in words, for the preview and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from organisation.enums import IdentifierKind
from organisation.models import Department, RosterImport, Site, StaffRole

from .columns import Field
from .places import Start, Update
from .plan import PersonPlan, RosterPlan


def changes_told(roster: RosterImport, plan: RosterPlan) -> dict[str, list[str]]:
    """What happens to each person, by key. Three queries."""
    teller = _Teller(roster)
    return {one.key: list(teller.told(one)) for one in plan.people}


class _Teller:
    def __init__(self, roster: RosterImport) -> None:
        place = roster.establishment
        self.roles = dict(StaffRole.objects.values_list("pk", "name"))
        self.departments = dict(
            Department.objects.filter(establishment=place).values_list("pk", "name")
        )
        self.sites = dict(Site.objects.filter(establishment=place).values_list("pk", "name"))

    def told(self, one: PersonPlan) -> Iterator[str]:
        if one.doubt:
            yield one.doubt
            return
        instead = {known.pk: start for known, start in one.work.moves}
        begun = list(instead.values())
        for update in one.work.updates:
            yield from self._update(update, instead.get(update.known.pk))
        for start in one.work.starts:
            if start not in begun:
                yield self._start(start)
        for column, (before, after) in one.fields.items():
            if one.person is not None:
                label = Field(column).label
                yield _("%(field)s : %(before)s → %(after)s") % {
                    "field": label,
                    "before": before or "—",
                    "after": after,
                }
        for kind, value in one.added:
            yield f"{IdentifierKind(kind).label} {value}"

    def _update(self, update: Update, instead: Start | None) -> Iterator[str]:
        known = update.known
        was = self._work(known.role, known.department)
        if instead is not None:
            now = self._work(instead.role, instead.department)
            yield _("%(was)s → %(now)s, le %(day)s") % {
                "was": was,
                "now": now,
                "day": _shown(instead.starts_on),
            }
            return
        if update.ends_on != known.ends_on:
            if update.ends_on is None:
                yield _("%(work)s : sans date de fin") % {"work": was}
            else:
                last = update.ends_on - dt.timedelta(days=1)
                yield _("%(work)s : dernier jour le %(day)s") % {"work": was, "day": _shown(last)}
        if update.starts_on != known.starts_on:
            yield _("%(work)s : entrée le %(day)s") % {
                "work": was,
                "day": _shown(update.starts_on),
            }
        if update.site != known.site:
            site = self.sites.get(update.site or 0, "—")
            yield _("%(work)s : site %(site)s") % {"work": was, "site": site}

    def _start(self, start: Start) -> str:
        return _("%(work)s, à partir du %(day)s") % {
            "work": self._work(start.role, start.department),
            "day": _shown(start.starts_on),
        }

    def _work(self, role: int, department: int | str | None) -> str:
        name = department if isinstance(department, str) else self.departments.get(department or 0)
        return f"{self.roles[role]}, {name}" if name else self.roles[role]


def _shown(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
