"""Reporting keeps figures of groups; of a person only what stands in them already, and which papers
she asked for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from reporting import kept_requests as kept_requests  # declares what managers ask for
from reporting.models import CountedPerson, EvidenceFile, LedgerChange, MonthlyReport
from users.privacy.registry import (
    REST,
    KeptData,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
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
    "reporting.CoverageEdition",
    "reporting.LedgerHouse",
    "reporting.LedgerCell",
    "reporting.LedgerStep",
)


def _reports_end(subject: Subject, now: dt.datetime) -> None:
    of_account(MonthlyReport)(subject).delete()


kept_data_declare(
    KeptData(
        key="papers",
        order=76,
        title=_("Les bilans et dossiers de preuve demandés"),
        what=_(
            "Les lieux dont vous recevez le bilan chaque mois, et les dossiers de preuve que vous "
            "avez demandés : numéro, date. Ils contiennent des chiffres de groupes, aucun nom."
        ),
        why=_("Vous envoyer le bilan, et savoir qui a délivré un dossier remis à un auditeur."),
        who=_("Vous, et les personnes habilitées pour le même lieu : que le dossier existe."),
        how_long=_(
            "Le bilan, tant que vous le demandez. Le dossier, sans limite : c’est une preuve."
        ),
        goes=_("les bilans mensuels demandés"),
        stays=_("Qu’un dossier de preuve a été délivré, sous un compte vide."),
        tables=(
            Table(
                "reporting.MonthlyReport",
                of_account(MonthlyReport),
                told="scope department establishment region format created_at",
                untold="user",
            ),
            Table(
                "reporting.EvidenceFile",
                of_account(EvidenceFile, "requested_by"),
                told="number scope establishment region day issued_at revoked_at",
                untold=f"requested_by content {REST}",
            ),
        ),
        erase=_reports_end,
    )
)
