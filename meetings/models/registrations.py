"""Who comes, who came, and what they were told."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from meetings.enums import Attends, Audience, How, MeetingFormat, RegistrationState
from organisation.models import Person
from training.attestations.codes import code_new

from .record import Meeting

SEATED = Q(state=RegistrationState.CONFIRMED) & (
    Q(attends=Attends.ON_SITE) | Q(meeting__format=MeetingFormat.REMOTE)
)
"""Who takes one of the seats that are counted: in the room, where there is one."""


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def confirmed(self) -> RegistrationQuerySet:
        return self.filter(state=RegistrationState.CONFIRMED)

    def standing(self) -> RegistrationQuerySet:
        """Everybody who counts on coming: with a seat, or in line for one."""
        return self.filter(state__in=[RegistrationState.CONFIRMED, RegistrationState.WAITING])

    def in_line(self) -> RegistrationQuerySet:
        """The waiting list, the first in line first."""
        return self.filter(state=RegistrationState.WAITING).order_by("waiting_since", "pk")

    def seated(self) -> RegistrationQuerySet:
        """Those who take one of the seats that are counted."""
        return self.filter(SEATED)


class Registration(models.Model):
    """Record: somebody registered for a meeting.

    With an account (`account`, and the `person` that it is), or by e-mail alone. `needs` is what
    she asked for in order to follow it; it is deleted once the meeting is over.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="registrations",
        verbose_name=_("rencontre"),
    )
    state = models.CharField(
        _("état"), max_length=9, choices=RegistrationState.choices, db_index=True
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="meeting_registrations",
        verbose_name=_("compte"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        related_name="meeting_registrations",
        verbose_name=_("agent"),
    )
    email = models.EmailField(_("adresse"), blank=True, default="")
    first_name = models.CharField(_("prénom"), max_length=80, blank=True, default="")
    last_name = models.CharField(_("nom"), max_length=80, blank=True, default="")
    house = models.CharField(
        _("établissement ou structure"), max_length=160, blank=True, default=""
    )
    attends = models.CharField(
        _("vient"), max_length=8, choices=Attends.choices, default=Attends.ON_SITE
    )
    needs = models.TextField(_("besoins d’accessibilité"), max_length=600, blank=True, default="")
    is_walk_in = models.BooleanField(
        _("venue sans inscription"), default=False, help_text=_("Ajoutée à l’entrée.")
    )
    created_at = models.DateTimeField(_("demandée le"))
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True)
    waiting_since = models.DateTimeField(_("en attente depuis le"), null=True)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["last_name", "first_name", "pk"]
        indexes = [models.Index(fields=["meeting", "state", "waiting_since"])]
        constraints = [
            models.UniqueConstraint(
                "meeting",
                Lower("email"),
                condition=~Q(state=RegistrationState.CANCELLED) & ~Q(email=""),
                name="registered_once_by_address",
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=~Q(state=RegistrationState.CANCELLED),
                name="registered_once_as_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=RegistrationState.CANCELLED) & Q(cancelled_at=None)),
                name="registration_cancelled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITING) | Q(waiting_since__isnull=False),
                name="registration_waits_since_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="registration_confirmed_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.uid}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class AttendanceQuerySet(models.QuerySet["MeetingAttendance"]):
    def standing(self) -> AttendanceQuerySet:
        """Those that nobody took back."""
        return self.filter(withdrawn_at=None)


class MeetingAttendance(models.Model):
    """Record: whoever registered was there. What was declared on paper is labelled so."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(
        Registration,
        on_delete=models.PROTECT,
        related_name="attendance",
        verbose_name=_("inscription"),
    )
    how = models.CharField(_("comment"), max_length=8, choices=How.choices)
    attended_at = models.DateTimeField(_("présente le"))
    recorded_at = models.DateTimeField(_("enregistrée le"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="meeting_attendance_recorded",
        verbose_name=_("enregistrée par"),
    )
    contributed_at = models.DateTimeField(
        _("a contribué"), null=True, help_text=_("A pris la parole, témoigné, animé.")
    )
    code = models.CharField(_("code de vérification"), max_length=12, default=code_new, unique=True)
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="meeting_attendance_withdrawn",
        verbose_name=_("retirée par"),
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("présence à une rencontre")
        verbose_name_plural = _("présences aux rencontres")
        ordering = ["attended_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(withdrawn_at=None),
                name="attended_once_until_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.attended_at:%Y-%m-%d}"


class OrganiserMessage(models.Model):
    """Record: what an organiser wrote to those who registered, and to how many."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="messages", verbose_name=_("rencontre")
    )
    audience = models.CharField(_("destinataires"), max_length=9, choices=Audience.choices)
    subject = models.CharField(_("objet"), max_length=120)
    text = models.TextField(_("message"), max_length=4000)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="meeting_messages",
        verbose_name=_("envoyé par"),
    )
    sent_at = models.DateTimeField(_("envoyé le"))
    recipients = models.PositiveIntegerField(_("nombre de destinataires"))

    class Meta:
        verbose_name = _("message aux inscrits")
        verbose_name_plural = _("messages aux inscrits")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.subject


class CalendarFeed(models.Model):
    """The private address of somebody's own meetings. Another `uid` revokes the old one."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
        verbose_name=_("compte"),
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("créée le"))

    class Meta:
        verbose_name = _("agenda privé")
        verbose_name_plural = _("agendas privés")

    def __str__(self) -> str:
        return str(self.account_id)
