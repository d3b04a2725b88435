"""What is kept of what managers ask for: remindings, objectives, keys."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from reporting.models import AccessKey, Objective, Reminding
from users.privacy.registry import (
    REST,
    KeptData,
    Retention,
    Subject,
    Table,
    kept_data_declare,
    of_account,
)


def _remindings_forget(before: dt.datetime) -> int:
    count, _rows = Reminding.objects.filter(asked_at__lt=before).delete()
    return count


def _keys_forget(before: dt.datetime) -> int:
    """Those that opened nothing any more for long."""
    count, _rows = AccessKey.objects.filter(expires_at__lt=before).delete()
    return count


def _keys_delete(subject: Subject, now: dt.datetime) -> None:
    of_account(AccessKey)(subject).delete()


kept_data_declare(
    KeptData(
        key="remindings",
        order=62,
        title=_("Les relances que vous avez demandées"),
        what=_("Quand, pour quel lieu, quels métiers et quels modules ; pas les noms des agents."),
        why=_("Montrer aux responsables du lieu ce qui a déjà été envoyé."),
        who=_("Les responsables habilités du même lieu."),
        how_long=_("Treize mois."),
        stays=_("Qu’une relance a été demandée ce jour-là, sans votre nom."),
        tables=(
            Table(
                "reporting.Reminding",
                of_account(Reminding, "asked_by"),
                told="asked_at establishment department role_family role trainable",
                untold=f"asked_by {REST}",
            ),
        ),
        retention=(Retention("remindings", _("Relances demandées"), 400, _remindings_forget),),
    ),
    KeptData(
        key="objectives",
        order=63,
        title=_("Les objectifs que vous avez fixés"),
        what=_("Le lieu, les métiers et le module visés, la part, l’échéance, et quand."),
        why=_("Suivre la progression du lieu, et savoir qui a décidé."),
        who=_("Les responsables habilités du même lieu."),
        how_long=_("Sans limite : c’est l’histoire du lieu."),
        stays=_("L’objectif, sans votre nom."),
        tables=(
            Table(
                "reporting.Objective",
                of_account(Objective, "set_by"),
                told="set_at establishment department region role_family role trainable percent "
                "due_on",
                untold=f"set_by ended_by {REST}",
            ),
        ),
    ),
    KeptData(
        key="coverage_keys",
        order=64,
        title=_("Vos clés d’accès à la couverture"),
        what=_("Le nom que vous avez donné à chaque clé, ses dates, sa dernière utilisation."),
        why=_("Qu’un programme lise à votre place les chiffres auxquels vous avez droit."),
        who=_("Vous seul. Le secret d’une clé n’est gardé que sous une forme illisible."),
        how_long=_("Treize mois après sa fin."),
        goes=_("toutes vos clés"),
        tables=(
            Table(
                "reporting.AccessKey",
                of_account(AccessKey),
                told="name created_at expires_at revoked_at last_used_at",
                untold="uid user key secret_hash",
            ),
        ),
        erase=_keys_delete,
        retention=(Retention("coverage_keys", _("Anciennes clés d’accès"), 400, _keys_forget),),
    ),
)
