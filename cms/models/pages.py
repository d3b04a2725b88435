"""Standard pages and the incident page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from cms.blocks import GesturesBlock, StepsBlock
from cms.selectors import incident_contact
from content.blocks import INLINE_FEATURES, BodyBlock
from content.models import BasePage


class StandardPage(BasePage):
    """A page of text: legal notice, accessibility declaration, about the campaign."""

    body = StreamField(BodyBlock(), verbose_name=_("contenu"))

    searched_fields = ("body",)
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    subpage_types = ["cms.StandardPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page de texte")
        verbose_name_plural = _("pages de texte")


class IncidentPage(BasePage):
    """«Signaler un incident»: the reader's own hospital first, the national portal second."""

    at_once = StreamField(
        StepsBlock(),
        verbose_name=_("tout de suite"),
        help_text=_("Les gestes des premières minutes, dans l’ordre."),
    )
    to_say = StreamField(
        StepsBlock(),
        verbose_name=_("ce qu’il faut dire"),
        help_text=_("Une information par étape."),
    )
    gestures = StreamField(GesturesBlock(max_num=1), verbose_name=_("à faire, à éviter"))
    national_text = RichTextField(
        _("signalement national"),
        features=[*INLINE_FEATURES, "ul"],
        help_text=_("Qui signale sur le portail national, et quand."),
    )

    searched_fields = ("at_once", "to_say", "gestures", "national_text")
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("at_once"),
        FieldPanel("to_say"),
        FieldPanel("gestures"),
        FieldPanel("national_text"),
    ]

    class Meta:
        verbose_name = _("page de signalement")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["contact"] = incident_contact(user=request.user, day=timezone.localdate())
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().serve(request, *args, **kwargs)
        # It may show whose hospital the reader works in.
        response["Cache-Control"] = "private, no-store"
        return response
