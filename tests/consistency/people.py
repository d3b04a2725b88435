"""Every kind of user that the platform tells apart, in one small world: each role of the table in
the place that the addresses name, and again next to it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from meetings.enums import MeetingFormat, RegistrationState
from meetings.models import Meeting, Registration
from organisation.models import (
    AccessRequest,
    Department,
    Establishment,
    Grant,
    HeadcountImport,
    Person,
    Region,
)
from organisation.roles_of_access import RoleKey, role_of
from organisation.scopes import Scope
from organisation.services import operators_hold_their_rights
from organisation.sessions import PERSON as SESSION_PERSON

# Without any grant.
ANONYMOUS, LEARNER, EDITOR = "anonymous", "learner", "editor"
OPERATOR, ADMIN = "operator", "admin"
BY_CODE = "learner by a one-time code, of a manager's person"
# With one: here …
CADRE, CISO, REFERENT = "department manager", "CISO", "referent"
OFFICER, REGION, NATION = "communications officer", "region", "nation"
ORGANISER = "organiser of the region's meetings"
# … and next to it: another department of the same hospital, another hospital in another region.
NEXT_CADRE = "manager of another department of the hospital"
STRANGER = "CISO of another hospital, in another region"
NEXT_REFERENT = "referent of another hospital"
NEXT_OFFICER = "communications officer of another hospital"
NEXT_REGION = "another region"
NEXT_ORGANISER = "organiser of another region's meetings"

ROLES = {
    CADRE: RoleKey.DEPARTMENT_MANAGER,
    NEXT_CADRE: RoleKey.DEPARTMENT_MANAGER,
    CISO: RoleKey.MANAGER,
    STRANGER: RoleKey.MANAGER,
    REFERENT: RoleKey.REFERENT,
    NEXT_REFERENT: RoleKey.REFERENT,
    OFFICER: RoleKey.COMMUNICATION,
    NEXT_OFFICER: RoleKey.COMMUNICATION,
    REGION: RoleKey.REGION,
    NEXT_REGION: RoleKey.REGION,
    ORGANISER: RoleKey.ORGANISER,
    NEXT_ORGANISER: RoleKey.ORGANISER,
    NATION: RoleKey.STEERING,
}
WITHOUT_ACCOUNT = (ANONYMOUS, BY_CODE)
EVERYBODY = (ANONYMOUS, LEARNER, BY_CODE, EDITOR, OPERATOR, ADMIN, *ROLES)
# Who speaks for a hospital, organises meetings, reads some coverage, trains somebody, gives rights:
# anywhere.
SPEAKERS = (OFFICER, NEXT_OFFICER)
ORGANISERS = (ORGANISER, NEXT_ORGANISER)
GRANTED = tuple(kind for kind in ROLES if kind not in (*SPEAKERS, *ORGANISERS))
TRAINERS = (CADRE, NEXT_CADRE, CISO, STRANGER, REFERENT, NEXT_REFERENT)
GIVERS = (REFERENT, NEXT_REFERENT, REGION, NEXT_REGION, NATION)


def region(code: str, name: str) -> Region:
    """The reference data has it; a world of its own does without."""
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


class World:
    """A region with a hospital with a department, what lies next to each, and a user of each kind.

    The learner has asked for a role in the hospital. In the region there will be a meeting, to
    which somebody without an account comes.
    """

    def __init__(self) -> None:
        self.region = region("28", "Normandie")
        next_region = region("76", "Occitanie")
        elsewhere = Establishment.objects.create(
            name="CHU d’ailleurs", finess_ej="310781406", region=next_region
        )
        self.establishment = Establishment.objects.create(
            name="CHU d’essai", finess_ej="760780239", region=self.region
        )
        self.department = Department.objects.create(
            establishment=self.establishment, name="Cardiologie"
        )
        next_department = Department.objects.create(
            establishment=self.establishment, name="Néphrologie"
        )
        self.nowhere = uuid.uuid4()  # a uid that nothing has
        self.users = {kind: self._user(kind) for kind in EVERYBODY if kind not in WITHOUT_ACCOUNT}
        self.users[EDITOR].groups.set(Group.objects.filter(name__in=["Editors", "Moderators"]))
        operators_hold_their_rights()
        self.users[OPERATOR].groups.set(Group.objects.filter(name="Exploitation"))
        here, there = Scope.establishment(self.establishment), Scope.establishment(elsewhere)
        scopes = {
            CADRE: Scope.department(self.department),
            NEXT_CADRE: Scope.department(next_department),
            **dict.fromkeys((CISO, REFERENT, OFFICER), here),
            **dict.fromkeys((STRANGER, NEXT_REFERENT, NEXT_OFFICER), there),
            REGION: Scope.region(self.region),
            NEXT_REGION: Scope.region(next_region),
            ORGANISER: Scope.region(self.region),
            NEXT_ORGANISER: Scope.region(next_region),
            NATION: Scope.nation(),
        }
        for kind, scope in scopes.items():
            self._grant(kind, scope)
        self.grant = Grant.objects.get(user=self.users[OFFICER])
        self.request = AccessRequest.objects.create(
            user=self.users[LEARNER],
            establishment=self.establishment,
            role=RoleKey.MANAGER,
            function="RSSI",
            requested_at=timezone.now(),
        )
        self.counts = HeadcountImport.objects.create(
            establishment=self.establishment,
            as_of=dt.date(2026, 1, 1),
            file_name="effectifs.csv",
            requested_by=self.users[CISO],
            requested_at=timezone.now(),
            stage="applied",
        )
        now = timezone.now()
        self.meeting = Meeting.objects.create(
            uid=uuid.uuid4(),
            title="Rencontre d’essai",
            region=self.region,
            starts_at=now + dt.timedelta(days=10),
            ends_at=now + dt.timedelta(days=10, hours=3),
            format=MeetingFormat.ON_SITE,
            organiser="ARS",
            published_at=now,
            changed_at=now,
        )
        self.registration = Registration.objects.create(
            meeting=self.meeting,
            state=RegistrationState.CONFIRMED,
            last_name="Essai",
            created_at=now,
            confirmed_at=now,
        )
        # Her account may do everything; the session that a code opened may not.
        self.person = Person.objects.create(first_name="Claude", user=self.users[CISO])
        self._sessions = {kind: self._session(kind) for kind in EVERYBODY if kind != ANONYMOUS}

    def client(self, kind: str) -> Client:
        """A browser of somebody of this kind, in the session that the world began for her."""
        client = Client(raise_request_exception=True)
        if kind in self._sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[kind]
        return client

    def _session(self, kind: str) -> str:
        client = Client()
        if kind == BY_CODE:
            session = client.session
            session[SESSION_PERSON] = str(self.person.uid)
            session.save()
        else:
            client.force_login(
                self.users[kind], backend="django.contrib.auth.backends.ModelBackend"
            )
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def _user(self, kind: str) -> Any:
        make = get_user_model().objects
        address = f"compte-{EVERYBODY.index(kind)}@essai.test"
        create = make.create_superuser if kind == ADMIN else make.create_user
        return create(email=address, password="x")

    def _grant(self, kind: str, scope: Scope) -> None:
        role = role_of(ROLES[kind])
        assert role.scope == scope.kind
        for right in role.rights:
            Grant.objects.create(
                user=self.users[kind], right=right, starts_on=dt.date(2020, 1, 1), **scope.fields
            )
