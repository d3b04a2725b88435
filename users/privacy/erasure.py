"""Erasing somebody: asked for, thought over, done.

The identity goes: names, addresses, numbers, ways to sign in. What was learnt stays under an opaque
uid which leads to nobody any more, so that the figures of past months remain what they were.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from users.models import ErasureRequest, User
from users.services import audit_record

from .registry import Subject, kept_data_upper_first, subject_of
from .signals import erasure_asked

THINKING_DAYS = 7
"""Time to think better of it."""


def erasure_open(*, user: User) -> ErasureRequest | None:
    """What this account has asked for and may still withdraw."""
    return ErasureRequest.objects.filter(user=user, withdrawn_at=None, done_at=None).first()


def erasure_refusal(*, user: User) -> str:
    """Why this account cannot be erased by its holder; «» if it can."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        return _("Ce compte est le seul à administrer le site. Donnez d’abord ce droit à un autre.")
    return ""


@transaction.atomic
def erasure_ask(*, user: User, now: dt.datetime) -> ErasureRequest:
    """Ask for it; a second time changes nothing. Raises ValidationError if it may not be."""
    refusal = erasure_refusal(user=user)
    if refusal:
        raise ValidationError(refusal)
    asked = erasure_open(user=user)
    if asked is not None:
        return asked
    try:
        with transaction.atomic():
            asked = ErasureRequest.objects.create(user=user, asked_at=now)
    except IntegrityError:  # the same page sent twice at once
        return ErasureRequest.objects.get(user=user, withdrawn_at=None, done_at=None)
    audit_record(actor=user, action="erasure.ask", target=f"user:{user.pk}")
    erasure_asked.send(sender=ErasureRequest, request=asked)
    return asked


@transaction.atomic
def erasure_withdraw(*, user: User, now: dt.datetime) -> bool:
    """Whether there was anything to withdraw."""
    still = ErasureRequest.objects.filter(user=user, withdrawn_at=None, done_at=None)
    if not still.update(withdrawn_at=now):
        return False
    audit_record(actor=user, action="erasure.withdraw", target=f"user:{user.pk}")
    return True


@transaction.atomic
def subject_erase(*, subject: Subject, actor: User | None, now: dt.datetime, why: str) -> None:
    """Take the identity away, everywhere; who was erased already stays so.

    :param why: «asked», «office», «left» or «merged», for the audit log.
    """
    for entry in kept_data_upper_first():
        if entry.erase is not None:
            entry.erase(subject, now)
    target = (
        f"person:{subject.actor}" if subject.actor else f"user:{subject.user and subject.user.pk}"
    )
    audit_record(actor=actor, action="identity.erase", target=target, details={"why": why})


def erasures_due(before: dt.datetime) -> int:
    """Erase those who asked before this moment; how many. Each in a transaction of its own."""
    asked = ErasureRequest.objects.filter(asked_at__lt=before, withdrawn_at=None, done_at=None)
    count = 0
    for request in asked.select_related("user").order_by("pk"):
        count += _erase_asked(request)
    return count


@transaction.atomic
def _erase_asked(request: ErasureRequest) -> bool:
    now = dt.datetime.now(dt.UTC)
    still = ErasureRequest.objects.filter(pk=request.pk, withdrawn_at=None, done_at=None)
    if not still.update(done_at=now):  # withdrawn meanwhile
        return False
    subject_erase(subject=subject_of(request.user), actor=None, now=now, why="asked")
    return True
