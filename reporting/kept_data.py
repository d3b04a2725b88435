"""Reporting keeps figures of groups, and of nobody; of those who read them, what they asked for."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from reporting.models import EvidenceFile, MonthlyReport
from users.privacy.registry import (
    REST,
    KeptData,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
)

impersonal_declare(
    "reporting.CoverageMonth",
    "reporting.CoverageSnapshot",
    "reporting.RollEntry",
    "reporting.AttendanceMonth",
    "reporting.AttendanceFigure",
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
