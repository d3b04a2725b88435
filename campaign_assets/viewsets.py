"""What editors manage besides pages and files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from campaign_assets.models import Campaign


class CampaignViewSet(SnippetViewSet):
    model = Campaign
    icon = "date"
    menu_label = _("Campagnes")
    list_display = ("name", "starts_on", "ends_on", "get_theme_display")
    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("theme"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("objectives"),
    ]
