"""Editing, moving, unpublishing or deleting a module never changes a past completion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page

from courses.learners import Learner
from courses.models import LessonPage, ModuleIndexPage, ModulePage
from courses.services import lesson_complete, session_open
from lrs.models import Statement
from lrs.services import projections_rebuild
from organisation.models import Establishment, Person
from reporting.selectors.coverage import coverage_of_establishment
from tests.courses.factories import lessons, make_module
from tests.organisation.factories import AccountFactory, AppointmentFactory
from training.enums import Provenance
from training.models import Completion, Trainable
from training.selectors import obligations_for_person
from training.services import (
    Declaration,
    completions_declare,
    requirement_create,
    retraining_ask,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


class Evidence:
    """One who took the module here, one of whom it was declared."""

    def __init__(self) -> None:
        self.house: Establishment
        first, second = AppointmentFactory(), AppointmentFactory()
        self.house = first.establishment
        second.establishment = self.house
        second.save()
        self.learner: Person = first.person
        self.module = make_module(2, title="Hameçonnage")
        self.trainable: Trainable = self.module.trainable
        requirement_create(
            trainable=self.trainable, starts_on=dt.date(2026, 1, 1), validity_months=12
        )
        session = session_open(learner=Learner(person=self.learner), module=self.module, now=NOW)
        for lesson in lessons(self.module):
            lesson_complete(session=session, lesson=lesson, now=NOW)
        completions_declare(
            declarations=[Declaration(second.person, self.trainable, NOW)],
            provenance=Provenance.TEAM,
            instructor=self.learner,
            actor=AccountFactory(),
            now=NOW,
            about="test",
        )

    @property
    def page(self) -> ModulePage:
        return ModulePage.objects.get(pk=self.module.pk)

    def picture(self) -> tuple[Any, ...]:
        """Statements, completions, coverage and the learner's own obligation."""
        fields = ("person", "trainable", "completed_at", "score_scaled", "provenance")
        [obligation] = obligations_for_person(person=self.learner, day=TODAY)
        return (
            sorted(Statement.objects.values_list("statement_id", "payload")),
            sorted(Completion.objects.values_list(*fields, "statement_id")),
            coverage_of_establishment(establishment=self.house, day=TODAY).table.cells,
            (obligation.state, obligation.completed_on, obligation.valid_until),
        )


def edit(evidence: Evidence) -> None:
    page = evidence.page
    page.title, page.duration_minutes, page.pass_mark = "Tout autre titre", 20, 100
    page.save_revision().publish()
    lesson = lessons(page)[0]
    lesson.body = [("rich_text", "<p>Tout autre texte</p>")]
    lesson.save_revision().publish()


def remove_a_lesson(evidence: Evidence) -> None:
    lessons(evidence.page)[0].delete()


def add_a_lesson(evidence: Evidence) -> None:
    page = evidence.page
    page.add_child(instance=LessonPage(title="Nouvelle", slug="nouvelle", body=[]))


def move(evidence: Evidence) -> None:
    home = Page.objects.filter(depth=2).first()
    assert home is not None
    archive = ModuleIndexPage(title="Archives", slug="archives")
    home.add_child(instance=archive)
    evidence.page.move(archive, pos="last-child")


def rename(evidence: Evidence) -> None:
    page = evidence.page
    page.slug = "autre-adresse"
    page.save_revision().publish()


def unpublish(evidence: Evidence) -> None:
    evidence.page.unpublish()


def delete(evidence: Evidence) -> None:
    evidence.page.delete()


def copy(evidence: Evidence) -> None:
    evidence.page.copy(recursive=True, update_attrs={"slug": "copie", "title": "Copie"})


CHANGES = [edit, remove_a_lesson, add_a_lesson, move, rename, unpublish, delete, copy]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_evidence_survives(change: Callable[[Evidence], None]) -> None:
    evidence = Evidence()
    before = evidence.picture()
    assert len(before[1]) == 2
    change(evidence)
    assert evidence.picture() == before
    projections_rebuild()
    assert evidence.picture() == before


def test_a_retraining_asks_again_and_keeps_the_evidence() -> None:
    evidence = Evidence()
    statements, completions, *_others = evidence.picture()
    later = TODAY + dt.timedelta(days=30)
    tomorrow = TODAY + dt.timedelta(days=1)
    edit(evidence)
    retraining_ask(
        trainable=evidence.trainable,
        changed_on=TODAY,
        required_from=later,
        reason="Nouvelle procédure.",
        actor=AccountFactory(),
        today=TODAY,
    )
    Completion.objects.update(completed_at=NOW - dt.timedelta(days=1))

    def covered(day: dt.date) -> int:
        table = coverage_of_establishment(establishment=evidence.house, day=day).table
        return table.total.covered

    assert (covered(tomorrow), covered(later - dt.timedelta(1)), covered(later)) == (2, 2, 0)
    projections_rebuild()  # the evidence itself never changed
    assert evidence.picture()[:2] == (statements, completions)
