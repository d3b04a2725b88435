"""Loading the sample data, all of it or nothing."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from itertools import chain

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils import timezone

from cms.services import REGIONAL_WRITERS, REVIEWERS, WRITERS
from courses.models import ModulePage
from meetings.models import MeetingPage, MeetingsIndexPage
from organisation.models import Establishment, Region, RoleFamily, Site, StaffRole
from organisation.roles_of_access import RoleKey, role_of
from organisation.scopes import Scope
from organisation.services import (
    PersonDraft,
    appointments_start,
    establishments_merge,
    grant_give,
    headcounts_declare,
    identifiers_replace,
    people_create,
)
from reporting.services import snapshots_freeze
from starter.content.modules import ACCESS, PHISHING
from starter.content.schema import ModuleText
from starter.loading.plans import module_path
from starter.loading.tree import identity
from starter.sample import accounts, history
from starter.sample.attendance import sample_attendance_load
from starter.sample.meetings import sample_meetings_load, sample_past_meetings_load
from starter.sample.objectives import sample_objectives_load
from starter.sample.people import (
    HISTORY_DAYS,
    Post,
    SamplePerson,
    SamplePlace,
    headcounts_drawn,
    hr_numbers_drawn,
    people_drawn,
    place_departments,
)
from starter.sample.places import HOSPITALS, SampleHospital
from starter.sample.reach import sample_reach_draw
from starter.sample.requests import sample_request_load
from starter.sample.team import sample_team_session_load
from training.enums import TrainableKind
from training.models import Trainable
from training.services import requirement_create
from training.validity import months_added
from users.models import User

MONTHS = 14
VALIDITY_MONTHS = 12
SECOND_MODULE_FAMILIES = (
    "medicale",
    "soignante",
    "medico-technique",
    "administrative",
    "direction",
    "systeme-information",
)
MEETING_ASKED = "Participer à une rencontre régionale"
MEETING_FAMILIES = ("direction", "systeme-information")


def sample_data_load(*, today: dt.date, progress: Callable[[str], None]) -> bool:
    """Load the sample data as of `today`; False if it stands already.

    Needs the starter content and the register's establishments. Raises ImproperlyConfigured where
    sample data is not allowed, that is in production.
    """
    if not settings.SAMPLE_DATA_ALLOWED:
        raise ImproperlyConfigured("Sample data is never loaded in production.")
    if User.objects.filter(email=accounts.ADMIN.email).exists():
        return False
    with transaction.atomic():
        places = [_place_prepare(hospital, today) for hospital in HOSPITALS]
        progress(f"{len(places)} établissements préparés")
        people = _people_store(places, today)
        progress(f"{len(people)} agents affectés")
        users = accounts.accounts_create()
        employed = _account_people_store(users, places[0])
        _grants_give(users, places[0], today)
        sample_request_load(
            user=users[accounts.NEWCOMER.email],
            establishment=places[1].establishment,
            now=_morning(today),
        )
        plans = _requirements_create(today)
        drawn = history.history_drawn(people, plans, today)
        _nurse_history(employed[accounts.NURSE.email], plans, today, drawn)
        houses = [place.establishment for place in places]
        events = sample_reach_draw(houses, users[accounts.COMMUNICATION.email], today, drawn)
        progress(f"{events} affiches emportées, vidéos lancées et codes suivis")
        count = history.history_store(drawn, progress)
        progress(f"{count} traces enregistrées")
        _team_session(users, employed, today)
        _meetings_load(places, employed, today)
        sample_objectives_load(
            users=users,
            here=Scope.establishment(places[0].establishment),
            first=plans[0].page.trainable,
            second=plans[1].page.trainable,
            today=today,
        )
    for month_end in month_ends(today):
        snapshots_freeze(month_end=month_end)
        progress(f"fin de mois figée : {month_end:%d/%m/%Y}")
    return True


def _morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))


def month_ends(today: dt.date) -> list[dt.date]:
    """The last days of the fourteen months before the month of `today`, oldest first."""
    first = today.replace(day=1)
    return [months_added(first, -back) - dt.timedelta(1) for back in reversed(range(MONTHS))]


def _place_prepare(hospital: SampleHospital, today: dt.date) -> SamplePlace:
    """The hospital's sites under one establishment, with its name and contacts."""
    sites = list(Site.objects.filter(finess_et__in=hospital.sites).order_by("finess_et"))
    establishment = sites[0].establishment
    others = {site.establishment_id for site in sites} - {establishment.pk}
    establishments_merge(targets=dict.fromkeys(others, establishment.pk), on=today)
    Establishment.objects.filter(pk=establishment.pk).update(
        name=hospital.name,
        hotline=hospital.hotline,
        security_contact_name=hospital.contact,
        security_contact_email="securite-numerique@hopital.test" if hospital.contact else "",
    )
    establishment.refresh_from_db()
    departments = place_departments(establishment, hospital)
    return SamplePlace(hospital, establishment, list(establishment.sites.all()), departments)


def _people_store(places: list[SamplePlace], today: dt.date) -> list[SamplePerson]:
    by_place = [people_drawn(place, today) for place in places]
    people = list(chain.from_iterable(by_place))
    for one, person in zip(
        people, people_create(people=[one.draft for one in people]), strict=True
    ):
        one.person = person
    appointments_start(starts=list(chain.from_iterable(one.starts() for one in people)))
    for place, group in zip(places, by_place, strict=True):
        identifiers_replace(
            establishment=place.establishment, removed=[], added=hr_numbers_drawn(group)
        )
    headcounts_declare(
        declarations=[
            declaration
            for place, group in zip(places, by_place, strict=True)
            for declaration in headcounts_drawn(place, group, today)
        ]
    )
    return people


def _account_people_store(users: dict[str, User], chu: SamplePlace) -> dict[str, SamplePerson]:
    """The people behind the accounts that work at the CHU, by e-mail address."""
    stored = {}
    departments = {one.name: one for group in chu.departments.values() for one in group}
    since = dt.date(2022, 3, 1)
    employed = [account for account in accounts.ACCOUNTS if account.role]
    people = people_create(
        people=[
            PersonDraft(one.first_name, one.last_name, one.email, users[one.email])
            for one in employed
        ]
    )
    for account, person in zip(employed, people, strict=True):
        role = StaffRole.objects.get(code=account.role)
        post = Post(role, departments[account.department], chu.sites[0], since)
        stored[account.email] = SamplePerson(PersonDraft(), chu, [post], person)
        appointments_start(starts=stored[account.email].starts())
    return stored


def _nurse_history(
    nurse: SamplePerson, plans: list[history.ModulePlan], today: dt.date, drawn: history.History
) -> None:
    """The nurse validated the first plan lately, and is in the middle of the second."""
    rng = random.Random("nurse")  # noqa: S311 - invented data
    first, second = plans
    history.Taking(rng, nurse, first, drawn).take(today - dt.timedelta(70))
    history.Taking(rng, nurse, second, drawn).take(today - dt.timedelta(3), gives_up_after=2)


def _grants_give(users: dict[str, User], chu: SamplePlace, today: dt.date) -> None:
    emergency = next(
        one for one in chu.departments["clinical"] if one.name == accounts.WARD_MANAGER.department
    )
    here = Scope.establishment(chu.establishment)
    ward = Scope.department(emergency)
    bretagne = Scope.region(Region.objects.get(code="53"))
    roles = (
        (accounts.NATION, RoleKey.STEERING, Scope.nation(), accounts.ADMIN),
        (accounts.REGION, RoleKey.REGION, bretagne, accounts.NATION),
        (accounts.REGIONAL_EDITOR, RoleKey.ORGANISER, bretagne, accounts.REGION),
        (accounts.ORGANISER, RoleKey.ORGANISER, bretagne, accounts.REGION),
        (accounts.CISO, RoleKey.REFERENT, here, accounts.REGION),
        (accounts.COMMUNICATION, RoleKey.COMMUNICATION, here, accounts.CISO),
        (accounts.WARD_MANAGER, RoleKey.DEPARTMENT_MANAGER, ward, accounts.CISO),
    )
    for account, key, scope, giver in roles:
        for right in sorted(role_of(key).rights):
            grant_give(
                user=users[account.email],
                right=right,
                scope=scope,
                starts_on=today - accounts.GRANTED_SINCE,
                ends_on=today + accounts.GRANTED_FOR,
                actor=users[giver.email],
            )
    users[accounts.EDITOR.email].groups.set(Group.objects.filter(name__in=(WRITERS, REVIEWERS)))
    users[accounts.REGIONAL_EDITOR.email].groups.set(Group.objects.filter(name=REGIONAL_WRITERS))


def _module_page(text: ModuleText) -> ModulePage:
    """The page of a starter module, known by the identity of its training."""
    pages = ModulePage.objects.select_related("trainable")
    page: ModulePage = pages.get(trainable__uid=identity(module_path(text)))
    return page


def _team_session(
    users: dict[str, User], employed: dict[str, SamplePerson], today: dt.date
) -> None:
    manager = employed[accounts.WARD_MANAGER.email]
    ward = manager.posts[0].department
    assert ward is not None
    assert manager.person is not None
    module = _module_page(ACCESS)
    sample_team_session_load(
        ward=ward,
        trainable=module.trainable,
        user=users[accounts.WARD_MANAGER.email],
        leader=manager.person,
        today=today,
    )


def _meetings_load(
    places: list[SamplePlace], employed: dict[str, SamplePerson], today: dt.date
) -> None:
    """Those of next year, two that are over, and who came to them.

    Whoever leads a hospital of Bretagne or runs its computers has to come to one.
    """
    now = _morning(today)
    index = MeetingsIndexPage.objects.get()
    coming = Trainable.objects.create(kind=TrainableKind.MEETING, title=MEETING_ASKED)
    requirement_create(
        trainable=coming,
        place=Region.objects.get(code="53"),
        role_families=RoleFamily.objects.filter(code__in=MEETING_FAMILIES),
        starts_on=months_added(today, -6),
        due_days=365,
    )
    sample_meetings_load(index, now=now, counts_for=coming)
    sample_attendance_load(
        sample_past_meetings_load(index, now=now, counts_for=coming),
        MeetingPage.objects.get(slug="exemple-bretagne"),
        houses=[place.establishment for place in places],
        known=[one.person for one in employed.values() if one.person is not None],
        now=now,
    )


def _requirements_create(today: dt.date) -> list[history.ModulePlan]:
    """Phishing is asked of everybody, passwords and cards of some families in Bretagne."""
    first, second = _module_page(PHISHING), _module_page(ACCESS)
    launched = today - dt.timedelta(HISTORY_DAYS)
    launched_second = months_added(launched, 6)
    requirement_create(
        trainable=first.trainable,
        starts_on=launched,
        due_days=120,
        validity_months=VALIDITY_MONTHS,
    )
    requirement_create(
        trainable=second.trainable,
        place=Region.objects.get(code="53"),
        role_families=RoleFamily.objects.filter(code__in=SECOND_MODULE_FAMILIES),
        starts_on=launched_second,
        due_days=120,
    )
    return [
        history.plan_made(first, launched, VALIDITY_MONTHS),
        history.plan_made(second, launched_second, None),
    ]
