"""A hospital with two wards, who organises their training, and a module to take."""

from __future__ import annotations

from typing import Any

from django.test import Client

from courses.models import TeamSession
from organisation.enums import GrantRight
from organisation.models import Department, Establishment, Person
from tests.courses.factories import make_module
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
)
from users.models import User

TITLE = "Reconnaître un message d’hameçonnage"


class Hospital:
    """`head` organises the training of the ward, `ciso` of the whole house."""

    def __init__(self, people: int = 3) -> None:
        self.house: Establishment = EstablishmentFactory(name="CHU d’essai")
        self.ward: Department = DepartmentFactory(establishment=self.house, name="Urgences")
        self.other_ward: Department = DepartmentFactory(
            establishment=self.house, name="Cardiologie"
        )
        self.head = self.organiser(department=self.ward, for_department=True)
        self.ciso = self.organiser(establishment=self.house)
        self.team = [self.colleague(self.ward, f"Nom{number:02d}") for number in range(people)]
        self.neighbour = self.colleague(self.other_ward, "Voisin")
        self.module = make_module(1, title=TITLE)
        self.trainable = self.module.trainable

    def organiser(self, **place: Any) -> User:
        return GrantFactory(right=GrantRight.MANAGE_TRAINING, **place).user

    def colleague(self, ward: Department, last_name: str, **person: Any) -> Person:
        made: Person = PersonFactory(last_name=last_name, **person)
        AppointmentFactory(person=made, establishment=self.house, department=ward)
        return made

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def signed_in(self, person: Person) -> Client:
        person.user = AccountFactory(email=person.email)
        person.save()
        return self.client(person.user)

    def session(self, client: Client | None = None, **fields: Any) -> TeamSession:
        """A session that the head of the ward opens on the site."""
        address = f"/formation/service/{self.ward.uid}/seance/"
        client = client or self.client(self.head)
        response = client.post(address, {"module": str(self.trainable.uid), **fields})
        assert response.status_code == 302, response.context["form"].errors
        return TeamSession.objects.latest("pk")
