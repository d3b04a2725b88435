"""A meeting as it was last published."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.codes import LENGTH, code_new
from meetings.enums import MeetingFormat
from meetings.zones import AtPlace
from training.models import Trainable

from .meeting import MeetingPage

DOORS_OPEN_BEFORE = dt.timedelta(minutes=30)  # people arrive before it begins


class MeetingRecordQuerySet(models.QuerySet["Meeting"]):
    def held(self) -> MeetingRecordQuerySet:
        """Neither cancelled nor taken off the site."""
        return self.filter(cancelled_at=None, withdrawn_at=None)

    def at_door(self, now: dt.datetime) -> MeetingRecordQuerySet:
        """Those whose code at the door is good at `now`."""
        return self.held().filter(starts_at__lte=now + DOORS_OPEN_BEFORE, ends_at__gt=now)


class Meeting(AtPlace, models.Model):
    """Record: the facts of a page at its last publication, and what became of the meeting.

    Registrations and calendars belong to it: a draft changes nothing for them, and the page may be
    deleted. `sequence` counts the changes that calendars have to learn (RFC 5545 3.8.7.4);
    `moved_from` is the start that was announced before, once the meeting was moved.
    """

    uid = models.UUIDField(unique=True, editable=False)
    page = models.OneToOneField(
        MeetingPage,
        on_delete=models.SET_NULL,
        null=True,
        related_name="record",
        verbose_name=_("page"),
    )
    title = models.CharField(_("titre"), max_length=255)
    summary = models.CharField(_("résumé"), max_length=300, blank=True, default="")
    region = models.ForeignKey(
        "organisation.Region",
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name=_("région"),
    )
    starts_at = models.DateTimeField(_("début"), db_index=True)
    ends_at = models.DateTimeField(_("fin"))
    moved_from = models.DateTimeField(
        _("début avant le dernier changement de date"), null=True, editable=False
    )
    format = models.CharField(_("format"), max_length=12, choices=MeetingFormat.choices)
    place = models.CharField(_("lieu"), max_length=160, blank=True, default="")
    address = models.TextField(_("adresse"), blank=True, default="")
    organiser = models.CharField(_("organisateur"), max_length=160)
    contact_email = models.EmailField(_("adresse du contact"), blank=True, default="")
    remote_link = models.URLField(_("lien de connexion"), max_length=500, blank=True, default="")
    takes_registrations = models.BooleanField(_("inscription sur la plateforme"), default=True)
    capacity = models.PositiveIntegerField(_("places"), null=True)
    registration_closes_at = models.DateTimeField(_("fin des inscriptions"), null=True)
    counts_for = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        null=True,
        related_name="meetings",
        verbose_name=_("compte pour"),
    )
    published_at = models.DateTimeField(_("publiée le"))
    changed_at = models.DateTimeField(_("changée le"))
    sequence = models.PositiveIntegerField(_("version pour les agendas"), default=0)
    cancelled_at = models.DateTimeField(_("annulée le"), null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="meetings_cancelled",
        verbose_name=_("annulée par"),
    )
    cancel_reason = models.CharField(_("motif"), max_length=300, blank=True, default="")
    withdrawn_at = models.DateTimeField(
        _("retirée du site le"), null=True, help_text=_("La page a été dépubliée ou supprimée.")
    )
    door_code = models.CharField(
        _("code à l’entrée"), max_length=LENGTH, default=code_new, unique=True
    )

    objects = MeetingRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("rencontre publiée")
        verbose_name_plural = _("rencontres publiées")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancel_reason="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancel_reason="")),
                name="meeting_cancelled_with_a_reason",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        """Neither cancelled nor taken off the site."""
        return self.cancelled_at is None and self.withdrawn_at is None

    @property
    def closes_at(self) -> dt.datetime:
        """When registration ends."""
        return self.registration_closes_at or self.starts_at

    def is_over_at(self, now: dt.datetime) -> bool:
        return self.ends_at <= now

    def is_open_at(self, now: dt.datetime) -> bool:
        """Whether one may register, be it for the waiting list."""
        return self.is_held and self.takes_registrations and now < self.closes_at

    def is_at_door(self, now: dt.datetime) -> bool:
        """Whether the code at the door is good."""
        return self.is_held and self.starts_at - DOORS_OPEN_BEFORE <= now < self.ends_at
