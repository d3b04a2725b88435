"""The «Ressources» menu of the Wagtail admin, and documents that are only given with their page."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.documents.models import AbstractDocument
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from campaign_assets.admin import report, uploads
from campaign_assets.permissions import may_read_document
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


@hooks.register("before_serve_document")
def document_goes_with_its_page(document: AbstractDocument, request: HttpRequest) -> None:
    """A PDF of assets that nobody may see yet, or any more, is not found under its own address."""
    if not may_read_document(request.user, document):
        raise Http404
