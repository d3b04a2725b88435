"""What editors manage besides pages and files."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from content.models import Audience


class AudienceViewSet(SnippetViewSet):
    """The words of the five audiences; their codes stay, for addresses carry them."""

    model = Audience
    icon = "group"
    menu_label = _("Publics")
    list_display = ("name", "pitch", "position")
    panels = [
        FieldPanel("name"),
        FieldPanel("pitch"),
        FieldPanel("pictogram"),
        FieldPanel("position"),
        FieldPanel("code", read_only=True),
    ]
