"""Why somebody gets no mail, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from notifications.enums import SkipReason
from training.reminders.asked import NOTHING_OPEN, REMINDED
from training.reminders.people import ADDRESSLESS, ENDED, SWITCHED_OFF

COUNTED = {
    ENDED: _("sans affectation en cours"),
    ADDRESSLESS: _("sans adresse connue"),
    SWITCHED_OFF: _("compte désactivé"),
    REMINDED: _("déjà relancées ces derniers jours"),
    NOTHING_OPEN: _("plus rien à faire"),
}
"""For the operators."""

_REASONS = {
    ADDRESSLESS: ngettext_lazy(
        "%(n)d personne sans adresse connue", "%(n)d personnes sans adresse connue", "n"
    ),
    REMINDED: ngettext_lazy(
        "%(n)d personne déjà relancée ces trois derniers jours",
        "%(n)d personnes déjà relancées ces trois derniers jours",
        "n",
    ),
    SkipReason.CAPPED.value: ngettext_lazy(
        "%(n)d personne qui a déjà reçu assez de courriels cette semaine",
        "%(n)d personnes qui ont déjà reçu assez de courriels cette semaine",
        "n",
    ),
    SkipReason.UNSUBSCRIBED.value: ngettext_lazy(
        "%(n)d personne désabonnée des rappels avant échéance",
        "%(n)d personnes désabonnées des rappels avant échéance",
        "n",
    ),
    SWITCHED_OFF: ngettext_lazy(
        "%(n)d personne dont le compte est désactivé",
        "%(n)d personnes dont le compte est désactivé",
        "n",
    ),
    NOTHING_OPEN: ngettext_lazy(
        "%(n)d personne qui vient de tout valider",
        "%(n)d personnes qui viennent de tout valider",
        "n",
    ),
    ENDED: ngettext_lazy(
        "%(n)d personne sans affectation en cours", "%(n)d personnes sans affectation en cours", "n"
    ),
}


def reasons_told(counts: Mapping[str, int]) -> list[str]:
    """«2 personnes sans adresse connue», in the order of what one can do about it."""
    return [
        str(words % {"n": counts[name]}) for name, words in _REASONS.items() if counts.get(name)
    ]


def skipped_in(counts: Mapping[str, int]) -> int:
    return sum(counts.get(name, 0) for name in _REASONS)
