"""Every kind of user that the platform tells apart, in one small world."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from organisation.enums import GrantRight, ScopeKind
from organisation.models import Department, Establishment, Grant, Person, Region
from organisation.sessions import PERSON as SESSION_PERSON

ANONYMOUS, LEARNER, EDITOR = "anonymous", "learner", "editor"
CADRE, CISO, REGION, NATION = "department manager", "CISO", "region", "nation"
OFFICER = "communications officer"
STRANGER = "CISO of another hospital, in another region"
ADMIN = "admin"
BY_CODE = "learner by a one-time code, of a manager's person"
EVERYBODY = (
    *(ANONYMOUS, LEARNER, BY_CODE, EDITOR, OFFICER),
    *(CADRE, CISO, REGION, NATION, STRANGER, ADMIN),
)
WITHOUT_ACCOUNT = (ANONYMOUS, BY_CODE)
GRANTED = (CADRE, CISO, REGION, NATION, STRANGER)


def region(code: str, name: str) -> Region:
    """The reference data has it; a world of its own does without."""
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


class World:
    """A region with a hospital with a department, and a user of each kind around them."""

    def __init__(self) -> None:
        self.region = region("28", "Normandie")
        elsewhere = Establishment.objects.create(
            name="CHU d’ailleurs", finess_ej="310781406", region=region("76", "Occitanie")
        )
        self.establishment = Establishment.objects.create(
            name="CHU d’essai", finess_ej="760780239", region=self.region
        )
        self.department = Department.objects.create(
            establishment=self.establishment, name="Cardiologie"
        )
        self.nowhere = uuid.uuid4()  # a uid that nothing has
        self.users = {kind: self._user(kind) for kind in EVERYBODY if kind not in WITHOUT_ACCOUNT}
        self.users[EDITOR].groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
        self._grants(CADRE, ScopeKind.DEPARTMENT, department=self.department)
        self._grants(CISO, ScopeKind.ESTABLISHMENT, establishment=self.establishment)
        self._grants(REGION, ScopeKind.REGION, region=self.region)
        self._grants(NATION, ScopeKind.NATION)
        self._grants(STRANGER, ScopeKind.ESTABLISHMENT, establishment=elsewhere)
        self._grant(
            OFFICER,
            GrantRight.COMMUNICATE,
            ScopeKind.ESTABLISHMENT,
            establishment=self.establishment,
        )
        # Her account may do everything; the session that a code opened may not.
        self.person = Person.objects.create(first_name="Claude", user=self.users[CISO])

    def client(self, kind: str) -> Client:
        client = Client(raise_request_exception=True)
        if kind == BY_CODE:
            session = client.session
            session[SESSION_PERSON] = str(self.person.uid)
            session.save()
        elif kind != ANONYMOUS:
            client.force_login(
                self.users[kind], backend="django.contrib.auth.backends.ModelBackend"
            )
        return client

    def _user(self, kind: str) -> Any:
        make = get_user_model().objects
        address = f"compte-{EVERYBODY.index(kind)}@essai.test"
        create = make.create_superuser if kind == ADMIN else make.create_user
        return create(email=address, password="x")

    def _grants(self, kind: str, scope: ScopeKind, **place: Any) -> None:
        """A manager of a place reads its coverage and organises its training."""
        for right in (GrantRight.READ_COVERAGE, GrantRight.MANAGE_TRAINING):
            self._grant(kind, right, scope, **place)

    def _grant(self, kind: str, right: GrantRight, scope: ScopeKind, **place: Any) -> None:
        Grant.objects.create(
            user=self.users[kind],
            right=right,
            scope=scope,
            starts_on=dt.date(2020, 1, 1),
            **place,
        )
