"""Declared completions: statements from stored rows, never twice, taken back by voiding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lrs.identifiers import account_agent
from lrs.models import Statement
from lrs.services import projections_rebuild
from lrs.xapi.jsontext import loads
from organisation.models import Person
from tests.organisation.factories import AccountFactory, PersonFactory
from training.enums import Provenance
from training.models import Completion, DeclaredCompletion, Trainable
from training.provenance import provenance_iri
from training.services import Declaration, completions_declare, completions_withdraw
from users.models import AuditEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NOW = dt.datetime(2026, 11, 2, 15, tzinfo=dt.UTC)
HELD = dt.datetime(2026, 11, 2, 13, tzinfo=dt.UTC)


class Ward:
    """A head nurse, her account, her team, a module."""

    def __init__(self) -> None:
        self.user: User = AccountFactory()
        self.head: Person = PersonFactory(user=self.user)
        self.team: list[Person] = PersonFactory.create_batch(3)
        self.module = Trainable.objects.create(title="Hameçonnage")

    def declare(self, **changes: Any) -> Any:
        said: dict[str, Any] = {
            "declarations": [Declaration(one, self.module, HELD) for one in self.team],
            "provenance": Provenance.TEAM,
            "instructor": self.head,
            "actor": self.user,
            "now": NOW,
            "about": "team_session:x",
        }
        return completions_declare(**{**said, **changes})

    def withdraw(self, rows: list[DeclaredCompletion], **changes: Any) -> int:
        said = {"withdrawn_by": self.head, "actor": self.user, "now": NOW, "about": "x"}
        return completions_withdraw(declarations=rows, **{**said, **changes})


@pytest.fixture
def ward() -> Ward:
    return Ward()


def completions() -> set[tuple[Any, ...]]:
    fields = ("person", "trainable", "completed_at", "provenance", "statement_id")
    return set(Completion.objects.values_list(*fields))


def test_each_becomes_a_completion_of_that_provenance(ward: Ward) -> None:
    made = ward.declare()
    assert made.new_count == 3
    assert {(one.person, one.provenance) for one in Completion.objects.all()} == {
        (person, Provenance.TEAM) for person in ward.team
    }
    assert {one.completed_at for one in Completion.objects.all()} == {HELD}


def test_the_statement_says_who_declared_and_how_without_a_name(ward: Ward) -> None:
    ward.declare()
    payload = loads(Statement.objects.order_by("pk")[0].payload)
    assert payload["actor"]["account"]["name"] == str(ward.team[0].uid)
    assert payload["context"]["instructor"] == account_agent(ward.head.uid)
    assert payload["context"]["extensions"] == {provenance_iri(): "team"}
    for word in (ward.user.email, ward.head.last_name, ward.team[0].last_name):
        assert word not in str(payload)


def test_declaring_the_same_again_stores_nothing(ward: Ward) -> None:
    first, before = ward.declare(), Statement.objects.count()
    again = ward.declare(now=NOW + dt.timedelta(hours=1))
    assert (again.new_count, Statement.objects.count()) == (0, before)
    assert again.rows == first.rows
    assert AuditEntry.objects.filter(action="training.declare").count() == 1


def test_only_what_is_new_is_added(ward: Ward) -> None:
    ward.declare()
    more = [*ward.team, PersonFactory()]
    made = ward.declare(declarations=[Declaration(one, ward.module, HELD) for one in more])
    assert (made.new_count, Completion.objects.count()) == (1, 4)
    assert [row.person for row in made.rows] == more


def test_nobody_declares_what_was_observed(ward: Ward) -> None:
    with pytest.raises(ValueError, match="observed"):
        ward.declare(provenance=Provenance.OBSERVED)


def test_taken_back_the_completion_goes_and_the_record_stays(ward: Ward) -> None:
    rows = ward.declare().rows
    assert ward.withdraw(rows[:1]) == 1
    assert ward.withdraw(rows[:1]) == 0  # once is enough
    assert Completion.objects.count() == 2
    assert DeclaredCompletion.objects.count() == 3
    assert AuditEntry.objects.get(action="training.withdraw").actor == ward.user
    before = completions()
    projections_rebuild()
    assert completions() == before


def test_what_was_taken_back_can_be_declared_again(ward: Ward) -> None:
    ward.withdraw(ward.declare().rows)
    assert ward.declare().new_count == 3
    assert Completion.objects.count() == 3


def test_a_rebuild_gives_the_same_completions(ward: Ward) -> None:
    ward.declare()
    ward.declare(provenance=Provenance.IMPORT)
    before = completions()
    assert len(before) == 6
    projections_rebuild()
    assert completions() == before


def test_queries_do_not_grow_with_the_people(
    ward: Ward, django_assert_max_num_queries: Any
) -> None:
    for size in (5, 50):
        people = PersonFactory.create_batch(size)
        with django_assert_max_num_queries(30):
            ward.declare(declarations=[Declaration(one, ward.module, HELD) for one in people])
