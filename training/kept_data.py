"""What is kept of who was trained."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from training.attestations.archiving import KEPT, archives_expire
from training.models import (
    Attestation,
    AttestationArchive,
    Completion,
    DeclaredCompletion,
    Retraining,
)
from users.privacy.registry import (
    REST,
    KeptData,
    Retention,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_account,
    of_actor,
)


def _archives_delete(subject: Subject, now: dt.datetime) -> None:
    """Nobody can fetch them any more."""
    archives_expire(now=now + KEPT, of=of_account(AttestationArchive, "requested_by")(subject))


def _archives_forget(before: dt.datetime) -> int:
    return archives_expire(now=before + KEPT)


kept_data_declare(
    KeptData(
        key="completions",
        order=52,
        title=_("Vos formations validées"),
        what=_(
            "Pour chaque formation : date, score, comment elle a été suivie, et l’attestation "
            "délivrée avec son code de vérification."
        ),
        why=_("Prouver que vous êtes formé, et calculer la couverture."),
        who=_("Vous, et les responsables habilités : si c’est validé, jamais le score."),
        how_long=_("Sans limite : c’est la preuve de la formation."),
        stays=_(
            "Les formations validées, sous un identifiant qui ne mène plus à personne. Vos "
            "attestations ne portent plus de nom : téléchargez-les avant."
        ),
        tables=(
            Table(
                "training.Completion",
                of_actor(Completion),
                told="trainable completed_at provenance statement_id",
                untold=f"person {REST}",
            ),
            Table(
                "training.DeclaredCompletion",
                of_actor(DeclaredCompletion),
                told="trainable completed_at provenance declared_at withdrawn_at",
                untold="uid person instructor batch withdrawn_by",
            ),
            Table(
                "training.Attestation",
                of_actor(Attestation),
                told="title completed_at code issued_at",
                untold=f"person {REST}",
            ),
        ),
    ),
    KeptData(
        key="archives",
        order=75,
        title=_("Les archives d’attestations demandées"),
        what=_("Qui l’a demandée, quand, et le fichier avec les attestations de l’équipe."),
        why=_("Vous remettre le fichier une fois qu’il est prêt."),
        who=_("La personne qui l’a demandée."),
        how_long=_("Que l’archive a été demandée : tant que le compte existe."),
        goes=_("les archives d’attestations que vous aviez demandées"),
        stays=_("Qu’une archive a été demandée, sous un compte vide."),
        tables=(
            Table(
                "training.AttestationArchive",
                of_account(AttestationArchive, "requested_by"),
                told="requested_at state finished_at",
                untold=f"requested_by file attestation_ids {REST}",
            ),
            Table(
                "training.Retraining",
                of_account(Retraining, "decided_by"),
                told="trainable decided_at reason",
                untold=f"decided_by {REST}",
            ),
        ),
        erase=_archives_delete,
        retention=(
            Retention("archives", _("Fichiers d’attestations"), KEPT.days, _archives_forget),
        ),
    ),
)

impersonal_declare("training.Trainable", "training.Requirement")
