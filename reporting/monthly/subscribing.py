"""Asking for the monthly mail, and no longer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from notifications.selectors import is_unsubscribed
from notifications.services import subscribe
from organisation.selectors import recipient_of_user
from reporting.models import MonthlyReport
from reporting.places import Place, place_scope
from users.models import User

CATEGORY = "monthly"


@transaction.atomic
def report_subscribe(*, user: User, place: Place, chosen: str) -> MonthlyReport:
    """Ask for it, or change its format. Whoever had unsubscribed from these mails wants them again:
    she has just said so. The caller has checked the right."""
    fields: dict[str, Any] = place_scope(place).fields
    report, _is_new = MonthlyReport.objects.update_or_create(
        user=user, **fields, defaults={"format": chosen}
    )
    subscribe(recipient=recipient_of_user(user=user), category=CATEGORY)
    return report


def report_unsubscribe(*, user: User, place: Place) -> None:
    """Twice is the same as once."""
    MonthlyReport.objects.filter(user=user, **place_scope(place).fields).delete()


def report_of(*, user: User, place: Place) -> MonthlyReport | None:
    """Her subscription, if mails of it go out: not if she unsubscribed from all of them."""
    report = MonthlyReport.objects.filter(user=user, **place_scope(place).fields).first()
    if report is None:
        return None
    recipient = recipient_of_user(user=user)
    return None if is_unsubscribed(recipient=recipient, category=CATEGORY) else report
