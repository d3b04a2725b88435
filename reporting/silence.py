"""The silent establishments of a month, for a spreadsheet: those who chase them need a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from documents.exports import ExportTable, Value
from reporting.models import CoverageMonth, RollEntry
from reporting.selectors import grid

PART = 500


def silent_export(
    *,
    entries: QuerySet[RollEntry],
    reach: grid.Reach,
    place: str,
    month: CoverageMonth,
    today: dt.date,
) -> ExportTable:
    """Each with its numbers, and whether something is known of it by now."""
    told = {"known": reach.known, "total": reach.total}
    return ExportTable(
        title=_("Établissements silencieux"),
        filename=f"etablissements-silencieux-{month.ends_on}",
        notes=[
            (_("Périmètre"), place),
            (_("Au"), f"{month.ends_on:%d/%m/%Y}"),
            (_("Renseignés"), _("%(known)d établissements sur %(total)d") % told),
            (_("Silencieux"), _("Ni affectation, ni effectif déclaré à cette date.")),
        ],
        header=[
            *(_("Établissement"), _("FINESS"), _("Famille"), _("Région")),
            _("Renseigné depuis"),
        ],
        rows=_rows(entries, today),
        widths=(60, 14, 30, 30, 18),
    )


def _rows(entries: QuerySet[RollEntry], today: dt.date) -> Iterator[list[Value]]:
    rest = entries.iterator(chunk_size=PART)
    while part := list(islice(rest, PART)):
        heard = grid.heard_since(entries=part, day=today)
        for entry in part:
            yield [
                entry.establishment.name,
                entry.establishment.finess_ej or "",
                entry.get_family_display(),
                entry.region.name if entry.region else "",
                _("oui") if entry.establishment_id in heard else _("non"),
            ]
