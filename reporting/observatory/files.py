"""The observatory as XLSX and CSV, from the rows of the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from reporting.grid_tables import hidden_words
from reporting.models import CoverageMonth
from reporting.observatory.presenters import ComparedRow
from reporting.observatory.quartiles import MINIMUM
from reporting.presenters import coverage_notes, figure_header, figure_values

HIDDEN: list[Value] = [None] * 5


def observatory_export(
    *, month: CoverageMonth, groups: Sequence[tuple[str, Sequence[ComparedRow]]], filters: str
) -> ExportTable:
    """One line a region, family or size; `groups` are (level, rows)."""
    return ExportTable(
        title=_("Observatoire de la couverture"),
        filename=f"observatoire-{month.ends_on:%Y-%m}",
        notes=[
            *coverage_notes(_("France entière"), month.ends_on, month.computed_at),
            (_("Filtres"), filters or _("aucun")),
            (_("Masqué"), hidden_words()),
            (
                _("Médiane et quartiles"),
                _(
                    "Des taux publiés des établissements, chacun comptant une fois ; vides à moins "
                    "de %(minimum)s taux publiés."
                )
                % {"minimum": MINIMUM},
            ),
        ],
        header=[
            _("Niveau"),
            _("Groupe"),
            *figure_header(),
            _("Premier quartile"),
            _("Médiane"),
            _("Troisième quartile"),
            _("Établissements publiés"),
            _("Établissements renseignés"),
            _("Établissements"),
        ],
        rows=_rows(groups),
        percents=frozenset({6, 8, 9, 10}),
        widths=(12, 36, 10, 10, 12, 14, 10, 10, 12, 12, 12, 14, 14, 14),
    )


def _rows(groups: Sequence[tuple[str, Sequence[ComparedRow]]]) -> Iterator[list[Value]]:
    for level, rows in groups:
        for row in rows:
            cell, spread = row.cell.cell, row.spread
            shown = figure_values(cell) if cell else [_("masqué"), *HIDDEN]
            found = spread.quartiles
            shares: list[Value] = [found.low, found.median, found.high] if found else [None] * 3
            yield [level, row.title, *shown, *shares, spread.published, row.known, spread.total]
