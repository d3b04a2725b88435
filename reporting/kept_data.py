"""Reporting keeps figures of groups; of a person only what stands in them already."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from reporting.models import CountedPerson, LedgerChange
from users.privacy.registry import (
    REST,
    KeptData,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
)


def _counted(subject: Subject) -> QuerySet[CountedPerson]:
    return CountedPerson.objects.filter(person__in=_numbers(subject)).order_by("pk")


def _changes(subject: Subject) -> QuerySet[LedgerChange]:
    return LedgerChange.objects.filter(person__in=_numbers(subject)).order_by("pk")


def _numbers(subject: Subject) -> QuerySet[Person, Any]:
    if subject.actor is None:
        return Person.objects.none()
    return Person.objects.filter(uid=subject.actor).values("pk")


kept_data_declare(
    KeptData(
        key="coverage",
        order=55,
        title=_("Votre place dans les chiffres de couverture"),
        what=_(
            "Un résumé sans nom de vos affectations et des jours de vos validations, d’où les "
            "chiffres de votre établissement sont tirés."
        ),
        why=_("Donner aux responsables des chiffres justes sans recompter tout le monde."),
        who=_("Personne : seuls les totaux sont montrés."),
        how_long=_("Comme les affectations et les validations qu’il résume."),
        stays=_("Ce résumé, sous un numéro qui ne mène plus à personne."),
        tables=(
            Table("reporting.CountedPerson", _counted, untold=f"person facts {REST}"),
            Table("reporting.LedgerChange", _changes, untold=f"person {REST}"),
        ),
    )
)

impersonal_declare(
    "reporting.CoverageMonth",
    "reporting.CoverageSnapshot",
    "reporting.RollEntry",
    "reporting.AttendanceMonth",
    "reporting.AttendanceFigure",
    "reporting.LedgerState",
    "reporting.LedgerHouse",
    "reporting.LedgerCell",
    "reporting.LedgerStep",
)
