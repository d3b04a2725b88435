"""What was adapted for one's establishments: to take again, to go on with, to delete."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaign_assets.access import refused, speaker_view, user_of
from campaign_assets.models import Adaptation, DesignedPage, ResourcesIndexPage
from campaign_assets.selectors import kits_offered
from campaign_assets.workshop.drawing import Output, outputs_of
from campaign_assets.workshop.forms import output_short
from campaign_assets.workshop.selectors import adaptations_of, code_of
from campaign_assets.workshop.services import adaptation_delete
from campaign_assets.workshop.views.common import adaptation_for, trail
from campaign_assets.workshop.views.making import FROM, WHOSE
from organisation.permissions import scopes_with_communication

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Row:
    """An adaptation as the list shows it."""

    adaptation: Adaptation
    page: DesignedPage
    files: list[tuple[str, str]]
    edit: str
    code: str
    is_open: bool


@speaker_view("GET", "HEAD")
def adaptations(request: HttpRequest) -> HttpResponse:
    """The workshop's first page."""
    day = timezone.localdate()
    scopes = scopes_with_communication(user=user_of(request), day=day)
    if not scopes:
        raise refused()
    pages = Paginator(adaptations_of(scopes=scopes, day=day), A_PAGE)
    page_obj = pages.get_page(request.GET.get("page"))
    gallery = ResourcesIndexPage.objects.live().first()
    context = {
        "page_obj": page_obj,
        "rows": _rows(list(page_obj)),
        "kits": kits_offered(),
        "gallery": gallery.get_url(request) if gallery else "",
        "breadcrumb": trail(),
    }
    return render(request, "campaign_assets/workshop/adaptations.html", context)


@speaker_view("GET", "HEAD", "POST")
def delete(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask once, then delete."""
    adaptation = adaptation_for(request, uid)
    if request.method == "POST":
        adaptation_delete(adaptation=adaptation, actor=user_of(request))
        messages.success(request, _("Le support adapté est supprimé."))
        return redirect("campaign_assets:adaptations")
    context = {"adaptation": adaptation, "breadcrumb": trail((_("Supprimer"), ""))}
    return render(request, "campaign_assets/workshop/delete.html", context)


def _rows(found: list[Adaptation]) -> list[Row]:
    """With the pages as their own types: one query a type, whatever the number of rows."""
    ids = {adaptation.page_id for adaptation in found}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()}
    return [_row(one, pages[one.page_id]) for one in found]


def _row(adaptation: Adaptation, page: DesignedPage) -> Row:
    design = page.drawn_as
    outputs = outputs_of(design) if design and page.live else []
    query = urlencode({WHOSE: adaptation.establishment.uid, FROM: adaptation.uid})
    return Row(
        adaptation,
        page,
        [(output_short(one), _file_address(adaptation, page, one)) for one in outputs],
        f"{reverse('campaign_assets:workshop', args=[page.pk])}?{query}",
        code_of(adaptation),
        bool(outputs),
    )


def _file_address(adaptation: Adaptation, page: DesignedPage, output: Output) -> str:
    """Any name does that ends in the format; the file itself says the sensible one."""
    name = f"{page.slug}-{output.ending}"
    return reverse("campaign_assets:adaptation_file", args=[adaptation.uid, name])
