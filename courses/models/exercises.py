"""What learners answered in the exercises of a lesson."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sessions import LearningSession


class ExerciseResponse(models.Model):
    """One go at an exercise, with the exercise as it was asked.

    An exercise may be done again, which is another row: `number` counts from 1. An exercise of
    several steps has one row that grows until it is finished; a finished one never changes.
    """

    session = models.ForeignKey(
        LearningSession, on_delete=models.CASCADE, related_name="exercise_responses"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson_uid = models.UUIDField(_("leçon"))
    block_id = models.UUIDField(_("bloc"))
    number = models.PositiveSmallIntegerField(_("essai"))
    kind = models.CharField(_("type"), max_length=24)
    content = models.JSONField(_("exercice tel que posé"))
    response = models.JSONField(_("réponse"))
    scaled = models.FloatField(_("score"), null=True, help_text=_("Entre 0 et 1."))
    started_at = models.DateTimeField(_("commencé le"))
    finished_at = models.DateTimeField(_("terminé le"), null=True)

    class Meta:
        verbose_name = _("réponse à un exercice")
        verbose_name_plural = _("réponses aux exercices")
        ordering = ["session", "lesson_uid", "block_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "lesson_uid", "block_id", "number"],
                name="one_response_per_exercise_and_go",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.block_id} #{self.number}"
