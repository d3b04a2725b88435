"""The public check: what it says, what it keeps to itself, how it takes hostile input."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.organisation.factories import AppointmentFactory, PersonFactory
from tests.reporting.factories import RequirementFactory, TrainableFactory
from training.attestations import throttle
from training.attestations.codes import code_shown
from training.models import Attestation

from .world import issue, void

pytestmark = pytest.mark.django_db


def check(client: Client, code: str, **extra: str) -> str:
    response = client.get(reverse("training:attestation_verify"), {"code": code}, **extra)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def attestation() -> Attestation:
    appointment = AppointmentFactory(
        person__first_name="Aurélie",
        person__last_name="Lefèvre",
        establishment__name="CHU de la Discrétion",
    )
    requirement = RequirementFactory(trainable__title="Hameçonnage", validity_months=240)
    return issue(appointment.person, requirement.trainable)


def test_without_a_code_there_is_the_form(client: Client) -> None:
    page = client.get(reverse("training:attestation_verify")).content.decode()
    assert 'name="code"' in page
    assert 'id="resultat"' not in page


def test_a_valid_one_is_told_with_what_is_needed_to_compare(
    client: Client, attestation: Attestation
) -> None:
    page = check(client, code_shown(attestation.code).lower())
    for said in (
        "Attestation authentique",
        "Hameçonnage",
        "1 mars 2026",
        "28 février 2046",
        "A… L…",
    ):
        assert said in page


def test_nothing_more_is_told(client: Client, attestation: Attestation) -> None:
    page = check(client, attestation.code)
    hidden = ("Aurélie", "Lefèvre", "Discrétion", "90", attestation.person.email)
    assert not [word for word in hidden if word in page]
    assert str(attestation.statement_id) not in page
    assert str(attestation.person.uid) not in page


def test_what_ran_out_is_authentic_and_to_be_renewed(client: Client) -> None:
    appointment, requirement = AppointmentFactory(), RequirementFactory(validity_months=1)
    page = check(client, issue(appointment.person, requirement.trainable).code)
    assert "à renouveler" in page
    assert "Depuis le 1 avril 2026" in page


def test_what_was_withdrawn_is_no_longer_valid(client: Client, attestation: Attestation) -> None:
    void(attestation.statement_id)
    page = check(client, attestation.code)
    assert "n’est plus valable" in page
    assert "Attestation authentique" not in page


def test_what_was_declared_says_so(client: Client) -> None:
    attestation = issue(PersonFactory(first_name="", last_name=""), TrainableFactory())
    Attestation.objects.update(provenance="team")
    page = check(client, attestation.code)
    assert "Déclarée : séance d’équipe" in page.replace("\u00a0", " ")
    assert "sans nom enregistré" in page


@pytest.mark.parametrize(
    "code",
    ["AAAA-AAAA-AAAA", "x", "<script>alert(1)</script>", "' OR 1=1 --", "\x00", "é" * 5000, "%00"],
)
def test_hostile_and_unknown_codes_are_unknown(client: Client, code: str) -> None:
    page = check(client, code)
    assert "Code inconnu" in page
    assert "<script>alert" not in page


def test_unknown_and_malformed_codes_cost_the_same(client: Client) -> None:
    def queries(code: str) -> int:
        check(client, "warm")
        with CaptureQueriesContext(connection) as captured:
            check(client, code)
        return len(captured)

    assert queries("AAAA-AAAA-AAAA") == queries("rien")


def test_no_machine_keeps_or_lists_it(client: Client, attestation: Attestation) -> None:
    response = client.get(reverse("training:attestation_verify"), {"code": attestation.code})
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


class TestGuessing:
    def test_a_client_that_guesses_is_stopped_for_good_codes_too(
        self, client: Client, attestation: Attestation
    ) -> None:
        address = reverse("training:attestation_verify")
        for number in range(throttle.ALLOWED_MISSES):
            check(client, f"AAAA-AAAA-{number:04d}")
        response = client.get(address, {"code": attestation.code})
        assert response.status_code == 429
        page = response.content.decode()
        assert "Attendez dix minutes" in page
        assert "Hameçonnage" not in page

    def test_others_are_not(self, client: Client, attestation: Attestation) -> None:
        for number in range(throttle.ALLOWED_MISSES):
            check(client, f"AAAA-AAAA-{number:04d}", REMOTE_ADDR="192.0.2.1")
        assert "authentique" in check(client, attestation.code, REMOTE_ADDR="192.0.2.2")

    def test_good_codes_are_not_counted(self, client: Client, attestation: Attestation) -> None:
        for _ in range(throttle.ALLOWED_MISSES + 2):
            check(client, attestation.code)
