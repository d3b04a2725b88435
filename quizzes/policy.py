"""When a quiz may be taken again: how many attempts, how long a pause after a failed one.

Attempts are counted in one learning session at one place. A learner has one open session of a
training, which ends when she completes it: a new session is a new training, not a way around.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.models import Attempt, Quiz

NBSP = "\u00a0"


class AttemptRefused(Exception):
    """The quiz may not be taken now; the message says to the learner when, or what else to do."""


def refusal(quiz: Quiz, finished: Sequence[Attempt], now: dt.datetime) -> str:
    """Why a new attempt may not begin, in French; empty if it may.

    `finished` are the finished attempts of this session at this place.
    """
    if quiz.attempts_allowed is not None and len(finished) >= quiz.attempts_allowed:
        return _attempts_used(quiz.attempts_allowed)
    opens_at = _opens_at(quiz, finished)
    if opens_at is not None and now < opens_at:
        return _("Prenez le temps de relire la leçon : vous pourrez recommencer %(when)s.") % {
            "when": when_in_french(opens_at, now)
        }
    return ""


def _attempts_used(allowed: int) -> str:
    return ngettext(
        "La tentative permise est faite. Relisez la leçon, puis parlez-en à votre cadre ou à la "
        "personne qui suit les formations : elle peut la reprendre avec vous.",
        "Vos %(count)d tentatives sont faites. Relisez la leçon, puis parlez-en à votre cadre ou à "
        "la personne qui suit les formations : elle peut la reprendre avec vous.",
        allowed,
    ) % {"count": allowed}


def _opens_at(quiz: Quiz, finished: Sequence[Attempt]) -> dt.datetime | None:
    """The end of the pause after the last attempt; None if a quiz is passed, or has no pause."""
    if not quiz.cooldown_minutes or any(one.is_passed for one in finished):
        return None
    ended = [one.finished_at for one in finished if one.finished_at]
    return max(ended) + dt.timedelta(minutes=quiz.cooldown_minutes) if ended else None


def when_in_french(moment: dt.datetime, now: dt.datetime) -> str:
    """«à 14 h 05», «demain à 8 h 30», «le 3 mai à 8 h 30»: the first whole minute not before it."""
    local = timezone.localtime(moment + dt.timedelta(minutes=1) - dt.timedelta(microseconds=1))
    time = f"à {local.hour}{NBSP}h{NBSP}{local.minute:02d}"
    days = (local.date() - timezone.localdate(now)).days
    if days == 0:
        return time
    if days == 1:
        return f"demain {time}"
    month = _MONTHS[local.month - 1]
    return f"le {local.day} {month} {time}"


_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
    *("août", "septembre", "octobre", "novembre", "décembre"),
)
