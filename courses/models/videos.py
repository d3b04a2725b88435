"""What learners played of the videos in a lesson."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sessions import LearningSession


class VideoWatch(models.Model):
    """A video in a lesson, as far as a learner has come with it in a learning session.

    `uid` is the video profile's session id. `segments` are the parts that were played, in seconds,
    in order and apart from each other: ``[[0.0, 12.5], [40.0, 61.2]]``. The length and the title
    are the video's when it was begun.
    """

    session = models.ForeignKey(
        LearningSession, on_delete=models.CASCADE, related_name="video_watches"
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson_uid = models.UUIDField(_("leçon"))
    block_id = models.UUIDField(_("bloc"))
    title = models.CharField(_("titre"), max_length=255)
    length = models.FloatField(_("durée (secondes)"))
    segments = models.JSONField(_("passages vus"), default=list)
    started_at = models.DateTimeField(_("commencée le"))
    heard_at = models.DateTimeField(_("dernière nouvelle le"))
    completed_at = models.DateTimeField(_("vue le"), null=True)
    read_at = models.DateTimeField(_("transcription lue le"), null=True)

    class Meta:
        verbose_name = _("visionnage")
        verbose_name_plural = _("visionnages")
        ordering = ["session", "started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "lesson_uid", "block_id"], name="one_watch_per_video_and_session"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_done(self) -> bool:
        return self.completed_at is not None or self.read_at is not None


class VideoEvent(models.Model):
    """Something that a learner did with a video: one statement of the video profile.

    `key` is what her page called it, so that one that is sent twice is kept once.
    """

    class Kind(models.TextChoices):
        PLAYED = "played", _("lue")
        PAUSED = "paused", _("mise en pause")
        SEEKED = "seeked", _("déplacée")

    watch = models.ForeignKey(VideoWatch, on_delete=models.CASCADE, related_name="events")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField(_("clé"), max_length=48)
    kind = models.CharField(_("type"), max_length=8, choices=Kind.choices)
    time = models.FloatField(_("position (secondes)"))
    time_from = models.FloatField(_("depuis (secondes)"), null=True)
    segments = models.JSONField(_("passages vus alors"), default=list)
    at = models.DateTimeField(_("date"))

    class Meta:
        verbose_name = _("événement vidéo")
        verbose_name_plural = _("événements vidéo")
        ordering = ["watch", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["watch", "key"], name="video_event_once_per_watch")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.time}"
