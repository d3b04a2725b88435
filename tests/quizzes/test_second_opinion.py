"""Another library reads what the quizzes say: ralph-malph's models, in their own environment."""

from __future__ import annotations

import random

import pytest

from lrs.xapi.vocabulary import verbs
from quizzes.enums import Scoring
from quizzes.services import attempt_open, question_show
from tests.quizzes.test_attempts import MINUTE, all_kinds, answer, played
from tests.quizzes.test_services import NOW, context, said, wrong_of
from tests.support.ralph import ralph_models

pytestmark = pytest.mark.django_db


def test_every_kind_is_a_valid_statement_to_another_library_too() -> None:
    quiz = all_kinds(scoring=Scoring.PARTIAL)
    played(quiz, context(), right=True)
    attempt = attempt_open(quiz=quiz, context=context(), now=NOW, rng=random.Random(1))
    for position in range(len(attempt.questions)):
        question_show(attempt=attempt, position=position, now=NOW)
        attempt.refresh_from_db()
        answer(attempt, position, wrong_of(attempt, position), NOW + MINUTE)
    statements = said(verbs.ANSWERED, verbs.PASSED, verbs.FAILED)
    kinds = [one["object"]["definition"].get("interactionType", "quiz") for one in statements]
    assert len(kinds) == 12
    assert set(kinds) == {"choice", "true-false", "matching", "sequencing", "quiz"}
    assert set(ralph_models(statements)) == {"BaseXapiStatement"}
