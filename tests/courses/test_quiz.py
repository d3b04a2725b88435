"""A quiz of every type of question over HTTP, as a browser without JavaScript takes it."""

from __future__ import annotations

import datetime as dt
import random
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file

from content.models import SiteImage
from quizzes.enums import QuestionKind, Scoring
from quizzes.kinds import kind_of
from quizzes.models import Answer, Attempt, Quiz
from tests.courses.factories import lessons, make_module, quiz_block_id
from tests.quizzes.factories import make_matching, make_ordering, make_question, quiz_of
from training.models import Completion
from users.models import User

pytestmark = pytest.mark.django_db

SEVERAL = (("A", True), ("B", True), ("C", False))
BOOLEAN = (("Vrai", False), ("Faux", True))
MAKERS = {
    "single": lambda: make_question(),
    "multiple": lambda: make_question("Lesquels ?", QuestionKind.MULTIPLE, SEVERAL),
    "true_false": lambda: make_question("Vrai ?", QuestionKind.TRUE_FALSE, BOOLEAN),
    "matching": lambda: make_matching(distractors=("Accueil",), scoring=Scoring.PARTIAL),
    "ordering": lambda: make_ordering(scoring=Scoring.PARTIAL),
}


def quiz_of_all(**fields: Any) -> Quiz:
    return quiz_of(*(make() for make in MAKERS.values()), **fields)


def posted(question: dict[str, Any], response: list[Any]) -> dict[str, Any]:
    """What a browser sends for this response."""
    if question["kind"] == QuestionKind.MATCHING:
        return {f"item-{source}": target for source, target in response}
    if question["kind"] == QuestionKind.ORDERING:
        return {f"item-{uid}": rank for rank, uid in enumerate(response, start=1)}
    return {"choice": response}


class Taking:
    """A learner in the quiz of a module of one lesson."""

    def __init__(self, quiz: Quiz) -> None:
        self.client = Client()
        self.client.force_login(User.objects.create_user("agent@hopital.test"))
        self.module = make_module(1, quiz=quiz)
        (self.lesson,) = lessons(self.module)
        self.begin()

    def begin(self) -> Any:
        block = quiz_block_id(self.lesson)
        response = self.client.post(f"/apprendre/lecon/{self.lesson.uid}/quiz/{block}/")
        self.attempt = Attempt.objects.order_by("pk").last()
        return response

    @property
    def entry(self) -> str:
        """Where the quiz is begun."""
        return f"{self.lesson.url}#bloc-{quiz_block_id(self.lesson)}"

    def address(self, number: int) -> str:
        return f"/apprendre/quiz/{self.attempt.uid}/question/{number}/"

    def page(self, number: int) -> str:
        return str(self.client.get(self.address(number)).content.decode())

    def give(self, number: int, response: list[Any], **more: Any) -> Any:
        question = self.attempt.questions[number - 1]
        return self.client.post(self.address(number), posted(question, response) | more)

    def give_all(self, *, right: bool) -> str:
        for number, question in enumerate(self.attempt.questions, start=1):
            kind = kind_of(question)
            wrong = kind.drawn_wrong(question, random.Random(number))
            self.give(number, kind.right(question) if right else wrong)
        result = self.client.get(f"/apprendre/quiz/{self.attempt.uid}/resultat/")
        return str(result.content.decode())


@pytest.mark.parametrize("kind", MAKERS)
def test_a_question_is_asked_answered_and_explained(kind: str) -> None:
    taking = Taking(quiz_of(MAKERS[kind]()))
    question = taking.attempt.questions[0]
    asked = taking.page(1).split("<main")[1].split("</main>")[0]
    assert "Retour" not in asked
    assert "Intrus" not in asked
    assert "Parce que" not in asked
    assert "is_correct" not in asked
    assert taking.give(1, kind_of(question).right(question)).status_code == 302
    explained = taking.page(1)
    assert "Bonne réponse." in explained
    assert "Parce que" in explained
    answer = Answer.objects.get()
    assert answer.is_correct
    assert answer.asked_at is not None
    assert Completion.objects.exists()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_wrong_answer_is_explained_too(kind: str) -> None:
    taking = Taking(quiz_of(MAKERS[kind]()))
    question = taking.attempt.questions[0]
    taking.give(1, kind_of(question).drawn_wrong(question, random.Random(1)))
    explained = taking.page(1)
    is_partial = question["scoring"] == Scoring.PARTIAL
    assert ("En partie juste" if is_partial else "Pas tout à fait.") in explained
    assert "Retour" in explained
    assert "fr-icon-close-line" in explained or kind == "multiple"
    assert "fr-icon-check-line" in explained


@pytest.mark.parametrize("kind", ["matching", "ordering"])
def test_nothing_in_the_page_pairs_or_orders_the_parts(kind: str) -> None:
    """Each row has the same options, in the same order, and no id of one is an id of the other."""
    taking = Taking(quiz_of(MAKERS[kind]()))
    asked = taking.page(1)
    selects = re.findall(r"<select.*?</select>", asked, re.DOTALL)
    options = {tuple(re.findall(r'<option value="([^"]+)"', one)) for one in selects}
    names = re.findall(r'<select[^>]*\bname="item-([^"]+)"', asked, re.DOTALL)
    assert len(selects) == len(names) == len(taking.attempt.questions[0]["choices"])
    assert len(options) == 1
    assert set(names).isdisjoint(options.pop())


@pytest.mark.parametrize("kind", MAKERS)
def test_what_else_is_posted_has_no_effect(kind: str) -> None:
    taking = Taking(quiz_of(MAKERS[kind]()))
    question = taking.attempt.questions[0]
    wrong = kind_of(question).drawn_wrong(question, random.Random(1))
    forged = {"success": "true", "score": "1", "scaled": "1", "is_correct": "on", "actor": "x"}
    taking.give(1, wrong, **forged)
    answer = Answer.objects.get()
    assert not answer.is_correct
    taking.attempt.refresh_from_db()
    assert not taking.attempt.is_passed
    # And the answer that was given stands, however often another is sent.
    taking.give(1, kind_of(question).right(question))
    assert Answer.objects.get() == answer
    assert not Completion.objects.exists()


def test_two_steps_of_one_rank_are_told_and_what_was_entered_stays() -> None:
    taking = Taking(quiz_of(MAKERS["ordering"]()))
    uids = [choice["uid"] for choice in taking.attempt.questions[0]["choices"]]
    ranks = ["2", "2", "1", "4"]
    data = {f"item-{uid}": rank for uid, rank in zip(uids, ranks, strict=True)}
    response = taking.client.post(taking.address(1), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Deux étapes ont le même rang." in page
    assert re.findall(r'<option value="(\d)" selected>', page) == ranks
    assert page.count('aria-invalid="true"') == 2
    assert "<title>Erreur" in re.sub(r"\s*\n\s*", "", page)
    assert not Answer.objects.exists()


def test_half_points_are_said_in_words() -> None:
    taking = Taking(quiz_of_all(pass_mark=100))
    for number, question in enumerate(taking.attempt.questions, start=1):
        kind = kind_of(question)
        is_ordering = question["kind"] == QuestionKind.ORDERING
        wrong = kind.drawn_wrong(question, random.Random(1))
        taking.give(number, wrong if is_ordering else kind.right(question))
    result = taking.client.get(f"/apprendre/quiz/{taking.attempt.uid}/resultat/").content.decode()
    assert "Il manque 0,5 point." in result
    assert "4,5 / 5" in result


def test_a_pause_and_a_limit_are_said_kindly_and_hold() -> None:
    taking = Taking(quiz_of_all(attempts_allowed=2, cooldown_minutes=30))
    assert "Il vous reste 2 tentatives" not in taking.client.get(taking.lesson.url).content.decode()
    result = taking.give_all(right=False)
    assert "vous pourrez recommencer" in result
    assert "Recommencer le quiz" not in result
    entry = taking.client.get(taking.lesson.url).content.decode()
    assert "vous pourrez recommencer" in entry
    assert "Refaire le quiz" not in entry
    assert taking.begin().url == taking.entry
    assert Attempt.objects.count() == 1
    earlier = timezone.now() - dt.timedelta(minutes=31)
    Attempt.objects.update(finished_at=earlier)
    assert "Il vous reste 1 tentative." in taking.client.get(taking.lesson.url).content.decode()
    taking.begin()
    result = taking.give_all(right=False)
    assert "Vos 2 tentatives sont faites." in result
    assert taking.begin().url == taking.entry
    assert Attempt.objects.count() == 2
    assert "votre cadre" in taking.client.get(taking.lesson.url).content.decode()


def test_beginning_the_module_again_is_no_way_around_the_limit() -> None:
    taking = Taking(quiz_of_all(attempts_allowed=1))
    taking.give_all(right=False)
    taking.client.post(f"/apprendre/module/{taking.module.trainable.uid}/commencer/")
    assert taking.begin().url == taking.entry
    assert Attempt.objects.count() == 1


def test_a_picture_is_shown_with_its_text() -> None:
    image = SiteImage.objects.create(
        title="Badge", description="Un badge posé sur un clavier", file=get_test_image_file()
    )
    taking = Taking(quiz_of(make_question(image=image)))
    assert 'alt="Un badge posé sur un clavier"' in taking.page(1)
    image.delete()
    page = taking.page(1)
    assert "<img" not in page.split("<fieldset")[1].split("</fieldset>")[0]
    assert "Un badge posé sur un clavier" in page


@pytest.mark.parametrize("number", [1, 2])
def test_a_question_costs_the_same_queries_whatever_the_quiz(number: int) -> None:
    def count(size: int) -> int:
        taking = Taking(quiz_of(*(make_question(f"{size} {n} ?") for n in range(size))))
        taking.give(1, kind_of(taking.attempt.questions[0]).right(taking.attempt.questions[0]))
        taking.page(number)
        taking.page(number)  # the first one makes the row of the site's settings
        with CaptureQueriesContext(connection) as captured:
            taking.page(number)
        return len(captured)

    found = count(3)
    Attempt.objects.all().delete()
    User.objects.filter(email="agent@hopital.test").update(email="autre@hopital.test")
    assert count(9) == found <= 20
