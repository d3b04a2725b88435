"""The acts on a credential, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lrs.enums import CredentialScope
from lrs.models import Credential
from lrs.selectors import AUDIT_PREFIX
from users.models import AuditEntry

_ACTS = {
    "create": gettext_lazy("Créé"),
    "update": gettext_lazy("Modifié"),
    "rotate": gettext_lazy("Secret renouvelé"),
    "revoke": gettext_lazy("Révoqué"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a credential's history; `details` are sentences."""

    at: dt.datetime
    actor: str
    label: str
    details: list[str]


def act_of(entry: AuditEntry) -> Act:
    name = entry.action.removeprefix(AUDIT_PREFIX)
    return Act(
        at=entry.at,
        actor=str(entry.actor) if entry.actor else _("ligne de commande"),
        label=str(_ACTS.get(name, name)),
        details=_details(name, entry.details),
    )


def _details(name: str, details: dict[str, Any]) -> list[str]:
    match name:
        case "update":
            return [_change(field, change) for field, change in details.items()]
        case "rotate":
            return [_grace(details["grace_hours"])]
        case "revoke":
            return [_("Motif : %(reason)s") % details]
    return []


def _change(field: str, change: dict[str, Any]) -> str:
    return _("%(field)s : %(before)s → %(after)s") % {
        "field": str(label_for_field(field, Credential)).capitalize(),
        "before": _told(field, change["before"]),
        "after": _told(field, change["after"]),
    }


def _told(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if field == "scopes":
        labels = dict(CredentialScope.choices)
        return ", ".join(str(labels.get(scope, scope)) for scope in value)
    if field == "expires_at" and value:
        moment = parse_datetime(value)
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT") if moment else value
    return str(value) if value else _("rien")


def _grace(hours: float) -> str:
    if not hours:
        return _("L’ancien secret est refusé aussitôt.")
    text = ngettext(
        "L’ancien secret reste accepté %(hours)d heure.",
        "L’ancien secret reste accepté %(hours)d heures.",
        int(hours),
    )
    return text % {"hours": hours}
