"""The page of a meeting, as editors write it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, Revision
from wagtail.query import PageQuerySet

from content.models import AudiencePage
from meetings.blocks import MaterialsBlock, ProgrammeBlock
from meetings.editing.access import MeetingPermissions
from meetings.editing.form import MeetingForm
from meetings.enums import MeetingFormat
from meetings.zones import AtPlace
from organisation.sessions import is_signed_in
from training.enums import TrainableKind
from training.models import Trainable

DRAFT_FACTS = ("region_id", "starts_at", "ends_at", "format")


class MeetingQuerySet(PageQuerySet):
    """Every meeting is on one side of `now`, never on both."""

    def upcoming(self, now: dt.datetime) -> MeetingQuerySet:
        """Not over yet, the nearest first."""
        return self.filter(ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: dt.datetime) -> MeetingQuerySet:
        """Over, the latest first."""
        return self.filter(ends_at__lte=now).order_by("-starts_at", "-pk")


class MeetingPage(AtPlace, AudiencePage):
    """Where, when, by whom, on what, and how to come.

    Registration and calendars know nothing of drafts: they read the `Meeting` of the same uid, the
    facts as they were last published.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(
        "organisation.Region",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("région"),
    )
    starts_at = models.DateTimeField(_("début"), db_index=True)
    ends_at = models.DateTimeField(_("fin"))
    format = models.CharField(
        _("format"), max_length=12, choices=MeetingFormat.choices, default=MeetingFormat.ON_SITE
    )
    place = models.CharField(
        _("lieu"), max_length=160, blank=True, default="", help_text=_("Le nom du lieu, la salle.")
    )
    address = models.TextField(
        _("adresse"), blank=True, default="", help_text=_("Rue, code postal, ville.")
    )
    transport = models.TextField(
        _("venir"),
        blank=True,
        default="",
        help_text=_("Arrêts, gare, stationnement, covoiturage."),
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
    remote_link = models.URLField(
        _("lien de connexion"),
        max_length=500,
        blank=True,
        default="",
        help_text=_("Donné aux seuls inscrits, jamais sur la page."),
    )
    takes_registrations = models.BooleanField(
        _("inscription sur la plateforme"),
        default=True,
        help_text=_("Sinon, la page dit d’écrire au contact."),
    )
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Dans la salle, ou à distance s’il n’y a pas de salle. Vide : sans limite. "
            "Ensuite vient une liste d’attente."
        ),
    )
    registration_closes_at = models.DateTimeField(
        _("fin des inscriptions"), null=True, blank=True, help_text=_("Vide : jusqu’au début.")
    )
    counts_for = models.ForeignKey(
        Trainable,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": TrainableKind.MEETING},
        related_name="+",
        verbose_name=_("compte pour"),
        help_text=_("L’obligation que remplit qui y participe, s’il y en a une."),
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
    programme = StreamField(ProgrammeBlock(), blank=True, verbose_name=_("programme"))
    materials = StreamField(
        MaterialsBlock(),
        blank=True,
        verbose_name=_("à retrouver"),
        help_text=_("Après la rencontre : compte rendu, supports présentés, enregistrement."),
    )

    objects = PageManager.from_queryset(MeetingQuerySet)()

    base_form_class = MeetingForm
    route_related = ("region",)
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
                FieldPanel("transport"),
                FieldPanel("accessibility"),
                FieldPanel("remote_link"),
            ],
            heading=_("Où et comment"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("takes_registrations"),
                FieldPanel("capacity"),
                FieldPanel("registration_closes_at"),
                FieldPanel("counts_for"),
            ],
            heading=_("Inscription"),
        ),
        MultiFieldPanel(
            [FieldPanel("organiser"), FieldPanel("contact_name"), FieldPanel("contact_email")],
            heading=_("Qui"),
        ),
        FieldPanel("programme"),
        FieldPanel("materials"),
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

    def with_content_json(self, content: dict[str, Any]) -> MeetingPage:
        # A copied page carries its original's revisions: the identity stays the row's own.
        page: MeetingPage = super().with_content_json(content)
        page.uid = self.uid
        return page

    def permissions_for_user(self, user: Any) -> MeetingPermissions:
        return MeetingPermissions(user, self)

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """The row of what is not published follows its newest draft, so that whose it is, the
        calendar of the admin and clashes are told from rows alone."""
        revision: Revision = super().save_revision(*args, **kwargs)
        if self.ends_at > self.starts_at:
            facts = {name: getattr(self, name) for name in DRAFT_FACTS}
            MeetingPage.objects.filter(pk=self.pk, live=False).update(**facts)
        return revision

    def clean(self) -> None:
        super().clean()
        closes = self.registration_closes_at
        if closes is not None and self.ends_at is not None and closes > self.ends_at:
            raise ValidationError(
                {"registration_closes_at": _("Les inscriptions finissent avant la rencontre.")}
            )
        if self.format != MeetingFormat.REMOTE and not self.place:
            raise ValidationError({"place": _("Une rencontre sur place a un lieu : indiquez-le.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from meetings.meeting_page import meeting_context  # it reads the models above this one

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(meeting_context(request, self))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Who is registered finds the connection link there: no cache may keep it."""
        response: HttpResponseBase = super().serve(request, *args, **kwargs)
        if is_signed_in(request):
            patch_cache_control(response, private=True, no_store=True)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()
