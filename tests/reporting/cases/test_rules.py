"""Requirements, validity, retraining and evidence, through the services; every figure by hand."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from lrs.identifiers import account_agent, activity_iri
from lrs.services import PLATFORM, projections_rebuild, statements_store
from lrs.xapi.vocabulary import verbs
from organisation.scopes import Scope
from reporting.counting import Cell
from reporting.enums import PlaceKind
from reporting.models import CoverageSnapshot
from reporting.services import snapshots_freeze
from tests.organisation.factories import AccountFactory
from training.enums import TrainableKind
from training.models import Trainable
from training.services import (
    RequirementDraft,
    requirement_create,
    requirement_end,
    requirement_update,
    retraining_ask,
    retraining_withdraw,
)

from .conftest import YEAR, Case

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def draft(case: Case, **changes: object) -> RequirementDraft:
    said = {"trainable": case.module, "scope": Scope.nation(), "starts_on": YEAR, **changes}
    return RequirementDraft(**said)  # type: ignore[arg-type]


def test_a_requirement_starts_and_ends(case: Case) -> None:
    case.works()
    rule = requirement_create(trainable=case.module, starts_on=dt.date(2026, 3, 1), due_days=10)
    assert not case.at("2026-02-28").is_required
    assert case.at("2026-03-10") == Cell(expected=1)
    assert case.at("2026-03-11") == Cell(expected=1, overdue=1)
    requirement_end(requirement=rule, ends_on=dt.date(2026, 4, 1))
    assert case.at("2026-03-31") == Cell(expected=1, overdue=1)
    assert not case.at("2026-04-01").is_required


def test_a_requirement_that_moves_leaves_nothing_behind(case: Case) -> None:
    case.works()
    case.works(establishment=case.other)
    rule = requirement_create(trainable=case.module, starts_on=YEAR, place=case.house)
    assert case.at("2026-02-01") == Cell(expected=1)
    assert not case.at("2026-02-01", house=case.other).is_required
    requirement_update(requirement=rule, draft=draft(case, scope=Scope.establishment(case.other)))
    assert not case.at("2026-02-01").is_required
    assert case.at("2026-02-01", house=case.other) == Cell(expected=1)


def test_a_requirement_for_other_roles(case: Case) -> None:
    case.works()
    case.works(role=case.porter)
    case.works(role=case.porter)
    rule = requirement_create(trainable=case.module, starts_on=YEAR, roles=[case.nurse])
    assert case.at("2026-02-01").expected == 1
    requirement_update(requirement=rule, draft=draft(case, roles=(case.porter,)))
    assert case.at("2026-02-01").expected == 2
    requirement_update(requirement=rule, draft=draft(case, role_families=(case.nurse.family,)))
    assert case.at("2026-02-01").expected == 1 + 2 * (case.porter.family_id == case.nurse.family_id)


def test_another_delay_and_another_validity(case: Case) -> None:
    done, waiting = case.works().person, case.works().person
    case.completes(done, "2026-02-01T10:00:00Z")
    assert waiting != done
    rule = requirement_create(trainable=case.module, starts_on=YEAR)
    assert case.at("2026-03-15") == Cell(expected=2, covered=1)
    # Due on 31 January now, and what is done holds until 1 March.
    requirement_update(requirement=rule, draft=draft(case, due_days=30, validity_months=1))
    assert case.at("2026-01-30") == Cell(expected=2)
    assert case.at("2026-02-28") == Cell(expected=2, covered=1, overdue=1)
    assert case.at("2026-03-01") == Cell(expected=2, overdue=2)


def test_the_strictest_rule_counts_where_it_reaches_and_no_longer_than_it_holds(
    case: Case,
) -> None:
    """In ward A it holds for two months, in ward B for ever; the house counts the stricter."""
    person = case.works(department=case.wards[0]).person
    case.works(person, department=case.wards[1])
    case.completes(person, "2026-02-01T10:00:00Z")
    requirement_create(trainable=case.module, starts_on=YEAR)
    rule = requirement_create(
        trainable=case.module, starts_on=YEAR, place=case.wards[0], validity_months=2
    )
    covered, late = Cell(expected=1, covered=1), Cell(expected=1, overdue=1)
    assert case.in_wards("2026-03-31") == [covered, covered, covered]
    assert case.in_wards("2026-04-01") == [late, covered, late]
    requirement_end(requirement=rule, ends_on=dt.date(2026, 5, 1))
    assert case.in_wards("2026-05-01") == [covered, covered, covered]


def test_a_retraining_and_its_taking_back(case: Case) -> None:
    old, new = case.works().person, case.works().person
    requirement_create(trainable=case.module, starts_on=YEAR)
    case.completes(old, "2026-02-28T10:00:00Z")
    case.completes(new, "2026-03-01T10:00:00Z")
    actor = AccountFactory()
    asked = retraining_ask(
        trainable=case.module,
        changed_on=dt.date(2026, 3, 1),
        required_from=dt.date(2026, 5, 1),
        reason="Nouvelles consignes.",
        actor=actor,
        today=dt.date(2026, 3, 1),
    )
    assert case.at("2026-04-30") == Cell(expected=2, covered=2)
    assert case.at("2026-05-01") == Cell(expected=2, covered=1, overdue=1)
    retraining_withdraw(retraining=asked, actor=actor, today=dt.date(2026, 5, 2))
    assert case.at("2026-05-01") == Cell(expected=2, covered=2)


def test_a_voided_statement_gives_way_to_the_one_before_it(case: Case) -> None:
    person = case.works().person
    requirement_create(trainable=case.module, starts_on=YEAR, validity_months=3)
    case.completes(person, "2026-01-15T10:00:00Z")
    second = case.completes(person, "2026-03-15T10:00:00Z")
    assert case.at("2026-05-01").covered == 1
    case.voids(second)
    assert case.at("2026-04-14").covered == 1
    assert case.at("2026-04-15") == Cell(expected=1, overdue=1)
    projections_rebuild()
    assert case.at("2026-04-15") == Cell(expected=1, overdue=1)


def test_a_late_statement_changes_the_day_it_is_of_and_no_frozen_month(case: Case) -> None:
    people = [case.works().person for _ in range(6)]
    requirement_create(trainable=case.module, starts_on=YEAR)
    case.completes(people[0], "2026-02-01T10:00:00Z")
    month = snapshots_freeze(month_end=dt.date(2026, 2, 28))
    case.completes(people[1], "2026-02-20T10:00:00Z")
    assert case.at("2026-02-19").covered == 1
    assert case.at("2026-02-28") == Cell(expected=6, covered=2)
    frozen = CoverageSnapshot.objects.get(
        month=month, kind=PlaceKind.ESTABLISHMENT, role_family=None, trainable=None
    )
    assert frozen.cell == Cell(expected=6, covered=1)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-02-28T23:30:00-04:00", "2026-03-01"),  # Guadeloupe: 04:30 in Paris, the day after
        ("2026-02-28T18:59:00-04:00", "2026-02-28"),  # 23:59 in Paris
        ("2026-03-01T01:30:00+04:00", "2026-02-28"),  # La Réunion: 22:30 in Paris, the day before
        ("2026-03-01T03:00:00+04:00", "2026-03-01"),  # midnight in Paris
        ("2026-06-30T23:30:00-04:00", "2026-07-01"),  # summer: 05:30 in Paris
        ("2026-07-01T01:59:00+04:00", "2026-06-30"),  # summer: 23:59 in Paris
    ],
)
def test_a_day_is_that_of_paris_wherever_it_is_said(case: Case, said: str, day: str) -> None:
    person = case.works().person
    requirement_create(trainable=case.module, starts_on=YEAR)
    case.completes(person, said)
    before = dt.date.fromisoformat(day) - dt.timedelta(days=1)
    assert (case.at(before.isoformat()).covered, case.at(day).covered) == (0, 1)


def test_being_at_a_meeting_is_a_training_like_another(case: Case) -> None:
    """Its statement is about the meeting; the training stands as its parent."""
    there, absent = case.works().person, case.works().person
    meeting = Trainable.objects.create(title="Rencontre", kind=TrainableKind.MEETING)
    for trainable in (case.module, meeting):
        requirement_create(trainable=trainable, starts_on=YEAR)
    for person in (there, absent):
        case.completes(person, "2026-02-01T10:00:00Z")
    statement = {
        "id": str(uuid.uuid4()),
        "actor": account_agent(there.uid),
        "verb": verbs.verb(verbs.ATTENDED),
        "object": {"id": activity_iri("meeting", uuid.uuid4())},
        "context": {"contextActivities": {"parent": [{"id": activity_iri("module", meeting.uid)}]}},
        "timestamp": "2026-02-10T17:00:00Z",
    }
    statements_store(statements=[statement], source=PLATFORM)
    assert case.at("2026-02-09", column=meeting.pk) == Cell(expected=2)
    assert case.at("2026-02-10", column=meeting.pk) == Cell(expected=2, covered=1)
    assert case.at("2026-02-10", column=case.module.pk) == Cell(expected=2, covered=2)
    assert case.at("2026-02-10") == Cell(expected=2, covered=1)
