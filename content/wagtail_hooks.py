"""What the content kit adds to the Wagtail admin: audiences, and the check before publishing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from content.admin import publishing
from content.checks import is_checked
from content.viewsets import AudienceViewSet

register_snippet(AudienceViewSet)

hooks.register("register_admin_urls", publishing.urls)
hooks.register("before_publish_page", publishing.before_publish)
hooks.register("before_bulk_action", publishing.before_bulk_publish)


@hooks.register("register_page_header_buttons")
def check_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """«Vérifier» on a page that is checked: what is missing, at any time."""
    if is_checked(page.specific):
        address = reverse("content_check", args=[page.pk])
        label = _("Vérifier avant de publier")
        yield Button(label, address, icon_name="clipboard-list", priority=5)
