"""The home page."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from cms.blocks import ActionsBlock, AimsBlock, FiguresBlock
from cms.selectors import home_sections
from content.models import BasePage


class HomePage(BasePage):
    """The campaign's message and its doors: modules, assets, audiences, meetings."""

    message = models.CharField(
        _("message de la campagne"),
        max_length=160,
        default="La cybersécurité, c’est la continuité de la sécurité des soins",
    )
    lead = models.TextField(_("accroche"), max_length=400, blank=True, default="")
    actions = StreamField(
        ActionsBlock(min_num=0, max_num=2, required=False),
        verbose_name=_("actions"),
        blank=True,
        help_text=_("Deux au plus ; la première est mise en avant."),
    )
    aims = StreamField(
        AimsBlock(max_num=3, required=False), verbose_name=_("objectifs"), blank=True
    )
    figures = StreamField(
        FiguresBlock(max_num=4, required=False), verbose_name=_("chiffres clés"), blank=True
    )

    searched_fields = ("message", "lead", "aims")
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "cms.StandardPage",
        "cms.IncidentPage",
        "courses.ModuleIndexPage",
        "campaign_assets.ResourcesIndexPage",
        "meetings.MeetingsIndexPage",
    ]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("message"), FieldPanel("lead"), FieldPanel("actions")],
            heading=_("En haut de page"),
        ),
        FieldPanel("aims"),
        FieldPanel("figures"),
    ]

    class Meta:
        verbose_name = _("page d’accueil")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context.update(home_sections(user=request.user, now=timezone.now()))
        return context
