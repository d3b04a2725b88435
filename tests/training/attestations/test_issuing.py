"""An attestation is issued once, and keeps what it says."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lrs.services import projections_rebuild
from tests.organisation.factories import AppointmentFactory, PersonFactory
from tests.reporting.factories import CompletionFactory, RequirementFactory, TrainableFactory
from training.attestations import issuing
from training.attestations.issuing import attestation_issue, attestations_issue
from training.attestations.selectors import validities
from training.enums import Provenance
from training.models import Attestation, Completion, Retraining
from training.provenance import provenance_iri

from .world import NOW, TODAY, complete, issue, void

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_it_says_what_the_statement_says() -> None:
    person, training = PersonFactory(), TrainableFactory(title="Hameçonnage")
    completion = complete(person, training)
    training.title = "Hameçonnage, seconde édition"
    training.save()
    attestation = attestation_issue(completion=completion, now=NOW)
    assert attestation.title == "Hameçonnage"
    assert (attestation.person, attestation.trainable) == (person, training)
    assert attestation.completed_at == completion.completed_at
    assert attestation.score_scaled == 0.9
    assert attestation.provenance == Provenance.OBSERVED


def test_a_statement_without_a_name_takes_the_training_s() -> None:
    completion = CompletionFactory(trainable__title="Mots de passe")
    assert attestation_issue(completion=completion, now=NOW).title == "Mots de passe"


def test_issuing_twice_gives_the_same() -> None:
    completion = complete(PersonFactory(), TrainableFactory())
    first = attestation_issue(completion=completion, now=NOW)
    assert attestation_issue(completion=completion, now=NOW).code == first.code
    assert Attestation.objects.count() == 1


def test_a_code_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter(["AAAAAAAAAAAA", "AAAAAAAAAAAA", "BBBBBBBBBBBB"])
    monkeypatch.setattr(issuing, "code_new", lambda: next(codes))
    first, second = (attestation_issue(completion=CompletionFactory(), now=NOW) for _ in range(2))
    assert (first.code, second.code) == ("AAAAAAAAAAAA", "BBBBBBBBBBBB")


def test_what_was_declared_says_so() -> None:
    declared = {"context": {"extensions": {provenance_iri(): "team"}}}
    assert issue(PersonFactory(), TrainableFactory(), **declared).provenance == Provenance.TEAM


def test_editing_and_rebuilding_change_nothing() -> None:
    attestation = issue(PersonFactory(), training := TrainableFactory(title="Avant"))
    training.title = "Après"
    training.save()
    projections_rebuild()
    again = attestation_issue(completion=Completion.objects.get(), now=NOW)
    fields = [field.attname for field in Attestation._meta.fields]
    assert {name: getattr(again, name) for name in fields} == {
        name: getattr(attestation, name) for name in fields
    }


def test_a_voided_statement_leaves_the_record() -> None:
    attestation = issue(PersonFactory(), TrainableFactory())
    void(attestation.statement_id)
    assert not Completion.objects.exists()
    assert Attestation.objects.get() == attestation


def test_many_are_issued_in_as_many_queries_as_few() -> None:
    def queries(count: int) -> int:
        completions = CompletionFactory.create_batch(count)
        with CaptureQueriesContext(connection) as captured:
            issued = attestations_issue(completions=completions, now=NOW)
        assert [one.statement_id for one in issued] == [one.statement_id for one in completions]
        return len(captured)

    assert queries(3) == queries(12)


class TestValidity:
    def test_it_is_the_strictest_requirement_s(self) -> None:
        appointment = AppointmentFactory()
        requirement = RequirementFactory(validity_months=24)
        RequirementFactory(trainable=requirement.trainable, validity_months=12)
        attestation = issue(appointment.person, requirement.trainable)
        validity = validities(attestations=[attestation], day=TODAY)[attestation.pk]
        assert validity.is_required
        assert str(validity.until) == "2027-03-01"

    def test_nothing_is_said_of_what_is_not_required(self) -> None:
        attestation = issue(PersonFactory(), TrainableFactory())
        validity = validities(attestations=[attestation], day=TODAY)[attestation.pk]
        assert (validity.is_required, validity.until) == (False, None)

    def test_a_retraining_ends_it(self) -> None:
        appointment, requirement = AppointmentFactory(), RequirementFactory()
        attestation = issue(appointment.person, requirement.trainable)
        Retraining.objects.create(
            trainable=requirement.trainable,
            changed_on="2026-06-01",
            required_from="2026-09-01",
            reason="Nouveau module",
            decided_by=PersonFactory(with_account=True).user,
        )
        validity = validities(attestations=[attestation], day=TODAY)[attestation.pk]
        assert str(validity.until) == "2026-09-01"
        assert validity.is_over

    def test_queries_stay_when_people_and_requirements_double(self) -> None:
        def queries() -> int:
            for _ in range(3):
                appointment, requirement = AppointmentFactory(), RequirementFactory()
                issue(appointment.person, requirement.trainable)
            attestations = list(Attestation.objects.all())
            with CaptureQueriesContext(connection) as captured:
                validities(attestations=attestations, day=TODAY)
            return len(captured)

        assert queries() == queries() == 5
