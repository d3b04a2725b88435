"""A team takes a module together around one screen; who was there is declared by who led it."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.codes import LENGTH, code_new
from organisation.models import Department, Establishment, Person
from training.models import DeclaredCompletion, Trainable

SCANNABLE_FOR = dt.timedelta(hours=12)
OPEN_FOR = dt.timedelta(days=30)  # a session left open may still be closed: no name is lost
WITHDRAWABLE_FOR = dt.timedelta(days=30)


class TeamSessionQuerySet(models.QuerySet["TeamSession"]):
    def scannable_at(self, now: dt.datetime) -> TeamSessionQuerySet:
        """Those to which people can add themselves."""
        return self.filter(closed_at=None, held_at__gt=now - SCANNABLE_FOR)


class TeamSession(models.Model):
    """Somebody in charge runs a module with her team. Closed, its attendance is declared.

    `code` is what the team's phones scan or type while it is open.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=LENGTH, default=code_new, unique=True)
    trainable = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        related_name="team_sessions",
        verbose_name=_("formation"),
    )
    led_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="team_sessions",
        verbose_name=_("animée par"),
    )
    leader = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="team_sessions_led",
        verbose_name=_("agent qui anime"),
    )
    establishment = models.ForeignKey(
        Establishment,
        on_delete=models.PROTECT,
        related_name="team_sessions",
        verbose_name=_("établissement"),
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="team_sessions",
        verbose_name=_("service"),
    )
    held_at = models.DateTimeField(_("ouverte le"))
    closed_at = models.DateTimeField(_("terminée le"), null=True)

    objects = TeamSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("séance d’équipe")
        verbose_name_plural = _("séances d’équipe")
        ordering = ["-held_at", "pk"]

    def __str__(self) -> str:
        return f"{self.trainable_id} {self.held_at:%Y-%m-%d %H:%M}"

    @property
    def place(self) -> Department | Establishment:
        return self.department or self.establishment

    def is_scannable_at(self, now: dt.datetime) -> bool:
        """Whether people can add themselves: on the day only."""
        return self.closed_at is None and now < self.held_at + SCANNABLE_FOR

    def is_open_at(self, now: dt.datetime) -> bool:
        """Whether names can be ticked and the session closed."""
        return self.closed_at is None and now < self.held_at + OPEN_FOR

    def is_withdrawable_at(self, now: dt.datetime) -> bool:
        """Whether an attendance that was declared by mistake can still be taken back."""
        return self.closed_at is not None and now < self.closed_at + WITHDRAWABLE_FOR


class Attendance(models.Model):
    """Somebody was there. `declaration` is what was made of it when the session was closed."""

    class How(models.TextChoices):
        TICKED = "ticked", _("cochée sur la liste")
        SCANNED = "scanned", _("ajoutée depuis son téléphone")

    session = models.ForeignKey(TeamSession, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="attendance", verbose_name=_("agent")
    )
    how = models.CharField(_("comment"), max_length=8, choices=How.choices)
    added_at = models.DateTimeField(_("ajoutée le"))
    declaration = models.OneToOneField(
        DeclaredCompletion, on_delete=models.PROTECT, null=True, related_name="attendance"
    )

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["person__last_name", "person__first_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "person"], name="once_present_per_team_session"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["ticked", "scanned"]), name="attendance_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.person_id}"
