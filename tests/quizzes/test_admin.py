"""Editors in the admin: clear refusals, previews as a learner, what is still missing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from quizzes.enums import QuestionKind
from quizzes.gaps import question_gaps, quiz_gaps
from quizzes.models import Choice, Question, Quiz
from tests.quizzes.factories import make_matching, make_ordering, make_question, quiz_of
from users.models import User

pytestmark = pytest.mark.django_db

ADD_QUESTION = "/admin/snippets/quizzes/question/add/"
ADD_QUIZ = "/admin/snippets/quizzes/quiz/add/"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


def formset(prefix: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": 0,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }
    for at, row in enumerate(rows):
        data |= {f"{prefix}-{at}-{name}": value for name, value in row.items()}
        data |= {f"{prefix}-{at}-ORDER": at + 1, f"{prefix}-{at}-DELETE": ""}
    return data


def question(kind: str, rows: list[dict[str, Any]], **over: Any) -> dict[str, Any]:
    fields = {"text": "Que faire ?", "kind": kind, "scoring": "all", "difficulty": 2, "image": ""}
    fields |= {"explanation": "Parce que.", "tags": "mails, signaler"}
    return fields | over | formset("choices", rows)


def quiz(questions: list[Question], **over: Any) -> dict[str, Any]:
    fields = {"title": "Quiz", "draw_count": "", "per_tag": "", "pass_mark": ""}
    fields |= {"attempts_allowed": "", "cooldown_minutes": 0}
    return fields | over | formset("items", [{"question": one.pk} for one in questions])


PAIRS = [{"text": "Badge perdu", "match": "Sécurité"}, {"text": "Panne", "match": "Support"}]


def test_a_matching_with_a_distractor_and_themes_is_saved(editor: Client) -> None:
    rows = [*PAIRS, {"text": "", "match": "Accueil"}]
    response = editor.post(ADD_QUESTION, question("matching", rows))
    assert response.status_code == 302
    saved = Question.objects.get()
    assert sorted(saved.tags.names()) == ["mails", "signaler"]
    assert [choice.match for choice in saved.choices.all()] == ["Sécurité", "Support", "Accueil"]
    assert len({choice.match_uid for choice in saved.choices.all()}) == 3


def test_an_ordering_keeps_the_order_of_its_steps(editor: Client) -> None:
    steps = [{"text": text} for text in ("Débrancher", "Appeler", "Noter")]
    assert editor.post(ADD_QUESTION, question("ordering", steps)).status_code == 302
    assert [choice.text for choice in Choice.objects.all()] == ["Débrancher", "Appeler", "Noter"]


@pytest.mark.parametrize(
    ("kind", "rows", "message"),
    [
        ("single", [{"text": "A"}, {"text": "B"}], "Cochez une bonne réponse, et une seule."),
        ("single", PAIRS, "« Va avec » ne sert qu’aux associations"),
        ("multiple", [{"text": "A", "is_correct": "on"}, {"text": "B"}], "au moins deux"),
        ("true_false", [{"text": "Oui", "is_correct": "on"}, {"text": "Non"}], "« Vrai » puis"),
        ("matching", [{"text": "A", "match": "1"}, {"text": "B", "match": ""}], "avec quoi va"),
        ("ordering", [{"text": "A"}, {"text": "B"}], "au moins trois étapes"),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_and_kept_in_the_form(
    editor: Client, kind: str, rows: list[dict[str, Any]], message: str
) -> None:
    page = editor.post(ADD_QUESTION, question(kind, rows)).content.decode()
    assert message in page
    assert "Que faire ?" in page
    assert rows[0]["text"] in page
    assert not Question.objects.exists()


def test_a_wrong_choice_without_feedback_is_saved_and_said(editor: Client) -> None:
    rows = [{"text": "A", "is_correct": "on"}, {"text": "B"}]
    page = editor.post(ADD_QUESTION, question("single", rows), follow=True).content.decode()
    assert "dites pourquoi elle est fausse" in page
    assert Question.objects.exists()


@pytest.mark.parametrize(
    ("over", "message"),
    [
        ({"draw_count": 3}, "on ne peut pas en tirer 3."),
        ({"draw_count": 2, "per_tag": 2}, "Le thème « mails » n’a que 1 question"),
        ({"per_tag": 1}, "Dites aussi combien de questions sont tirées."),
    ],
)
def test_a_draw_that_the_pool_cannot_give_is_refused(
    editor: Client, over: dict[str, Any], message: str
) -> None:
    questions = [make_question("Un ?", tags=("mails",)), make_question("Deux ?")]
    page = editor.post(ADD_QUIZ, quiz(questions, **over)).content.decode()
    assert message in page
    assert not Quiz.objects.exists()


def test_a_draw_that_the_pool_can_give_is_saved(editor: Client) -> None:
    questions = [make_question(f"{n} ?", tags=("mails",)) for n in range(3)]
    sent = quiz(questions, draw_count=2, per_tag=1, pass_mark=80, attempts_allowed=3)
    assert editor.post(ADD_QUIZ, sent).status_code == 302
    saved = Quiz.objects.get()
    assert (saved.draw_count, saved.per_tag, saved.pass_mark) == (2, 1, 80)


def test_the_bank_is_filtered_by_theme_and_difficulty(editor: Client) -> None:
    make_question("Facile et mails ?", tags=("mails",), difficulty=1)
    make_question("Difficile ?", tags=("badge",), difficulty=3)
    mails = Question.objects.get(difficulty=1).tags.get().pk
    for query, seen in ((f"tags={mails}", "Facile"), ("difficulty=3", "Difficile")):
        page = editor.get(f"/admin/snippets/quizzes/question/?{query}").content.decode()
        assert [text for text in ("Facile", "Difficile") if f"{text} " in page] == [seen]


@pytest.mark.parametrize("make", [make_question, make_matching, make_ordering])
@pytest.mark.parametrize(("mode", "shown"), [("", "Dans|À qui|Que faire"), ("answered", "Bonne")])
def test_a_question_is_previewed_as_a_learner_sees_it(make: Any, mode: str, shown: str) -> None:
    response = make().make_preview_request(preview_mode=mode)
    page = response.content.decode()
    assert response.status_code == 200
    assert any(text in page for text in shown.split("|"))
    assert ("Parce que" in page) is (mode == "answered")


def test_a_quiz_is_previewed_with_one_draw() -> None:
    made = quiz_of(*(make_question(f"Question {n} ?") for n in range(5)), draw_count=3)
    page = made.make_preview_request().content.decode()
    assert page.count(' tcv-question"') == 3


def test_a_new_question_is_previewed_before_it_is_saved(editor: Client) -> None:
    address = reverse("wagtailsnippets_quizzes_question:preview_on_add")
    sent = question("matching", [*PAIRS, {"text": "", "match": "Accueil"}])
    assert editor.post(address, sent).json()["is_valid"] is True
    page = editor.get(f"{address}?in_preview_panel=true").content.decode()
    assert page.count("<select") == 2
    assert not Question.objects.exists()


def test_a_new_quiz_is_previewed_before_it_is_saved(editor: Client) -> None:
    address = reverse("wagtailsnippets_quizzes_quiz:preview_on_add")
    sent = quiz([make_question(f"{n} ?") for n in range(3)], draw_count=2)
    assert editor.post(address, sent).json()["is_valid"] is True
    page = editor.get(f"{address}?in_preview_panel=true").content.decode()
    assert page.count(' tcv-question"') == 2
    assert not Quiz.objects.exists()


def test_what_is_missing_is_named() -> None:
    good = make_question()
    bare = make_question("Sans retour ?")
    bare.choices.update(feedback="")
    broken = make_question("Vrai ?", QuestionKind.TRUE_FALSE)
    assert question_gaps(good) == []
    assert len(question_gaps(Question.objects.get(pk=bare.pk))) == 1
    gaps = quiz_gaps(quiz_of(good, bare, broken, draw_count=4))
    assert gaps[0].endswith("on ne peut pas en tirer 4.")
    assert [gap.split(" — ")[0] for gap in gaps[1:]] == ["Sans retour ?", "Vrai ?"]
    assert quiz_gaps(quiz_of()) == ["Le quiz n’a pas de question."]
