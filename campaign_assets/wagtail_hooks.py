"""The «Ressources» menu of the Wagtail admin, and documents that are only given with their page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from campaign_assets.admin import replacing, report, uploads
from campaign_assets.models import AssetPage
from campaign_assets.permissions import may_read_document, may_replace_files
from campaign_assets.selectors.replaceable import slots_of
from campaign_assets.viewsets import CampaignViewSet


class ResourcesGroup(SnippetViewSetGroup):
    menu_label = _("Ressources")
    menu_icon = "image"
    menu_order = 210
    items = (
        uploads.UploadViewSet(uploads.NAME, url_prefix="ressources/envoi"),
        report.AssetReportViewSet(report.NAME, url_prefix="ressources/suivi"),
        CampaignViewSet,
    )


register_snippet(ResourcesGroup)


@hooks.register("register_page_header_buttons")
def files_button(page: Page, user: Any, **kwargs: Any) -> Iterator[Button]:
    """«Remplacer un fichier…» where one is edited that carries some."""
    asset = page.specific
    if not isinstance(asset, AssetPage) or not may_replace_files(user, asset):
        return
    if slots_of(page=asset.get_latest_revision_as_object()):
        address = reverse(f"{replacing.NAMES}:files", args=[page.pk])
        yield Button(_("Remplacer un fichier…"), address, icon_name="upload", priority=15)


@hooks.register("before_serve_document")
def document_goes_with_its_page(document: AbstractDocument, request: HttpRequest) -> None:
    """A PDF of assets that nobody may see yet, or any more, is not found under its own address."""
    if not may_read_document(request.user, document):
        raise Http404
