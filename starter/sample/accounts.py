"""The sample accounts: development only, one for each kind of reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from users.models import User

PASSWORD = "vigilance-demo-2026"  # noqa: S105 - published on purpose, never in production


@dataclass(frozen=True, slots=True)
class SampleAccount:
    email: str
    first_name: str
    last_name: str
    what: str
    role: str = ""
    department: str = ""


NURSE = SampleAccount(
    "agent@demo.test",
    "Nadia",
    "Le Goff",
    "infirmière au CHU",
    role="infirmier",
    department="Urgences adultes",
)
EDITOR = SampleAccount("redaction@demo.test", "Hélène", "Vasseur", "rédaction nationale")
COMMUNICATION = SampleAccount(
    "communication@demo.test",
    "Julien",
    "Marchand",
    "communication du CHU",
    role="communication",
    department="Communication",
)
WARD_MANAGER = SampleAccount(
    "cadre@demo.test",
    "Sylvie",
    "Aubert",
    "cadre des Urgences adultes",
    role="cadre-sante",
    department="Urgences adultes",
)
CISO = SampleAccount(
    "rssi@demo.test",
    "Karim",
    "Benali",
    "RSSI du CHU",
    role="rssi",
    department="Système d’information",
)
REGION = SampleAccount("ars@demo.test", "Claire", "Morvan", "ARS Bretagne")
REGIONAL_EDITOR = SampleAccount(
    "redaction-regionale@demo.test", "Yann", "Kervella", "écrit les rencontres de Bretagne"
)
ORGANISER = SampleAccount(
    "rencontres@demo.test", "Gwenaël", "Tanguy", "rencontres de la région, au GRADeS"
)
NATION = SampleAccount("national@demo.test", "Pierre", "Delattre", "équipe nationale")
NEWCOMER = SampleAccount(
    "referente@demo.test", "Maud", "Kerjean", "RSSI à Fougères, sans accès encore"
)
ADMIN = SampleAccount("admin@demo.test", "Camille", "Roche", "administration du site")

ACCOUNTS = (
    NURSE,
    EDITOR,
    COMMUNICATION,
    WARD_MANAGER,
    CISO,
    NEWCOMER,
    REGION,
    REGIONAL_EDITOR,
    ORGANISER,
    NATION,
    ADMIN,
)
GRANTED_SINCE = dt.timedelta(days=500)
GRANTED_FOR = dt.timedelta(days=500)  # a demonstration site that is older is loaded anew


def accounts_create() -> dict[str, User]:
    """The accounts by e-mail address, with a proved address each."""
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            email=account.email,
            first_name=account.first_name,
            last_name=account.last_name,
            password=password,
            is_superuser=account is ADMIN,
            is_staff=account is ADMIN,
        )
        for account in ACCOUNTS
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return {user.email: user for user in users}
