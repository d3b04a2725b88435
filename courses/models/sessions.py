"""Learning sessions and progress through lessons."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lrs.identifiers import ANONYMOUS_NAME
from organisation.models import Person
from training.models import Trainable

OPEN = {"completed_at": None, "set_aside_at": None}
"""What makes a session the one that a learner goes on with."""


class LearningSession(models.Model):
    """Somebody takes a module, from start to completion. `uid` is the xAPI registration.

    `person` is empty while a visitor takes it; nothing else in the row says who she is. Once she
    has it counted for herself it is that person's, from `claimed_at` on. `came_by` is the code on a
    wall that brought her; it is counted, and shown beside nobody's name. An open session that was
    `set_aside_at` a moment is gone on with no more: its person has another one that is further.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="learning_sessions",
        null=True,
        verbose_name=_("agent"),
    )
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="learning_sessions",
        verbose_name=_("formation"),
    )
    revision = models.CharField(
        _("révision du contenu"), max_length=40, help_text=_("Celle de la page au début.")
    )
    started_at = models.DateTimeField(_("commencée le"))
    completed_at = models.DateTimeField(_("terminée le"), null=True)
    claimed_at = models.DateTimeField(_("reconnue le"), null=True)
    set_aside_at = models.DateTimeField(_("mise de côté le"), null=True)
    came_by = models.ForeignKey(
        "campaign_assets.ShortLink",
        on_delete=models.SET_NULL,
        null=True,
        related_name="learning_sessions",
        verbose_name=_("affiche d’origine"),
    )

    class Meta:
        verbose_name = _("session d’apprentissage")
        verbose_name_plural = _("sessions d’apprentissage")
        ordering = ["-started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "trainable"],
                condition=Q(**OPEN),
                name="one_open_session_per_person_and_training",
            ),
            models.CheckConstraint(
                condition=Q(claimed_at=None) | Q(person__isnull=False),
                name="claimed_session_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.trainable_id} {self.started_at:%Y-%m-%d}"

    @property
    def actor_name(self) -> str:
        """The account name in its statements: the person's uid, or the anonymous constant."""
        return str(self.person.uid) if self.person else ANONYMOUS_NAME


class LessonProgress(models.Model):
    """How far a lesson is in a learning session."""

    session = models.ForeignKey(
        LearningSession, on_delete=models.CASCADE, related_name="lesson_progress"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson_uid = models.UUIDField(_("leçon"))
    started_at = models.DateTimeField(_("commencée le"))
    completed_at = models.DateTimeField(_("terminée le"), null=True)

    class Meta:
        verbose_name = _("avancement d’une leçon")
        verbose_name_plural = _("avancements des leçons")
        ordering = ["session", "started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "lesson_uid"], name="lesson_once_per_learning_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.lesson_uid}"
