"""Obligations on the site: what applies here, adding with a count, ending one's own."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisation.models import StaffRole
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory
from training.models import Requirement, Trainable
from training.selectors import obligations_for_person
from training.services import requirement_create
from users.models import AuditEntry

from .world import Hospital

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital() -> Hospital:
    return Hospital()


@pytest.fixture
def ciso(hospital: Hospital) -> Client:
    return hospital.client(hospital.ciso)


def address(hospital: Hospital, rest: str = "") -> str:
    return f"/formation/etablissement/{hospital.house.uid}/obligations/{rest}"


def ward_address(hospital: Hospital, rest: str = "") -> str:
    return f"/formation/service/{hospital.ward.uid}/obligations/{rest}"


def fields_of(hospital: Hospital, **changes: Any) -> dict[str, Any]:
    fields = {
        "module": str(hospital.trainable.uid),
        "starts_on": timezone.localdate().isoformat(),
        "due_days": 30,
    }
    return {**fields, **changes}


def posted_again(text: str) -> dict[str, list[str]]:
    """The hidden fields of the confirmation, as a browser would send them."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text):
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(value)
    return fields


def added(client: Client, where: str, fields: dict[str, Any]) -> tuple[str, Any]:
    text = client.post(f"{where}ajouter/", fields).content.decode()
    return text, client.post(f"{where}ajouter/", posted_again(text))


class TestAdding:
    def test_the_count_comes_first_then_it_is_saved(self, hospital: Hospital, ciso: Client) -> None:
        text, response = added(ciso, address(hospital), fields_of(hospital, validity_months=12))
        assert "Concerne aujourd’hui 4 agents dans 1 établissement." in text
        assert response.status_code == 302
        requirement = Requirement.objects.get()
        assert requirement.establishment == hospital.house
        assert (requirement.due_days, requirement.validity_months) == (30, 12)
        assert AuditEntry.objects.get(action="requirement.create").actor == hospital.ciso
        assert "L’obligation est enregistrée" in ciso.get(response["Location"]).content.decode()

    def test_nothing_is_saved_by_the_first_submission(
        self, hospital: Hospital, ciso: Client
    ) -> None:
        ciso.post(address(hospital, "ajouter/"), fields_of(hospital))
        ciso.post(address(hospital, "ajouter/"), fields_of(hospital, counted_as="x"))
        assert not Requirement.objects.exists()

    def test_a_department_asks_its_own_people_only(self, hospital: Hospital) -> None:
        head = hospital.client(hospital.head)
        text, _response = added(head, ward_address(hospital), fields_of(hospital))
        assert "3 agents" in text
        day = timezone.localdate()
        assert obligations_for_person(person=hospital.team[0], day=day)
        assert not obligations_for_person(person=hospital.neighbour, day=day)

    def test_roles_and_families_are_kept_through_the_confirmation(
        self, hospital: Hospital, ciso: Client
    ) -> None:
        families = [StaffRole.objects.get(code="brancardier").family.code]
        fields = fields_of(hospital, roles=["infirmier", "medecin"], role_families=families)
        _text, response = added(ciso, address(hospital), fields)
        assert response.status_code == 302
        requirement = Requirement.objects.get()
        assert {one.code for one in requirement.roles.all()} == {"infirmier", "medecin"}
        assert [one.code for one in requirement.role_families.all()] == families

    def test_modifying_leads_back_to_the_form_with_everything_in_it(
        self, hospital: Hospital, ciso: Client
    ) -> None:
        text = ciso.post(address(hospital, "ajouter/"), fields_of(hospital, due_days=45))
        fields = {**posted_again(text.content.decode()), "edit": "1"}
        again = ciso.post(address(hospital, "ajouter/"), fields).content.decode()
        assert 'value="45"' in again
        assert "Voir qui est concerné" in again
        assert not Requirement.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"starts_on": "2020-01-01"}, "Choisissez aujourd’hui ou une date à venir."),
            ({"due_days": "-1"}, "supérieure ou égale à 0"),
            ({"due_days": "x"}, "nombre entier"),
            ({"validity_months": "0"}, "supérieure ou égale à 1"),
            ({"module": "x"}, "UUID valide"),
            ({"module": str(uuid.uuid4())}, "Sélectionnez un choix valide"),
            ({"roles": ["x"]}, "Sélectionnez un choix valide"),
            ({"due_on": "2020-01-01"}, "cette échéance serait sans effet"),
        ],
    )
    def test_what_cannot_be_is_said_in_words(
        self, hospital: Hospital, ciso: Client, changes: dict[str, Any], words: str
    ) -> None:
        response = ciso.post(address(hospital, "ajouter/"), fields_of(hospital, **changes))
        assert words in response.content.decode()
        assert not Requirement.objects.exists()


class TestListing:
    def test_widest_first_and_only_what_reaches_the_place(
        self, hospital: Hospital, ciso: Client
    ) -> None:
        today = timezone.localdate()
        here = {
            "De la nation": None,
            "De la région": hospital.house.region,
            "De la maison": hospital.house,
            "De l’équipe": hospital.ward,
        }
        for title, place in here.items():
            requirement_create(
                trainable=Trainable.objects.create(title=title), starts_on=today, place=place
            )
        for title, fields in {
            "D’ailleurs": {"place": EstablishmentFactory()},
            "Terminée": {"ends_on": today},
        }.items():
            requirement_create(
                trainable=Trainable.objects.create(title=title), starts_on=today, **fields
            )
        text = ciso.get(address(hospital)).content.decode()
        assert [text.index(title) for title in here] == sorted(text.index(t) for t in here)
        assert "D’ailleurs" not in text
        assert "Terminée" not in text
        assert text.count("Mettre fin") == 2

    def test_a_department_reads_its_house_and_not_its_neighbours(self, hospital: Hospital) -> None:
        today = timezone.localdate()
        for title, place in {
            "Maison": hospital.house,
            "Équipe": hospital.ward,
            "Voisine": hospital.other_ward,
        }.items():
            requirement_create(
                trainable=Trainable.objects.create(title=title), starts_on=today, place=place
            )
        text = hospital.client(hospital.head).get(ward_address(hospital)).content.decode()
        assert "Maison" in text
        assert "Voisine" not in text
        assert text.count("Mettre fin") == 1

    def test_queries_do_not_grow_with_the_obligations(
        self, hospital: Hospital, ciso: Client
    ) -> None:
        counts = []
        for _round in range(2):
            for number in range(4):
                requirement_create(
                    trainable=Trainable.objects.create(title=f"Module {number}"),
                    starts_on=timezone.localdate(),
                    place=hospital.house,
                    roles=StaffRole.objects.all()[:2],
                )
            ciso.get(address(hospital))
            with CaptureQueriesContext(connection) as queries:
                ciso.get(address(hospital))
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestEnding:
    def test_ones_own_ends_and_is_kept(self, hospital: Hospital, ciso: Client) -> None:
        start = timezone.localdate() - dt.timedelta(days=10)
        for place in (hospital.house, hospital.ward):
            one = requirement_create(trainable=hospital.trainable, starts_on=start, place=place)
            page = ciso.get(address(hospital, f"{one.pk}/terminer/")).content.decode()
            assert "Concerne aujourd’hui" in page
            day = timezone.localdate() + dt.timedelta(days=5)
            ciso.post(address(hospital, f"{one.pk}/terminer/"), {"ends_on": day.isoformat()})
            one.refresh_from_db()
            assert one.ends_on == day
        assert AuditEntry.objects.filter(action="requirement.end").count() == 2

    @pytest.mark.parametrize("whose", ["nation", "region", "elsewhere"])
    def test_never_that_of_others(self, hospital: Hospital, ciso: Client, whose: str) -> None:
        places = {
            "nation": None,
            "region": hospital.house.region,
            "elsewhere": EstablishmentFactory(),
        }
        one = requirement_create(
            trainable=hospital.trainable, starts_on=timezone.localdate(), place=places[whose]
        )
        response = ciso.post(
            address(hospital, f"{one.pk}/terminer/"), {"ends_on": timezone.localdate().isoformat()}
        )
        assert response.status_code == 404
        one.refresh_from_db()
        assert one.ends_on is None

    def test_a_department_does_not_end_its_house_s(self, hospital: Hospital) -> None:
        one = requirement_create(
            trainable=hospital.trainable, starts_on=timezone.localdate(), place=hospital.house
        )
        head = hospital.client(hospital.head)
        assert head.post(ward_address(hospital, f"{one.pk}/terminer/")).status_code == 404

    def test_not_in_the_past(self, hospital: Hospital, ciso: Client) -> None:
        one = requirement_create(
            trainable=hospital.trainable, starts_on=dt.date(2026, 1, 1), place=hospital.house
        )
        response = ciso.post(address(hospital, f"{one.pk}/terminer/"), {"ends_on": "2026-02-01"})
        assert "Choisissez aujourd’hui" in response.content.decode()
        one.refresh_from_db()
        assert one.ends_on is None


@pytest.mark.parametrize("rest", ["", "ajouter/"])
def test_a_neighbour_may_neither_read_nor_add(hospital: Hospital, rest: str) -> None:
    other = hospital.organiser(department=hospital.other_ward, for_department=True)
    AppointmentFactory(person__user=other, establishment=hospital.house)
    client = hospital.client(other)
    for where in (address(hospital, rest), ward_address(hospital, rest)):
        assert client.get(where).status_code == 403
        assert client.post(where).status_code in (403, 405)
    unknown = f"/formation/service/{hospital.house.uid}/obligations/{rest}"
    assert client.get(unknown).status_code == 404
    assert client.get(f"/formation/region/{hospital.house.uid}/obligations/").status_code == 404
