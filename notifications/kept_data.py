"""What is kept of the mails that people got."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from notifications.models import Delivery, Said, Unsubscription
from notifications.services import recipient_forget
from notifications.services.forgetting import log_prune, said_prune
from users.days import long_moment
from users.privacy.registry import (
    KeptData,
    Retention,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
)


def _received(model: Any, path: str = "recipient") -> Any:
    return lambda subject: model.objects.filter(**{f"{path}__in": subject.recipients}).order_by(
        "pk"
    )


def _mail_told(delivery: Delivery) -> str:
    """«3 mars 2026 10:12 – Rappel de formation (envoyé)»."""
    moment = long_moment(delivery.created_at)
    return f"{moment} – {delivery.subject or delivery.category} ({delivery.get_state_display()})"


def _forget(subject: Subject, now: dt.datetime) -> None:
    for recipient in subject.recipients:
        recipient_forget(recipient=recipient)


kept_data_declare(
    KeptData(
        key="mails",
        order=60,
        title=_("Les courriels envoyés"),
        what=_(
            "Votre adresse, la nature du courriel, son objet et les dates. Le texte est vidé dès "
            "l’envoi. Vos désabonnements."
        ),
        why=_("Ne pas vous écrire deux fois la même chose, et comprendre ce qui n’est pas arrivé."),
        who=_("Les personnes qui exploitent le site."),
        how_long=_("Un désabonnement, tant que vous ne changez pas d’avis."),
        goes=_("l’adresse et l’objet des courriels reçus, vos désabonnements"),
        stays=_("Qu’un courriel est parti ce jour-là, sans adresse ni objet."),
        tables=(
            Table(
                "notifications.Delivery",
                _received(Delivery),
                told="created_at sent_at category address subject state text",
                untold="uid run key recipient reply_to html skip_reason attempts last_error "
                "next_attempt_at expires_at claimed_at",
                sentence=_mail_told,
            ),
            Table("notifications.Said", _received(Said, "delivery__recipient"), "key", "delivery"),
            Table(
                "notifications.Unsubscription",
                _received(Unsubscription),
                told="category created_at",
                untold="recipient",
            ),
        ),
        erase=_forget,
        retention=(
            Retention(
                "mails", _("Journal des courriels"), settings.NOTIFICATIONS_KEEP_DAYS, log_prune
            ),
            Retention("said", _("Ce qui vous a déjà été rappelé"), 60, said_prune),
        ),
    )
)

impersonal_declare("notifications.Run", "notifications.Wake")
