"""What is frozen at the end of each month.

A **month** is counted once, as it stood on its last day, and never changes. Its **grid** has a cell
for place × role family × training, with the totals over families and over trainings; which cells
are suppressed for readers without names is decided with the month and stored in each cell. Its
**roll** says which establishments existed and which of them were silent, so that none leaves the
total. Its **attendance** is that of the meetings of the month, as far as it is published.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from organisation.enums import EstablishmentFamily
from organisation.models import Establishment, Region, RoleFamily
from reporting.counting import Cell
from reporting.enums import AttendanceTable, PlaceKind, SizeClass
from reporting.ledger.models import (
    CountedPerson,
    CoverageEdition,
    LedgerCell,
    LedgerChange,
    LedgerHouse,
    LedgerState,
    LedgerStep,
)
from training.models import Trainable

__all__ = [
    "AttendanceFigure",
    "AttendanceMonth",
    "CountedPerson",
    "CoverageEdition",
    "CoverageMonth",
    "CoverageSnapshot",
    "LedgerCell",
    "LedgerChange",
    "LedgerHouse",
    "LedgerState",
    "LedgerStep",
    "RollEntry",
]


class CoverageMonth(models.Model):
    """A month that is over, counted as at its last day. The row exists once the month is frozen."""

    ends_on = models.DateField(_("dernier jour"), unique=True)
    computed_at = models.DateTimeField(_("calculé le"))

    class Meta:
        verbose_name = _("mois arrêté")
        verbose_name_plural = _("mois arrêtés")
        ordering = ["-ends_on"]

    def __str__(self) -> str:
        return f"{self.ends_on:%Y-%m}"


class CoverageSnapshot(models.Model):
    """One cell of the grid. Without role family or training it is the total over them.

    A region cell without region stands for the establishments that belong to none.
    """

    month = models.ForeignKey(CoverageMonth, on_delete=models.PROTECT, related_name="cells")
    kind = models.CharField(_("niveau"), max_length=16, choices=PlaceKind.choices)
    establishment = models.ForeignKey(
        Establishment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    family = models.CharField(
        _("famille"), max_length=16, choices=EstablishmentFamily.choices, blank=True, default=""
    )
    size = models.CharField(
        _("taille"), max_length=16, choices=SizeClass.choices, blank=True, default=""
    )
    role_family = models.ForeignKey(
        RoleFamily, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    trainable = models.ForeignKey(
        Trainable, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    expected = models.PositiveIntegerField(_("attendus"))
    covered = models.PositiveIntegerField(_("couverts"))
    overdue = models.PositiveIntegerField(_("en retard"))
    declared = models.PositiveIntegerField(_("effectif déclaré"), null=True)
    unknown = models.PositiveIntegerField(_("non recensés"))
    is_suppressed = models.BooleanField(_("masqué"), default=False)

    class Meta:
        verbose_name = _("couverture mensuelle")
        verbose_name_plural = _("couvertures mensuelles")
        ordering = ["-month", "kind", "pk"]
        constraints = [
            # Coalesced, because two NULLs differ in a plain unique constraint.
            models.UniqueConstraint(
                "month",
                "kind",
                Coalesce("establishment", 0),
                Coalesce("region", 0),
                "family",
                "size",
                Coalesce("role_family", 0),
                Coalesce("trainable", 0),
                name="coverage_snapshot_once_per_cell",
            ),
            models.CheckConstraint(
                condition=Q(covered__lte=F("expected")) & Q(overdue__lte=F("expected")),
                name="coverage_snapshot_parts_within_expected",
            ),
            models.CheckConstraint(
                condition=Q(kind=PlaceKind.ESTABLISHMENT, establishment__isnull=False)
                | (~Q(kind=PlaceKind.ESTABLISHMENT) & Q(establishment=None)),
                name="coverage_snapshot_names_its_establishment",
            ),
        ]
        indexes = [
            models.Index(fields=["establishment", "month"]),
            models.Index(fields=["month", "kind", "region"]),
            # One cell of every establishment: what the observatory compares.
            models.Index(fields=["month", "kind", "trainable", "role_family"]),
        ]

    def __str__(self) -> str:
        return f"{self.month_id} {self.kind} {self.covered}/{self.expected}"

    @property
    def cell(self) -> Cell:
        return Cell(
            expected=self.expected,
            covered=self.covered,
            overdue=self.overdue,
            declared=self.declared,
            unknown=self.unknown,
        )


class RollEntry(models.Model):
    """An establishment as it was known at a month's end, silent or not."""

    month = models.ForeignKey(CoverageMonth, on_delete=models.PROTECT, related_name="roll")
    establishment = models.ForeignKey(Establishment, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    family = models.CharField(_("famille"), max_length=16, choices=EstablishmentFamily.choices)
    size = models.CharField(
        _("taille"), max_length=16, choices=SizeClass.choices, default=SizeClass.UNKNOWN
    )
    is_silent = models.BooleanField(_("silencieux"))

    class Meta:
        verbose_name = _("établissement du mois")
        verbose_name_plural = _("établissements du mois")
        ordering = ["establishment__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "establishment"], name="roll_entry_once_per_month"
            )
        ]
        indexes = [models.Index(fields=["month", "region", "is_silent"])]

    def __str__(self) -> str:
        return f"{self.month_id} {self.establishment_id}"


class AttendanceMonth(models.Model):
    """The attendance that was published with a month: of the meetings from `starts_on` to its end.

    `present` is empty where fewer than five people came: then nothing is published, and the next
    month begins with the same day.
    """

    month = models.OneToOneField(CoverageMonth, on_delete=models.PROTECT, related_name="attendance")
    starts_on = models.DateField(_("premier jour"))
    present = models.PositiveIntegerField(_("présences"), null=True)

    class Meta:
        verbose_name = _("participation d’un mois")
        verbose_name_plural = _("participations des mois")
        ordering = ["-month__ends_on"]

    def __str__(self) -> str:
        return str(self.month)


class AttendanceFigure(models.Model):
    """A published row; those that are not published are nowhere. `row` is the code of a region, a
    family or a role family, or a word of `reporting.attendance`."""

    month = models.ForeignKey(
        CoverageMonth, on_delete=models.PROTECT, related_name="attendance_figures"
    )
    table = models.CharField(_("tableau"), max_length=12, choices=AttendanceTable.choices)
    row = models.CharField(_("ligne"), max_length=40)
    people = models.PositiveIntegerField(_("présences"))

    class Meta:
        verbose_name = _("participation publiée")
        verbose_name_plural = _("participations publiées")
        ordering = ["-month", "table", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["month", "table", "row"], name="attendance_figure_once_per_row"
            ),
            models.CheckConstraint(
                condition=Q(people__gte=5), name="attendance_figure_of_five_or_more"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month_id} {self.table} {self.row}"


# The models of the packages of this room.
from reporting.api.models import AccessKey as AccessKey  # noqa: E402
from reporting.evidence.models import EvidenceFile as EvidenceFile  # noqa: E402
from reporting.monthly.models import MonthlyReport as MonthlyReport  # noqa: E402
from reporting.objectives.models import Objective as Objective  # noqa: E402
from reporting.reminding.models import Reminding as Reminding  # noqa: E402
