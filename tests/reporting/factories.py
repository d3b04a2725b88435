"""Trainings, requirements and completions; people and places come from the organisation's."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import factory
from factory.django import DjangoModelFactory

from organisation.enums import ScopeKind
from organisation.models import Person
from tests.organisation.factories import STARTED, AccountFactory, PersonFactory
from training.enums import Provenance
from training.models import Completion, Requirement, Retraining, Trainable

PARIS = ZoneInfo("Europe/Paris")


class TrainableFactory(DjangoModelFactory[Trainable]):
    class Meta:
        model = Trainable

    title = factory.Sequence(lambda n: f"Module {n:03d}")


class RequirementFactory(DjangoModelFactory[Requirement]):
    """For every role of the nation, from the first of 2026 on, due in 90 days, valid for ever."""

    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    trainable = factory.SubFactory(TrainableFactory)
    scope = ScopeKind.NATION
    starts_on = STARTED

    @factory.post_generation
    def roles(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.roles.set(extracted)  # type: ignore[attr-defined]

    @factory.post_generation
    def role_families(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        if extracted:
            self.role_families.set(extracted)  # type: ignore[attr-defined]


class CompletionFactory(DjangoModelFactory[Completion]):
    class Meta:
        model = Completion

    person = factory.SubFactory(PersonFactory)
    trainable = factory.SubFactory(TrainableFactory)
    completed_at = dt.datetime(2026, 3, 15, 12, tzinfo=PARIS)
    statement_id = factory.LazyFunction(uuid.uuid4)


def completed(
    person: Person,
    trainable: Trainable,
    day: dt.date,
    provenance: Provenance = Provenance.OBSERVED,
) -> Completion:
    """`person` completed `trainable` at noon of `day` in Paris."""
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=PARIS)
    return CompletionFactory(
        person=person, trainable=trainable, completed_at=noon, provenance=provenance
    )


class RetrainingFactory(DjangoModelFactory[Retraining]):
    """A change that asks for the training again, from the day it was made on."""

    class Meta:
        model = Retraining

    trainable = factory.SubFactory(TrainableFactory)
    changed_on = dt.date(2026, 3, 1)
    required_from = factory.SelfAttribute("changed_on")
    reason = "Nouvelles consignes."
    decided_by = factory.SubFactory(AccountFactory)
