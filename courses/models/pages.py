"""Module and lesson pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from content.filters import AudienceFilterSet
from content.models import AudiencePage, BasePage, ListingPage, SiteImage
from courses.blocks import LessonBodyBlock
from courses.exercises import EXERCISES
from training.models import Trainable


class ModuleIndexPage(ListingPage):
    """`/modules/`: every module, filtered by audience."""

    filterset_class = AudienceFilterSet
    max_count = 1
    subpage_types = ["courses.ModulePage"]

    class Meta:
        verbose_name = _("liste des modules")

    def get_listing_queryset(self) -> models.QuerySet[Any]:
        return (
            ModulePage.objects.child_of(self)
            .live()
            .select_related("image", "trainable")
            .prefetch_related("audiences", "image__renditions")
            .order_by("path")
        )


class ModulePage(AudiencePage):
    """A short training: what one will know, how long it takes, its lessons in order."""

    trainable = models.OneToOneField(
        Trainable, on_delete=models.PROTECT, related_name="+", editable=False
    )
    objectives = RichTextField(
        _("objectifs"), features=["ul", "bold"], help_text=_("Ce que l’agent saura faire ensuite.")
    )
    duration_minutes = models.PositiveSmallIntegerField(
        _("durée (minutes)"),
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("seuil de réussite des quiz (%)"),
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    is_open = models.BooleanField(
        _("ouvert sans connexion"),
        default=False,
        help_text=_(
            "Chacun peut le suivre sans se connecter. Rien de personnel n’est gardé ; à la fin, "
            "qui le souhaite se connecte pour que sa formation compte."
        ),
    )
    image = models.ForeignKey(
        SiteImage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )

    searched_fields = ("objectives",)
    route_related = ("trainable",)
    # A copy is another training, with evidence of its own.
    exclude_fields_in_copy = ["trainable"]
    subpage_types = ["courses.LessonPage"]
    content_panels = [
        *AudiencePage.content_panels,
        FieldPanel("objectives"),
        FieldPanel("duration_minutes"),
        FieldPanel("pass_mark"),
        FieldPanel("is_open"),
        FieldPanel("image"),
    ]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.trainable_id is None:
            self.trainable = Trainable.objects.create(title=self.title)
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> ModulePage:
        # A copied page carries its original's revisions: the identity stays the row's own.
        page: ModulePage = super().with_content_json(content)
        page.trainable_id = self.trainable_id
        return page


PREVIEW_ANSWERED = "answered"
ANSWERED = frozenset({*EXERCISES, "quiz", "video"})
"""The blocks in which the reader does something; what they show depends on her."""


class LessonPage(BasePage):
    """A part of a module: one idea, its blocks, perhaps a quiz."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = StreamField(LessonBodyBlock(), verbose_name=_("contenu"))

    searched_fields = ("body",)
    route_kept = ("module", "texts")
    exclude_fields_in_copy = ["uid"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("leçon")
        verbose_name_plural = _("leçons")

    def with_content_json(self, content: dict[str, Any]) -> LessonPage:
        page: LessonPage = super().with_content_json(content)
        page.uid = self.uid
        return page

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Avant de répondre")), (PREVIEW_ANSWERED, _("Après les réponses"))]

    @cached_property
    def module(self) -> ModulePage:
        """The module that this lesson is a part of."""
        return ModulePage.objects.select_related("trainable").parent_of(self).get()

    @cached_property
    def texts(self) -> dict[str, SafeString]:
        """The HTML of the blocks that are only read, by block id."""
        return {block.id: block.render() for block in self.body if block.block_type not in ANSWERED}
