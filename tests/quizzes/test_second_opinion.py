"""Another library reads what the quizzes say: ralph-malph's models, in their own environment."""

from __future__ import annotations

import json
import random
import subprocess

import pytest

from lrs.xapi.vocabulary import verbs
from quizzes.enums import Scoring
from quizzes.services import attempt_open, question_show
from tests.lrs.forwarding.test_second_instance import ralph_python
from tests.quizzes.test_attempts import MINUTE, all_kinds, answer, played
from tests.quizzes.test_services import NOW, context, said, wrong_of

pytestmark = pytest.mark.django_db

JUDGE = """
import json, sys
from ralph.models.xapi.base.statements import BaseXapiStatement

for statement in json.load(sys.stdin):
    statement["version"] = "1.0.3"  # the models know no 2.0; what is read here is the same in both
    BaseXapiStatement.model_validate(statement)
    print(statement["object"]["definition"].get("interactionType", "quiz"))
"""


def test_every_kind_is_a_valid_statement_to_another_library_too() -> None:
    quiz = all_kinds(scoring=Scoring.PARTIAL)
    played(quiz, context(), right=True)
    attempt = attempt_open(quiz=quiz, context=context(), now=NOW, rng=random.Random(1))
    for position in range(len(attempt.questions)):
        question_show(attempt=attempt, position=position, now=NOW)
        attempt.refresh_from_db()
        answer(attempt, position, wrong_of(attempt, position), NOW + MINUTE)
    statements = said(verbs.ANSWERED, verbs.PASSED, verbs.FAILED)
    judged = subprocess.run(
        [ralph_python(), "-c", JUDGE],
        input=json.dumps(statements),
        capture_output=True,
        text=True,
        check=False,
    )
    assert judged.returncode == 0, judged.stderr
    kinds = judged.stdout.split()
    assert len(kinds) == len(statements) == 12
    assert set(kinds) == {"choice", "true-false", "matching", "sequencing", "quiz"}
