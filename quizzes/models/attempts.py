"""What learners answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """One go at a quiz, with the questions as they were asked.

    `actor` is the learner's public uid, None for a visitor without sign-in; `context_key` is
    whatever the caller knows the place by, and `questions` a list of ``{"uid", "kind", "text",
    "explanation", "choices": [{"uid", "text", "is_correct", "feedback"}]}``.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz_uid = models.UUIDField(_("quiz"))
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
    started_at = models.DateTimeField(_("commencé le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)
    correct_count = models.PositiveSmallIntegerField(_("bonnes réponses"), null=True)
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
    def needed_count(self) -> int:
        """How many right answers pass: the pass mark's share, rounded up."""
        return -(-len(self.questions) * self.pass_mark // 100)

    def score(self) -> dict[str, float]:
        """The xAPI Score of a finished attempt (Part Two 2.4.5.1)."""
        right = self.correct_count or 0
        count = len(self.questions)
        return {"scaled": round(right / count, 4), "raw": right, "min": 0, "max": count}


class Answer(models.Model):
    """The answer to one question of an attempt; given once, never changed."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("rang"), help_text=_("Compté depuis 0."))
    choices = models.JSONField(_("réponses choisies"), help_text=_("uid des réponses."))
    is_correct = models.BooleanField(_("juste"))
    answered_at = models.DateTimeField(_("répondu le"))

    class Meta:
        verbose_name = _("réponse donnée")
        verbose_name_plural = _("réponses données")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_question")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} #{self.position}"
