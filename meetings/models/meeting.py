"""A meeting."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from content.blocks import BodyBlock
from content.models import AudiencePage
from meetings.enums import MeetingFormat
from meetings.zones import PlaceZone, zone_of_region


class MeetingQuerySet(PageQuerySet):
    """Every meeting is on one side of `now`, never on both."""

    def upcoming(self, now: dt.datetime) -> MeetingQuerySet:
        """Not over yet, the nearest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: dt.datetime) -> MeetingQuerySet:
        """Over, the latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")


class MeetingPage(AudiencePage):
    """Where, when, by whom, on what, and how to come."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(
        "organisation.Region",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("région"),
    )
    starts_at = models.DateTimeField(
        _("début"),
        db_index=True,
        help_text=_("À l’heure de Paris ; la page montre l’heure du lieu."),
    )
    ends_at = models.DateTimeField(_("fin"), help_text=_("À l’heure de Paris."))
    format = models.CharField(
        _("format"), max_length=12, choices=MeetingFormat.choices, default=MeetingFormat.ON_SITE
    )
    place = models.CharField(
        _("lieu"), max_length=160, blank=True, default="", help_text=_("Le nom du lieu, la salle.")
    )
    address = models.TextField(
        _("adresse"), blank=True, default="", help_text=_("Rue, code postal, ville.")
    )
    accessibility = models.TextField(
        _("accessibilité"),
        blank=True,
        default="",
        help_text=_(
            "Accès en fauteuil, boucle magnétique, sous-titrage, interprète : "
            "ce qui est prévu et à qui demander le reste."
        ),
    )
    organiser = models.CharField(
        _("organisateur"),
        max_length=160,
        help_text=_("L’ARS, le GRADeS, l’établissement d’accueil."),
    )
    contact_name = models.CharField(
        _("contact (nom ou fonction)"), max_length=120, blank=True, default=""
    )
    contact_email = models.EmailField(_("adresse du contact"), blank=True, default="")
    programme = StreamField(BodyBlock(), blank=True, verbose_name=_("programme"))

    objects = PageManager.from_queryset(MeetingQuerySet)()

    searched_fields = ("place", "address", "organiser", "programme")
    # A copied meeting is another one for the calendars that will subscribe.
    exclude_fields_in_copy = ["uid"]
    parent_page_types = ["meetings.MeetingsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *AudiencePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("region"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            ],
            heading=_("Quand"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("format"),
                FieldPanel("place"),
                FieldPanel("address"),
                FieldPanel("accessibility"),
            ],
            heading=_("Où et comment"),
        ),
        MultiFieldPanel(
            [FieldPanel("organiser"), FieldPanel("contact_name"), FieldPanel("contact_email")],
            heading=_("Qui"),
        ),
        FieldPanel("programme"),
    ]

    class Meta:
        verbose_name = _("rencontre")
        verbose_name_plural = _("rencontres")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("La fin vient après le début."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.format != MeetingFormat.REMOTE and not self.place:
            raise ValidationError({"place": _("Une rencontre sur place a un lieu : indiquez-le.")})

    @property
    def place_zone(self) -> PlaceZone:
        return zone_of_region(self.region.code)

    @property
    def local_start(self) -> dt.datetime:
        """The start on the clocks of the place."""
        return self.place_zone.local(self.starts_at)

    @property
    def local_end(self) -> dt.datetime:
        """The end on the clocks of the place."""
        return self.place_zone.local(self.ends_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()
