"""The learner's own attestation over HTTP."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from courses.learners import Learner
from courses.services import lesson_complete, session_open
from organisation.models import Person
from organisation.sessions import PERSON
from tests.courses.factories import lessons, make_module
from tests.organisation.factories import PersonFactory
from tests.reporting.factories import TrainableFactory
from tests.support.pdf import pdf_text
from training.models import Attestation, Completion

from .world import NOW, complete, issue, void

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return PersonFactory(with_account=True, last_name="Lefèvre", first_name="Aurélie")


@pytest.fixture
def own(client: Client, person: Person) -> Client:
    client.force_login(person.user)
    return client


def address(completion: Any) -> str:
    return reverse("training:attestation_file", args=[completion.statement_id])


def test_the_owner_gets_a_pdf_with_her_score(own: Client, person: Person, tmp_path: Path) -> None:
    completion = complete(person, TrainableFactory(title="Hameçonnage"))
    response = own.get(address(completion))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        'attachment; filename="attestation_LEFEVRE_Aurelie_hameconnage.pdf"'
    )
    assert "no-store" in response["Cache-Control"]
    assert address(completion).endswith(".pdf")
    (tmp_path / "own.pdf").write_bytes(response.content)
    text = pdf_text(tmp_path / "own.pdf")
    assert "Aurélie Lefèvre" in text
    assert "90 %" in text


def test_asking_again_gives_the_same_attestation(own: Client, person: Person) -> None:
    completion = complete(person, TrainableFactory())
    first, again = (own.get(address(completion)).content for _ in range(2))
    assert first == again
    assert Attestation.objects.count() == 1


def test_another_s_attestation_does_not_exist(own: Client) -> None:
    completion = complete(PersonFactory(), TrainableFactory())
    assert own.get(address(completion)).status_code == 404
    assert not Attestation.objects.exists()


def test_a_withdrawn_or_unknown_one_is_not_found(own: Client, person: Person) -> None:
    attestation = issue(person, TrainableFactory())
    void(attestation.statement_id)
    assert own.get(address(attestation)).status_code == 404
    nothing = reverse("training:attestation_file", args=[uuid.uuid4()])
    assert own.get(nothing).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    completion = complete(PersonFactory(), TrainableFactory())
    assert client.get(address(completion))["Location"].startswith("/accounts/login/?next=/attest")


def test_whoever_a_code_let_in_gets_her_own(client: Client) -> None:
    """Without an account; `organisation.sessions` says who it is."""
    completion = complete(PersonFactory(), TrainableFactory())
    session = client.session
    session[PERSON] = str(completion.person.uid)
    session.save()
    assert client.get(address(completion))["Content-Type"] == "application/pdf"
    other = complete(PersonFactory(), TrainableFactory())
    assert client.get(address(other)).status_code == 404


def test_reading_only(own: Client, person: Person) -> None:
    assert own.post(address(complete(person, TrainableFactory()))).status_code == 405


class TestAfterAModule:
    def test_the_space_and_the_module_lead_to_the_attestation(
        self, own: Client, person: Person
    ) -> None:
        module = make_module(title="Postes partagés")
        session = session_open(learner=Learner(person=person), module=module, now=NOW)
        for lesson in lessons(module):
            lesson_complete(session=session, lesson=lesson, now=NOW)
        link = address(Completion.objects.get())
        assert link in own.get("/mon-espace/").content.decode()
        assert link in own.get(module.url).content.decode()

        module.title = "Tout autre chose"
        module.save_revision().publish()
        assert own.get(link).status_code == 200
        module.delete()
        assert own.get(link).status_code == 200
        assert Attestation.objects.get().title == "Postes partagés"
        assert link in own.get("/mon-espace/").content.decode()

    def test_what_was_followed_in_a_team_is_in_the_space_too(
        self, own: Client, person: Person
    ) -> None:
        completion = complete(person, TrainableFactory(title="En équipe"))
        page = own.get("/mon-espace/").content.decode()
        assert "En équipe" in page
        assert address(completion) in page
