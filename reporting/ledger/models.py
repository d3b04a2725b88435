"""The tables of the ledger: a projection, all of which can be thrown away and counted again."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.models import Establishment


class CellKind(models.TextChoices):
    """What a cell counts. `BASE` is a department and a role: of steps only, and adds up to the
    others; a step of another kind corrects that sum for who works there more than once."""

    BASE = "base", _("Service et métier")
    ROLE = "role", _("Métier")
    FAMILY = "family", _("Filière")
    DEPARTMENT = "department", _("Service")
    HOUSE = "total", _("Établissement")


class LedgerState(models.Model):
    """One row: whoever holds it writes the ledger, and counts one further at each writing."""

    version = models.PositiveBigIntegerField(_("version"), default=0)
    running_until = models.DateTimeField(_("en cours jusqu’à"), null=True)
    night_at = models.DateTimeField(_("prochaine vérification"), null=True)
    proved_at = models.DateTimeField(_("vérifié le"), null=True)
    proved_houses = models.PositiveIntegerField(_("établissements vérifiés"), default=0)
    differences = models.JSONField(_("écarts trouvés"), default=list)

    class Meta:
        verbose_name = _("état du registre de couverture")
        verbose_name_plural = _("états du registre de couverture")

    def __str__(self) -> str:
        return f"{self.proved_at}"


class CoverageEdition(models.Model):
    """One row: see `reporting.ledger.editions`."""

    number = models.PositiveBigIntegerField(_("édition"), default=0)

    class Meta:
        verbose_name = _("édition des tableaux de couverture")
        verbose_name_plural = _("éditions des tableaux de couverture")

    def __str__(self) -> str:
        return str(self.number)


class LedgerHouseQuerySet(models.QuerySet["LedgerHouse"]):
    def standing(self) -> LedgerHouseQuerySet:
        """Those that were counted since last somebody asked for it."""
        return self.filter(wanted=F("counted"), counted_on__isnull=False)

    def make_stale(self) -> int:
        return self.update(wanted=F("wanted") + 1)


class LedgerHouse(models.Model):
    """An establishment in the ledger.

    `wanted` grows with everything after which it has to be counted anew, and `counted` is what it
    was when the counting began: it stands where both are equal. `version` grows whenever its cells
    or steps change.
    """

    establishment = models.OneToOneField(
        Establishment, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    counted_on = models.DateField(_("compté au"), null=True)
    wanted = models.PositiveBigIntegerField(_("demandes de comptage"), default=1)
    counted = models.PositiveBigIntegerField(_("demandes satisfaites"), default=0)
    version = models.PositiveBigIntegerField(_("version"), default=0)

    objects = LedgerHouseQuerySet.as_manager()

    class Meta:
        verbose_name = _("établissement compté")
        verbose_name_plural = _("établissements comptés")

    def __str__(self) -> str:
        return f"{self.establishment_id} {self.counted_on}"


class _Figured(models.Model):
    """`trainable` is a primary key, or one of the totals of `reporting.counting`."""

    trainable = models.IntegerField(_("formation"))
    expected = models.IntegerField(_("attendus"), default=0)
    covered = models.IntegerField(_("couverts"), default=0)
    overdue = models.IntegerField(_("en retard"), default=0)
    declared = models.IntegerField(_("dont déclarés"), default=0)

    class Meta:
        abstract = True


class LedgerCell(_Figured):
    """Figures on the house's day. `key` is that of the role, family or department; 0 for none."""

    house = models.ForeignKey(LedgerHouse, on_delete=models.CASCADE, related_name="cells")
    kind = models.CharField(_("nature"), max_length=10, choices=CellKind.choices)
    key = models.IntegerField(_("clé"))

    class Meta:
        verbose_name = _("cellule de couverture")
        verbose_name_plural = _("cellules de couverture")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "kind", "key", "trainable"], name="ledger_cell_once"
            ),
            models.CheckConstraint(
                condition=Q(covered__gte=0, overdue__gte=0, declared__gte=0)
                & Q(expected__gte=F("covered") + F("overdue"))
                & Q(declared__lte=F("covered")),
                name="ledger_cell_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.house_id} {self.kind} {self.key} {self.trainable}"


class LedgerStep(_Figured):
    """A change from a day on, after the house's own. 0 stands for what the kind does not name."""

    house = models.ForeignKey(LedgerHouse, on_delete=models.CASCADE, related_name="steps")
    day = models.DateField(_("à partir du"))
    kind = models.CharField(_("nature"), max_length=10, choices=CellKind.choices)
    department = models.IntegerField(_("service"), default=0)
    role = models.IntegerField(_("métier"), default=0)
    family = models.IntegerField(_("filière"), default=0)

    class Meta:
        verbose_name = _("changement de couverture")
        verbose_name_plural = _("changements de couverture")
        constraints = [
            models.UniqueConstraint(
                fields=["house", "day", "kind", "department", "role", "family", "trainable"],
                name="ledger_step_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.house_id} {self.day} {self.kind}"


class CountedPerson(models.Model):
    """What of a person stands in the ledger: `reporting.ledger.facts` as JSON.

    By number and not by key, for a person whom a staff list brought by mistake is deleted with it,
    and what she added has to be taken back all the same.
    """

    person = models.BigIntegerField(_("agent"), primary_key=True)
    facts = models.JSONField(_("faits comptés"))

    class Meta:
        verbose_name = _("agent compté")
        verbose_name_plural = _("agents comptés")

    def __str__(self) -> str:
        return str(self.person)


class LedgerChange(models.Model):
    """Something of a person changed, and the ledger does not have it yet.

    `establishment` is one that she may work in no more; None for those she works in now.
    """

    person = models.BigIntegerField(_("agent"), db_index=True)
    establishment = models.BigIntegerField(_("établissement"), null=True, db_index=True)
    created_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    class Meta:
        verbose_name = _("changement à compter")
        verbose_name_plural = _("changements à compter")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.establishment}"
