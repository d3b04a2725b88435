"""What learners answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CLOSE_ENOUGH = 6
"""Decimals at which points are compared: thirds that add up to one make one."""


class Attempt(models.Model):
    """One go at a quiz, with the questions as they were asked.

    `actor` is the learner's public uid, None for a visitor without sign-in; `context_key` is
    whatever the caller knows the place by, and `questions` a list of frozen questions, in the order
    and with the choices in the order in which they were asked (`quizzes.freezing` tells the shape).
    The questions are asked one after the other: `asked_position` and `asked_at` say when the last
    of them was first shown, by the server's clock.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz_uid = models.UUIDField(_("quiz"), db_index=True)
    quiz_title = models.CharField(_("titre du quiz"), max_length=160)
    actor = models.UUIDField(_("agent"), null=True)
    context_key = models.CharField(_("contexte"), max_length=120)
    registration = models.UUIDField(_("session d’apprentissage"))
    parents = models.JSONField(
        _("activités parentes"), default=list, help_text=_("IRI d’activités, de la plus proche.")
    )
    revision = models.CharField(_("révision du contenu"), max_length=40)
    pass_mark = models.PositiveSmallIntegerField(_("seuil de réussite (%)"))
    questions = models.JSONField(_("questions posées"))
    asked_position = models.SmallIntegerField(_("question montrée"), default=-1)
    asked_at = models.DateTimeField(_("montrée le"), null=True)
    started_at = models.DateTimeField(_("commencé le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)
    question_count = models.PositiveSmallIntegerField(_("nombre de questions"), null=True)
    correct_count = models.PositiveSmallIntegerField(_("bonnes réponses"), null=True)
    points = models.FloatField(_("points"), null=True)
    is_passed = models.BooleanField(_("réussi"), null=True)

    class Meta:
        verbose_name = _("tentative")
        verbose_name_plural = _("tentatives")
        ordering = ["-started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "context_key"],
                condition=Q(finished_at=None),
                name="one_open_attempt_per_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz_title} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def needed_points(self) -> float:
        """How many points pass: the pass mark's share of one for each question."""
        return len(self.questions) * self.pass_mark / 100

    @property
    def needed_count(self) -> int:
        """How many right answers pass: the pass mark's share, rounded up."""
        return -(-len(self.questions) * self.pass_mark // 100)

    def passes(self, points: float) -> bool:
        return round(points - self.needed_points, CLOSE_ENOUGH) >= 0

    def score(self) -> dict[str, float]:
        """The xAPI Score of a finished attempt (Part Two 2.4.5.1): a point for each question."""
        points, count = self.points or 0.0, len(self.questions)
        raw = int(points) if points == int(points) else round(points, 4)
        return {"scaled": round(points / count, 4), "raw": raw, "min": 0, "max": count}


class Answer(models.Model):
    """The answer to one question of an attempt; given once, never changed.

    `choices` are uids for choices, `[source, target]` pairs for a matching, the uids in the given
    order for an ordering. `scaled` is the part of it that is right. `question_uid`, `wording` (a
    digest of the question as it was put) and `seconds` repeat what the attempt knows, so that
    answers can be counted by the database.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("rang"), help_text=_("Compté depuis 0."))
    question_uid = models.UUIDField(_("question"), db_index=True)
    wording = models.CharField(_("formulation"), max_length=16)
    choices = models.JSONField(_("réponse donnée"))
    scaled = models.FloatField(_("part juste"), help_text=_("De 0 à 1."))
    is_correct = models.BooleanField(_("juste"))
    asked_at = models.DateTimeField(_("question montrée le"), null=True)
    seconds = models.PositiveIntegerField(_("secondes pour répondre"), null=True)
    answered_at = models.DateTimeField(_("répondu le"))

    class Meta:
        verbose_name = _("réponse donnée")
        verbose_name_plural = _("réponses données")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_question"),
            models.CheckConstraint(
                condition=Q(scaled__gte=0, scaled__lte=1), name="answer_scaled_from_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(is_correct=True, scaled=1) | Q(is_correct=False, scaled__lt=1),
                name="answer_correct_means_wholly_right",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} #{self.position}"
