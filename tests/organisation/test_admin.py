"""The «Organisation» menu: who sees it, that it writes through services, that nothing goes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.enums import GrantRight, ScopeKind
from organisation.models import Appointment, Department, Grant, Headcount, Person
from organisation.signals import appointments_changed, establishments_changed
from users.models import AuditEntry

from .factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    HeadcountFactory,
    PersonFactory,
    SiteFactory,
    StaffRoleFactory,
)

pytestmark = pytest.mark.django_db

FACTORIES = {
    "etablissements": EstablishmentFactory,
    "services": DepartmentFactory,
    "agents": PersonFactory,
    "affectations": AppointmentFactory,
    "effectifs": HeadcountFactory,
    "habilitations": GrantFactory,
    "metiers": StaffRoleFactory,
}
CHOOSERS = {
    "organisation_establishment_chooser": True,
    "organisation_department_chooser": True,
    "organisation_person_chooser": False,
    "organisation_account_chooser": False,
}


@pytest.fixture
def admin(client):
    user = AccountFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def editor(client):
    """May enter the admin, has nothing to do with the organisation."""
    user = AccountFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def _refused(response) -> bool:
    """Wagtail sends those without permission back to its home."""
    return response.status_code in (302, 403)


@pytest.mark.parametrize("name", FACTORIES)
class TestEveryListing:
    def test_shows_and_finds(self, admin, name):
        row = FACTORIES[name]()
        page = admin.get(reverse(f"{name}:index"), {"q": ""})
        assert page.status_code == 200
        assert reverse(f"{name}:edit", args=[row.pk]) in page.text
        nothing = admin.get(reverse(f"{name}:index"), {"q": "introuvable-xyz"})
        assert reverse(f"{name}:edit", args=[row.pk]) not in nothing.text

    def test_makes_the_same_queries_for_twice_the_rows(self, admin, name):
        def queries():
            with CaptureQueriesContext(connection) as context:
                admin.get(reverse(f"{name}:index"))
            return len(context)

        def fill(number):
            if name == "metiers":
                for n in range(3):
                    FACTORIES[name](code=f"metier-{number}-{n}")
            else:
                FACTORIES[name].create_batch(3)

        fill(1)
        queries()  # warms what is cached for good
        first = queries()
        fill(2)
        assert queries() == first

    def test_forms_open(self, admin, name):
        row = FACTORIES[name]()
        assert admin.get(reverse(f"{name}:add")).status_code == 200
        assert admin.get(reverse(f"{name}:edit", args=[row.pk])).status_code == 200
        assert admin.get(reverse(f"{name}:history", args=[row.pk])).status_code == 200

    def test_nothing_is_deleted_even_by_a_superuser(self, admin, name):
        row = FACTORIES[name]()
        url = reverse(f"{name}:delete", args=[row.pk])
        assert _refused(admin.get(url))
        assert _refused(admin.post(url))
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_is_closed_to_an_editor(self, editor, name):
        row = FACTORIES[name]()
        for view, args in (("index", []), ("add", []), ("edit", [row.pk]), ("history", [row.pk])):
            assert _refused(editor.get(reverse(f"{name}:{view}", args=args)))
        assert reverse(f"{name}:index") not in editor.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize(("name", "is_open"), CHOOSERS.items())
def test_people_and_accounts_are_not_for_every_editor_to_choose(editor, name, is_open):
    PersonFactory(last_name="Secret")
    for view in ("choose", "choose_results"):
        response = editor.get(reverse(f"{name}:{view}"))
        assert (response.status_code == 200) is is_open
        assert "Secret" not in response.text


@pytest.mark.parametrize("name", CHOOSERS)
def test_choosers_open_for_an_administrator(admin, name):
    assert admin.get(reverse(f"{name}:choose")).status_code == 200


def test_an_establishment_is_found_by_any_word_or_number(admin):
    wanted = SiteFactory(finess_et="350000010", city="FOUGERES").establishment
    EstablishmentFactory(name="Clinique du lac")
    for text in ("350000010", "fougeres centre", wanted.finess_ej):
        url = reverse("organisation_establishment_chooser:choose_results")
        page = admin.get(url, {"q": text}).text
        assert wanted.name in page
        assert "Clinique du lac" not in page


@pytest.mark.parametrize("text", ["beziers", "BÉZIERS", "Hôpital bezier", "béziers hopital"])
@pytest.mark.parametrize(
    ("url", "row"),
    [
        ("organisation_establishment_chooser:choose_results", "Hôpital de Béziers"),
        ("organisation_department_chooser:choose_results", "Cardiologie"),
        ("etablissements:index", "Hôpital de Béziers"),
        ("services:index", "Cardiologie"),
    ],
)
def test_accents_and_capitals_do_not_matter(admin, url, row, text):
    house = EstablishmentFactory(name="Hôpital de Béziers")
    DepartmentFactory(establishment=house, name="Cardiologie")
    DepartmentFactory(establishment__name="Clinique du lac", name="Pneumologie")
    page = admin.get(reverse(url), {"q": text}).text
    assert row in page
    assert "Clinique du lac" not in page
    assert "Pneumologie" not in page


class TestWriting:
    @pytest.fixture
    def signals(self):
        received = []

        def receiver(sender, change, **kwargs):
            received.append(change)

        appointments_changed.connect(receiver)
        yield received
        appointments_changed.disconnect(receiver)

    def test_an_appointment_begins_and_ends(self, admin, signals):
        person, establishment = PersonFactory(), EstablishmentFactory()
        admin.post(
            reverse("affectations:add"),
            {
                "person": person.pk,
                "establishment": establishment.pk,
                "role": StaffRoleFactory().pk,
                "starts_on": "2026-01-01",
            },
        )
        appointment = Appointment.objects.get()
        assert appointment.person == person
        admin.post(
            reverse("affectations:edit", args=[appointment.pk]),
            {"ends_on": "2026-03-01", "person": PersonFactory().pk},
        )
        appointment.refresh_from_db()
        assert appointment.ends_on == dt.date(2026, 3, 1)
        assert appointment.person == person, "history is not rewritten"
        assert len(signals) == 2
        actions = list(AuditEntry.objects.order_by("pk").values_list("action", "actor"))
        assert actions == [
            ("appointment.start", admin.user.pk),
            ("appointment.end", admin.user.pk),
        ]

    def test_what_the_service_refuses_is_said_in_the_form(self, admin):
        response = admin.post(
            reverse("affectations:add"),
            {
                "person": PersonFactory().pk,
                "establishment": EstablishmentFactory().pk,
                "department": DepartmentFactory().pk,
                "role": StaffRoleFactory().pk,
                "starts_on": "2026-01-01",
            },
        )
        assert response.status_code == 200
        assert "Ce service est d’un autre établissement." in response.text
        assert not Appointment.objects.exists()

    def test_an_end_is_needed_to_end(self, admin):
        grant = GrantFactory()
        response = admin.post(reverse("habilitations:edit", args=[grant.pk]), {"ends_on": ""})
        assert "Indiquez la date de fin." in response.text

    def test_a_grant_is_given_and_ended(self, admin):
        user, establishment = AccountFactory(), EstablishmentFactory()
        admin.post(
            reverse("habilitations:add"),
            {
                "user": user.pk,
                "right": GrantRight.READ_COVERAGE,
                "scope": ScopeKind.ESTABLISHMENT,
                "establishment": establishment.pk,
                "starts_on": "2026-01-01",
            },
        )
        grant = Grant.objects.get()
        assert (grant.user, grant.place, grant.granted_by) == (user, establishment, admin.user)
        admin.post(reverse("habilitations:edit", args=[grant.pk]), {"ends_on": "2026-02-01"})
        grant.refresh_from_db()
        assert grant.ends_on == dt.date(2026, 2, 1)

    def test_a_grant_without_its_place_is_refused(self, admin):
        response = admin.post(
            reverse("habilitations:add"),
            {
                "user": AccountFactory().pk,
                "right": GrantRight.READ_COVERAGE,
                "scope": ScopeKind.REGION,
                "starts_on": "2026-01-01",
            },
        )
        assert response.status_code == 200
        assert "À préciser pour cette portée." in response.text
        assert not Grant.objects.exists()

    def test_a_headcount_is_declared_and_corrected(self, admin):
        admin.post(
            reverse("effectifs:add"),
            {
                "establishment": EstablishmentFactory().pk,
                "role": StaffRoleFactory().pk,
                "as_of": "2026-01-01",
                "people": "40",
            },
        )
        row = Headcount.objects.get()
        admin.post(reverse("effectifs:edit", args=[row.pk]), {"people": "41"})
        assert Headcount.objects.get().people == 41

    def test_a_person_and_a_department(self, admin):
        admin.post(
            reverse("agents:add"),
            {"last_name": "Martin", "first_name": "Zoé", "email": "Zoe@Hopital.test"},
        )
        person = Person.objects.get()
        assert person.email == "zoe@hopital.test"
        admin.post(reverse("agents:edit", args=[person.pk]), {"last_name": "Durand"})
        person.refresh_from_db()
        assert person.last_name == "Durand"
        establishment = EstablishmentFactory()
        admin.post(reverse("services:add"), {"establishment": establishment.pk, "name": "Urgences"})
        department = Department.objects.get()
        admin.post(reverse("services:edit", args=[department.pk]), {"name": "SAU"})
        department.refresh_from_db()
        assert (department.name, department.establishment) == ("SAU", establishment)

    @pytest.fixture
    def places(self):
        received = []

        def receiver(sender, change, **kwargs):
            received.append(change.establishment_ids)

        establishments_changed.connect(receiver)
        yield received
        establishments_changed.disconnect(receiver)

    def edit(self, admin, establishment, **fields):
        said = {
            "name": establishment.name,
            "finess_ej": establishment.finess_ej,
            "family": establishment.family,
            "sector": establishment.sector,
            "region": establishment.region_id,
        }
        address = reverse("etablissements:edit", args=[establishment.pk])
        response = admin.post(address, said | fields)
        establishment.refresh_from_db()
        return response

    def test_an_establishment_gets_its_hotline(self, admin, places):
        establishment = EstablishmentFactory()
        response = self.edit(admin, establishment, hotline="02 99 00 00 00")
        assert response.status_code == 302
        assert establishment.hotline == "02 99 00 00 00"
        assert places == []  # nobody is counted elsewhere for it

    @pytest.mark.parametrize("fields", [{"family": "chu"}, {"region": ""}])
    def test_an_establishment_counted_elsewhere_is_told_and_kept(self, admin, places, fields):
        establishment = EstablishmentFactory()
        assert self.edit(admin, establishment, **fields).status_code == 302
        assert places == [frozenset({establishment.pk})]
        entry = AuditEntry.objects.get(action="establishment.update")
        assert (entry.actor, entry.details) == (admin.user, {"changed": list(fields)})

    def test_a_number_that_is_taken_is_refused_in_words(self, admin):
        establishment = EstablishmentFactory()
        response = self.edit(admin, establishment, finess_ej=EstablishmentFactory().finess_ej)
        assert "FINESS juridique existe déjà" in response.text

    def test_two_establishments_without_number_do_not_collide(self, admin):
        for name in ("Un", "Deux"):
            response = admin.post(
                reverse("etablissements:add"), {"name": name, "family": "autre", "finess_ej": ""}
            )
            assert response.status_code == 302
