"""From what the pages count to what the API answers: plain values, ready for JSON.

Nothing is counted here. A hidden cell came without figures, and leaves without.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Department, Establishment, Region, RoleFamily
from reporting.counting import ALL, Cell, RowKey
from reporting.counting.matrix import TOTAL
from reporting.models import CoverageMonth, RollEntry
from reporting.objectives.presenters import line_of
from reporting.objectives.selectors import Followed
from reporting.places import Place, place_name, place_scope
from reporting.selectors.coverage import Coverage
from reporting.selectors.grid import Column, GridCell, GridRow, Reach
from training.models import Trainable

Value = dict[str, Any]
HIDDEN: Value = {"hidden": True}
NOT_REQUIRED: Value = {"hidden": False, "required": False}


def cell(found: Cell | None, *, live: bool = False) -> Value:
    """`found` is None where it is hidden. Only a live cell knows what was declared."""
    if found is None:
        return HIDDEN
    people = found.people
    if not people:
        return NOT_REQUIRED
    return {
        "hidden": False,
        "required": True,
        "covered": found.covered,
        "expected": found.expected,
        "declared": found.declared,
        "unknown": found.unknown,
        "people": people,
        "overdue": found.overdue,
        "percent": found.percent,
        "by_declaration": found.by_declaration if live else None,
    }


def place_ref(place: Place) -> Value:
    match place:
        case None:
            ref = "france"
        case Region():
            ref = place.code
        case _:
            ref = str(place.uid)
    return {"kind": place_scope(place).kind.value, "ref": ref, "name": place_name(place)}


def my_place(place: Place) -> Value:
    return {**place_ref(place), "links": links_of(place)}


def links_of(place: Place) -> dict[str, str]:
    """What one may ask of a place of one's own."""
    names: tuple[str, ...]
    arguments: dict[str, Any]
    match place:
        case None:
            names, arguments = ("nation_grid", "nation_trend", "nation_silent"), {}
        case Region():
            names = ("region_grid", "region_trend", "region_silent")
            arguments = {"code": place.code}
        case Department():
            names, arguments = ("department_matrix",), {"uid": place.uid}
        case _:
            names = ("establishment_matrix", "establishment_grid", "establishment_trend")
            arguments = {"uid": place.uid}
    kind = names[0].rpartition("_")[0]
    return {
        name.removeprefix(f"{kind}_"): reverse(f"coverage-api:{name}", kwargs=arguments)
        for name in (*names, f"{kind}_objectives")
    }


def module_ref(module: Trainable) -> Value:
    return {"uid": str(module.uid), "kind": module.kind, "title": module.title}


def month_ref(month: CoverageMonth) -> Value:
    return {
        "ends_on": month.ends_on.isoformat(),
        "computed_at": month.computed_at.isoformat(),
    }


def reach_of(found: Reach) -> Value:
    return {"known": found.known, "total": found.total}


def matrix(
    *,
    place: Department | Establishment,
    coverage: Coverage,
    by_department: bool,
    family: RoleFamily | None,
    module: Trainable | None,
) -> Value:
    """The live table of a page, total first; filters choose among what was counted."""
    modules = [one for one in coverage.trainables if module is None or one == module]
    columns: list[tuple[int, str | None]] = [(one.pk, str(one.uid)) for one in modules]
    if module is None:
        columns.append((ALL, None))
    figures = coverage.table.cell

    def row(kind: str, ref: str | None, name: str, key: RowKey) -> Value:
        cells = [
            {"module": uid, "role_family": None, "cell": cell(figures(key, pk), live=True)}
            for pk, uid in columns
        ]
        return {"kind": kind, "ref": ref, "name": name, "cells": cells}

    rows = [] if family else [row("total", None, _("Ensemble"), TOTAL)]
    if by_department:
        rows += [
            row(
                "department",
                str(one.uid) if one else None,
                one.name if one else _("Sans service"),
                ("department", one.pk if one else None),
            )
            for one in coverage.departments
        ]
    else:
        for _pk, group in groupby(coverage.roles, key=lambda role: role.family_id):
            roles = list(group)
            of = roles[0].family
            if family is None or family == of:
                rows.append(row("family", of.code, of.name, ("family", of.pk)))
                rows += [row("role", one.code, one.name, ("role", one.pk)) for one in roles]
    return {
        "place": place_ref(place),
        "day": coverage.day.isoformat(),
        "computed_at": coverage.computed_at.isoformat(),
        "modules": [module_ref(one) for one in modules],
        "rows": rows,
    }


class Columns:
    """The columns of a grid: its modules or its role families, and their total last."""

    def __init__(
        self, modules: Sequence[Trainable] = (), families: Sequence[RoleFamily] = ()
    ) -> None:
        self.modules, self.families = modules, families
        self.keys: list[tuple[Column, Value]] = [
            *(((None, one.pk), {"module": str(one.uid), "role_family": None}) for one in modules),
            *(((one.pk, ALL), {"module": None, "role_family": one.code}) for one in families),
            ((None, ALL), {"module": None, "role_family": None}),
        ]

    @property
    def name(self) -> str:
        return "role_families" if self.families else "modules"

    def row(
        self,
        kind: str,
        ref: str | None,
        name: str,
        found: GridRow,
        *,
        of: RoleFamily | None = None,
    ) -> Value:
        """Modules `of` one role family, for a place that is read with its details."""
        if of is None:
            cells = [{**at, "cell": cell(found.cell(*key).cell)} for key, at in self.keys]
        else:
            cells = [
                {**at, "role_family": of.code, "cell": cell(found.cell(of.pk, key[1]).cell)}
                for key, at in self.keys
            ]
        return {"kind": kind, "ref": ref, "name": name, "cells": cells}


def grid(
    *,
    place: Establishment | Region | None,
    month: CoverageMonth,
    columns: Columns,
    rows: list[Value],
    reach: Reach | None,
) -> Value:
    return {
        "place": place_ref(place),
        "month": month_ref(month),
        "columns": columns.name,
        "modules": [module_ref(one) for one in columns.modules],
        "role_families": [{"code": one.code, "name": one.name} for one in columns.families],
        "reach": reach_of(reach) if reach else None,
        "rows": rows,
    }


def trend(
    *,
    place: Establishment | Region | None,
    family: RoleFamily | None,
    module: Trainable | None,
    months: Iterable[tuple[CoverageMonth, GridCell]],
) -> Value:
    return {
        "place": place_ref(place),
        "role_family": family.code if family else None,
        "module": str(module.uid) if module else None,
        "months": [
            {"ends_on": month.ends_on.isoformat(), "cell": cell(found.cell)}
            for month, found in months
        ],
    }


def series(months: Mapping[dt.date, GridRow]) -> Value:
    """The nation's cells, month by month. Two queries."""
    modules = dict(Trainable.objects.values_list("pk", "uid"))
    families = dict(RoleFamily.objects.values_list("pk", "code"))
    return {
        "place": place_ref(None),
        "months": [
            {
                "ends_on": ends_on.isoformat(),
                "cells": [
                    {
                        "module": str(modules[module]) if module != ALL else None,
                        "role_family": families[family] if family is not None else None,
                        "cell": cell(found.cell),
                    }
                    for (family, module), found in row.cells.items()
                ],
            }
            for ends_on, row in months.items()
        ],
    }


def silent(entry: RollEntry, *, heard: bool) -> Value:
    return {
        "uid": str(entry.establishment.uid),
        "finess": entry.establishment.finess_ej,
        "name": entry.establishment.name,
        "family": entry.family,
        "region": entry.region.code if entry.region else None,
        "heard_since": heard,
    }


def objective(followed: Followed, *, live: bool) -> Value:
    one, progress = followed.objective, followed.progress
    reached_in = progress.reached_in
    return {
        "uid": str(one.uid),
        "role_family": one.role_family.code if one.role_family else None,
        "role": one.role.code if one.role else None,
        "module": str(one.trainable.uid) if one.trainable else None,
        "percent": one.percent,
        "due_on": one.due_on.isoformat(),
        "state": line_of(followed).state,
        "cell": cell(progress.cell, live=live),
        "missing": progress.missing if progress.is_measured else None,
        "pace": progress.pace.value,
        "reached_in": f"{reached_in:%Y-%m}" if reached_in else None,
    }
