"""What is kept of answers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quizzes.models import Answer, Attempt
from users.days import long_day
from users.privacy.registry import (
    REST,
    KeptData,
    Subject,
    Table,
    impersonal_declare,
    kept_data_declare,
    of_actor,
)


def _answers(subject: Subject) -> QuerySet[Answer]:
    own = of_actor(Answer, "attempt__actor")(subject)
    return own.select_related("attempt").order_by("attempt", "position")


def attempt_sentence(attempt: Attempt) -> str:
    """«3 mars 2026 – Courriels : 4 sur 5, réussi»."""
    day = long_day(timezone.localtime(attempt.started_at))
    if attempt.finished_at is None:
        return _("%(day)s – %(quiz)s : en cours") % {"day": day, "quiz": attempt.quiz_title}
    return _("%(day)s – %(quiz)s : %(right)s sur %(all)s, %(result)s") % {
        "day": day,
        "quiz": attempt.quiz_title,
        "right": attempt.correct_count,
        "all": attempt.question_count,
        "result": _("réussi") if attempt.is_passed else _("non réussi"),
    }


def answer_sentence(answer: Answer) -> str:
    """«Que faire de ce courriel ? – Le signaler (juste)»; the question as it was asked."""
    question = answer.attempt.questions[answer.position]
    texts = {
        one["uid"]: one["text"] for one in [*question["choices"], *question.get("targets", ())]
    }
    given = [
        " → ".join(texts.get(uid, "") for uid in (one if isinstance(one, list) else [one]))
        for one in answer.choices
    ]
    result = _("juste") if answer.is_correct else _("faux")
    return f"{question['text']} – {', '.join(given)} ({result})"


kept_data_declare(
    KeptData(
        key="quizzes",
        order=51,
        title=gettext_lazy("Vos réponses aux quiz"),
        what=gettext_lazy("Les questions posées, vos réponses, le temps mis et le résultat."),
        why=gettext_lazy(
            "Reprendre où vous en étiez, corriger, et repérer les questions mal comprises."
        ),
        who=gettext_lazy(
            "Vous seul. Qui rédige les questions voit des nombres, jamais qui a répondu."
        ),
        how_long=gettext_lazy("Aussi longtemps que les traces, dont ces lignes sont l’origine."),
        stays=gettext_lazy("Les réponses, sous un identifiant qui ne mène plus à personne."),
        tables=(
            Table(
                "quizzes.Attempt",
                of_actor(Attempt, "actor"),
                told="quiz_title started_at finished_at correct_count question_count is_passed "
                "questions",
                untold=f"actor {REST}",
                sentence=attempt_sentence,
            ),
            Table(
                "quizzes.Answer",
                _answers,
                told="question_uid choices is_correct seconds answered_at",
                untold=REST,
                sentence=answer_sentence,
            ),
        ),
    )
)

impersonal_declare(
    "quizzes.Question",
    "quizzes.QuestionTag",
    "quizzes.TaggedQuestion",
    "quizzes.Choice",
    "quizzes.Quiz",
    "quizzes.QuizItem",
)
