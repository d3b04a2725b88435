"""What a «dossier de preuve» says, as plain values that JSON carries.

The whole paper is in it, words included: what was issued stays readable as it was issued, whatever
becomes of the rules, the titles and the names later.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from organisation.enums import ScopeKind
from organisation.models import Establishment, Region
from reporting import figures
from reporting.counting import ALL, Cell, RowKey
from reporting.counting.matrix import TOTAL
from reporting.evidence.hiding import shown_cells
from reporting.grid_tables import hidden_words
from reporting.kinds import all_of, titled
from reporting.models import CoverageMonth
from reporting.presenters import coverage_notes
from reporting.selectors import grid, rows
from reporting.selectors.coverage import Coverage, coverage_of_establishment
from reporting.suppression import THRESHOLD
from training.enums import Provenance
from training.models import Completion, Requirement, Trainable
from users.days import long_day

FORM = 1
"""Of the JSON; the paper of a record is drawn by the template of its form."""

Content: TypeAlias = dict[str, Any]
ShownCell: TypeAlias = Cell | None  # None is hidden


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tables: what it is called, how it is set, and its cells by training."""

    title: str
    level: str  # «total», «family» or «role»
    cell: Callable[[int], ShownCell]


def canonical(content: Mapping[str, Any]) -> str:
    """One text for one content, whatever the order in which it was put together."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(text: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def content_of_establishment(*, establishment: Establishment, day: dt.date) -> Content:
    """Roles by trainings at `day`, small groups hidden, with provenance.

    A fixed number of queries.
    """
    coverage = coverage_of_establishment(establishment=establishment, day=day)
    cells = shown_cells(table=coverage.table, roles=coverage.roles)

    def of(key: RowKey) -> Callable[[int], ShownCell]:
        return lambda training: cells.get((key, training), Cell())

    return _content(
        place=establishment.name,
        register=establishment.finess_ej or "",
        kind=str(ScopeKind.ESTABLISHMENT.label),
        day=day,
        computed_at=coverage.computed_at,
        is_frozen=False,
        trainables=coverage.trainables,
        lines=_house_lines(coverage, of),
        requirements=_requirements(day, _of_house(establishment), coverage.trainables),
        provenance=_provenance(Q(establishment=establishment), day, coverage.trainables),
        reach="",
    )


def content_of_region(*, region: Region, month: CoverageMonth) -> Content:
    """Role families and trainings of a region, from the frozen grid."""
    return _of_grid(
        place=region.name,
        kind=str(ScopeKind.REGION.label),
        month=month,
        row=grid.region_row(month=month, region=region),
        reach=grid.reach(month=month, region=region),
        asked=Q(scope=ScopeKind.NATION) | Q(scope=ScopeKind.REGION, region=region),
    )


def content_of_nation(*, month: CoverageMonth) -> Content:
    """The same of the nation."""
    return _of_grid(
        place=_("France entière"),
        kind=str(ScopeKind.NATION.label),
        month=month,
        row=grid.nation_row(month=month),
        reach=grid.reach(month=month),
        asked=Q(scope=ScopeKind.NATION),
    )


def _of_grid(
    *,
    place: str,
    kind: str,
    month: CoverageMonth,
    row: grid.GridRow,
    reach: grid.Reach,
    asked: Q,
) -> Content:
    trainables = grid.trainables_of_month(month=month)
    # The grid above an establishment has its margins: the total by training, families over all.
    lines = [Row(_("Ensemble"), "total", lambda training: row.cell(None, training).cell)]
    lines += [
        _family_row(row, one.pk, one.name) for one in grid.role_families_of_month(month=month)
    ]
    told = {"known": figures.number(reach.known), "total": figures.number(reach.total)}
    return _content(
        place=place,
        register="",
        kind=kind,
        day=month.ends_on,
        computed_at=month.computed_at,
        is_frozen=True,
        trainables=trainables,
        lines=lines,
        requirements=_requirements(month.ends_on, asked, trainables),
        provenance=[],
        reach=_("%(known)s établissements renseignés sur %(total)s.") % told,
    )


def _family_row(row: grid.GridRow, family: int, name: str) -> Row:
    def cell(training: int) -> ShownCell:
        return row.cell(family, training).cell if training == ALL else Cell()

    return Row(name, "family", cell)


def _content(
    *,
    place: str,
    register: str,
    kind: str,
    day: dt.date,
    computed_at: dt.datetime,
    is_frozen: bool,
    trainables: Sequence[Trainable],
    lines: Sequence[Row],
    requirements: list[dict[str, str]],
    provenance: list[dict[str, Any]],
    reach: str,
) -> Content:
    total = lines[0].cell(ALL)
    return {
        "form": FORM,
        "issuer": settings.WAGTAIL_SITE_NAME,
        "software": software(),
        "scope": {"kind": kind, "name": place, "finess": register},
        "day": day.isoformat(),
        "computed_at": computed_at.isoformat(),
        "is_frozen": is_frozen,
        "total": _figures(total, is_frozen),
        "total_words": _total_words(total),
        "reach": reach,
        "tables": _tables(trainables, lines, is_frozen),
        "requirements": requirements,
        "provenance": provenance,
        "rules": _rules(place, day, computed_at),
    }


def software() -> dict[str, str]:
    """What counted and what drew."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return {
        "name": project["name"],
        "version": project["version"],
        "drawn_by": f"typst {version('typst')}",
    }


def _house_lines(
    coverage: Coverage, of: Callable[[RowKey], Callable[[int], ShownCell]]
) -> list[Row]:
    lines = [Row(_("Ensemble de l’établissement"), "total", of(TOTAL))]
    family = None
    for role in coverage.roles:
        if role.family_id != family:
            family = role.family_id
            lines.append(Row(role.family.name, "family", of(("family", family))))
        lines.append(Row(role.name, "role", of(("role", role.pk))))
    return lines


def _tables(
    trainables: Sequence[Trainable], lines: Sequence[Row], is_frozen: bool
) -> list[dict[str, Any]]:
    """A table for all trainings, then one for each; lines of which nothing is required are left
    out, for an auditor reads what was asked."""
    wanted = [(all_of(trainables), ALL), *((titled(one), one.pk) for one in trainables)]
    return [
        {
            "title": title,
            "rows": [
                {"title": line.title, "level": line.level, "figures": _figures(cell, is_frozen)}
                for line in lines
                if (cell := line.cell(training)) is None or cell.is_required
            ],
        }
        for title, training in wanted
    ]


def _figures(cell: ShownCell, is_frozen: bool) -> dict[str, int | None] | None:
    """Numbers; None where the group is hidden. The frozen grid knows no declared evidence."""
    if cell is None:
        return None
    return {
        "covered": cell.covered,
        "declared_evidence": None if is_frozen else cell.by_declaration,
        "expected": cell.expected,
        "headcount": cell.declared,
        "unknown": cell.unknown,
        "percent": cell.percent,
        "overdue": cell.overdue,
    }


def _total_words(cell: ShownCell) -> str:
    if cell is None:
        return _(
            "Total masqué : il compte moins de cinq personnes, ou permettrait de retrouver un "
            "groupe de moins de cinq personnes."
        )
    parts = (figures.cell_text(cell), figures.overdue_text(cell))
    return ", ".join(part for part in parts if part)


def _of_house(establishment: Establishment) -> Q:
    asked = Q(scope=ScopeKind.NATION) | Q(establishment=establishment)
    asked |= Q(department__establishment=establishment)
    if establishment.region_id is not None:
        asked |= Q(scope=ScopeKind.REGION, region=establishment.region_id)
    return asked


def _requirements(day: dt.date, asked: Q, trainables: Sequence[Trainable]) -> list[dict[str, str]]:
    """Those in force at `day` that reach the place and ask for one of these trainings."""
    found = (
        Requirement.objects.at(day)
        .filter(asked, trainable__in=trainables)
        .select_related("trainable", "department", "establishment", "region")
        .prefetch_related("roles", "role_families")
        .order_by("trainable__title", "pk")
    )
    return [
        {
            "training": titled(one.trainable),
            "who": _who(one),
            "where": str(one.place.name if one.place else one.get_scope_display()),
            "due": _due(one),
            "validity": _validity(one),
            "since": long_day(one.starts_on),
        }
        for one in found
    ]


def _who(requirement: Requirement) -> str:
    names = [one.name for one in requirement.role_families.all()]
    names += [one.name for one in requirement.roles.all()]
    return ", ".join(sorted(names)) if names else _("Tous les métiers")


def _due(requirement: Requirement) -> str:
    told = _("%(n)d jours") % {"n": requirement.due_days}
    if requirement.due_on is None:
        return told
    return _("%(days)s, au plus tôt le %(day)s") % {
        "days": told,
        "day": long_day(requirement.due_on),
    }


def _validity(requirement: Requirement) -> str:
    months = requirement.validity_months
    return _("%(n)d mois") % {"n": months} if months else _("sans limite")


def _provenance(where: Q, day: dt.date, trainables: Sequence[Trainable]) -> list[dict[str, Any]]:
    """Of the people here at `day`: their completions up to then, by how they are known. No sum is
    given, so that «1 à 4» stays as vague as it says. One query."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=rows.PARIS)
    people = rows.appointments_at(day).filter(where).values("person_id")
    found = (
        Completion.objects.filter(
            completed_at__lt=midnight, person_id__in=people, trainable__in=trainables
        )
        .order_by()
        .values_list("trainable", "provenance")
        .annotate(number=Count("pk"))
    )
    counts: dict[int, dict[str, int]] = {}
    for trainable, provenance, number in found:
        counts.setdefault(trainable, {})[provenance] = number
    return [
        {
            "training": titled(one),
            "counts": [
                {"how": str(how.label), "number": _vague(counts.get(one.pk, {}).get(how.value, 0))}
                for how in Provenance
            ],
        }
        for one in trainables
    ]


def _vague(number: int) -> str:
    return figures.number(number) if number == 0 or number >= THRESHOLD else _("1 à 4")


def _rules(place: str, day: dt.date, computed_at: dt.datetime) -> list[dict[str, str]]:
    """The rules of counting in words; scope and dates stand elsewhere."""
    notes = coverage_notes(place, day, computed_at)[3:]
    notes.append((_("Masqué"), hidden_words()))
    return [{"label": label, "text": text} for label, text in notes]
