"""What the screens of declared headcounts show. A fixed number of queries each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from documents.exports import ExportTable
from organisation.models import Appointment, Establishment, Headcount, HeadcountImport, StaffRole
from organisation.selectors import headcounts_at

from .reading import CountLine


@dataclasses.dataclass(frozen=True, slots=True)
class Gap:
    """A role's declared people (None if nothing is), since when, and those on the roster."""

    role: StaffRole
    declared: int | None
    known: int
    declared_on: dt.date | None = None

    @property
    def missing(self) -> int:
        """Declared and not on the roster."""
        return max(0, (self.declared or 0) - self.known)

    @property
    def is_short(self) -> bool:
        """More people are known than declared: the declaration is out of date."""
        return self.declared is not None and self.declared < self.known


@dataclasses.dataclass(frozen=True, slots=True)
class GapTotals:
    """Of all roles: those known, those declared where something is, those on no roster. Rates count
    with the larger of the two in each role."""

    known: int
    declared: int | None
    missing: int
    undeclared_roles: int


def headcount_gaps(*, establishment: Establishment, day: dt.date) -> list[Gap]:
    """Declared against known, for each role that has either. Four queries."""
    declared = headcounts_at(establishments=[establishment.pk], day=day)
    known = dict(
        Appointment.objects.at(day)
        .filter(establishment=establishment)
        .order_by()
        .values_list("role")
        .annotate(Count("person", distinct=True))
    )
    days = dict(
        Headcount.objects.filter(establishment=establishment, as_of__lte=day)
        .order_by()
        .values_list("role")
        .annotate(Max("as_of"))
    )
    roles = StaffRole.objects.select_related("family")
    return [
        Gap(
            role,
            declared.get((establishment.pk, role.pk)),
            known.get(role.pk, 0),
            days.get(role.pk),
        )
        for role in roles.order_by("family__position", "position", "name")
        if known.get(role.pk) or declared.get((establishment.pk, role.pk))
    ]


def gap_totals(gaps: list[Gap]) -> GapTotals:
    """The sums over roles. Somebody in two roles counts in each."""
    declared = [gap.declared for gap in gaps if gap.declared is not None]
    return GapTotals(
        known=sum(gap.known for gap in gaps),
        declared=sum(declared) if declared else None,
        missing=sum(gap.missing for gap in gaps),
        undeclared_roles=sum(gap.declared is None for gap in gaps),
    )


def counts_get(uid: uuid.UUID) -> HeadcountImport | None:
    """One file with its establishment."""
    found = HeadcountImport.objects.select_related("establishment", "requested_by")
    return found.filter(uid=uid).first()


def counts_listed(*, establishment: Establishment) -> QuerySet[HeadcountImport]:
    """The files for this establishment alone, the newest first."""
    return HeadcountImport.objects.filter(establishment=establishment).select_related(
        "requested_by"
    )


def sample_table(*, is_for_several: bool) -> ExportTable:
    """A model to fill in, with an explanation of each column on its second sheet."""
    rows: list[tuple[str | int | dt.date, ...]] = [
        (_("Infirmier"), 120, dt.date(2026, 1, 1)),
        (_("Aide-soignant"), 95, dt.date(2026, 1, 1)),
    ]
    header = [_("Métier"), _("Nombre de personnes"), _("Date")]
    notes = [
        (_("Métier"), _("Vos mots : vous direz une fois ce qu’ils désignent.")),
        (
            _("Nombre de personnes"),
            _("Des personnes, temps partiels compris ; jamais des équivalents temps plein (ETP)."),
        ),
        (_("Date"), _("Le jour où ces personnes étaient en poste. Vide : la date choisie.")),
    ]
    if is_for_several:
        rows = [("350000022", *row) for row in rows]
        header.insert(0, _("Numéro FINESS"))
        notes.insert(0, (_("Numéro FINESS"), _("Celui de l’établissement, ou d’un de ses sites.")))
    return ExportTable(
        title=_("Effectifs"),
        filename="modele-effectifs",
        notes=notes,
        header=header,
        rows=rows,
        widths=(18, 34, 22, 16) if is_for_several else (34, 22, 16),
    )


def refused_table(lines: list[CountLine]) -> ExportTable:
    """The lines to be corrected, for a spreadsheet."""
    return ExportTable(
        title=_("Lignes refusées"),
        filename="effectifs-lignes-refusees",
        notes=(),
        header=[_("Ligne"), _("Métier"), _("Motif")],
        rows=((line.number, line.label, line.problem) for line in lines),
        widths=(10, 34, 80),
    )
