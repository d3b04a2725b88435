"""The workshop: whose, which words, which format; and what it looks like."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from campaign_assets.access import choice_for, establishment_for, speaker_view, user_of
from campaign_assets.branding.selectors import brand_of
from campaign_assets.designs import Brand, Design, DesignError, TextRefused, rendered
from campaign_assets.models import Adaptation, DesignedPage
from campaign_assets.workshop.drawing import file_name, outputs_of, work_of
from campaign_assets.workshop.forms import TEXT, WorkshopForm
from campaign_assets.workshop.selectors import adaptation_find
from campaign_assets.workshop.services import adaptation_save
from campaign_assets.workshop.views.common import page_for, trail, uid_of
from documents.services import DocumentError
from organisation.models import Establishment

WHOSE, FROM = "etablissement", "adaptation"
LOOK = "apercu"
"""The button of those without JavaScript: show, do not save."""


@speaker_view("GET", "HEAD", "POST")
def workshop(request: HttpRequest, page_id: int) -> HttpResponse:
    """Choose whose it is, then edit; a POST saves and hands out the file."""
    page, design = page_for(page_id)
    establishment = _establishment(request)
    if establishment is None:
        return _choose(request, page)
    brand = brand_of(establishment)
    if request.method != "POST":
        form = _form(page, design, brand, initial=_initial(request, page, establishment))
        return _page(request, page, establishment, form)
    form = _form(page, design, brand, request.POST)
    if not form.is_valid():
        return _page(request, page, establishment, form, status=422)
    if LOOK in request.POST:
        return _page(request, page, establishment, form)
    adaptation = adaptation_save(
        page=page,
        establishment=establishment,
        texts=form.texts,
        placement=form.cleaned_data.get("placement", ""),
        actor=user_of(request),
        now=timezone.now(),
    )
    name = file_name(page, design, brand, form.chosen)
    return redirect("campaign_assets:adaptation_file", adaptation.uid, name)


@speaker_view("POST")
def preview(request: HttpRequest, page_id: int) -> HttpResponse:
    """The picture of what the form says, or what is wrong, by field."""
    page, design = page_for(page_id)
    establishment = _establishment(request)
    if establishment is None:
        raise Http404
    form = _form(page, design, brand_of(establishment), request.POST)
    if form.is_valid():
        return HttpResponse(form.picture, content_type="image/png")
    errors = {name: [str(e) for e in found] for name, found in form.errors.items()}
    return JsonResponse({"errors": errors}, status=422)


@speaker_view("GET", "HEAD")
def preview_first(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the page looks like with this establishment's brand, before anything is written."""
    page, design = page_for(page_id)
    establishment = _establishment(request)
    if establishment is None:
        raise Http404
    texts = {
        name.removeprefix(TEXT): text
        for name, text in _initial(request, page, establishment).items()
        if name.startswith(TEXT)
    }
    work = work_of(page, brand_of(establishment), texts, outputs_of(design)[0])
    try:
        content = rendered(work, "png")
    except (TextRefused, DesignError, DocumentError) as refusal:  # the form says it in words
        raise Http404(str(refusal)) from refusal
    response = HttpResponse(content, content_type="image/png")
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _establishment(request: HttpRequest) -> Establishment | None:
    """The one that the address names, or the only one that somebody speaks for."""
    named = request.GET.get(WHOSE, "")
    if not named:
        return choice_for(request).only
    uid = uid_of(named)
    if uid is None:
        raise Http404
    return establishment_for(request, uid)


def _choose(request: HttpRequest, page: DesignedPage) -> HttpResponse:
    choice = choice_for(request)
    address = reverse("campaign_assets:workshop", args=[page.pk])
    links = [(one, f"{address}?{urlencode({WHOSE: one.uid})}") for one in choice.establishments]
    context = {
        "asset": page,
        "choice": choice,
        "choice_links": links,
        "breadcrumb": trail((page.title, "")),
    }
    return render(request, "campaign_assets/workshop/choose.html", context)


def _form(
    page: DesignedPage, design: Design, brand: Brand, data: Any = None, **options: Any
) -> WorkshopForm:
    return WorkshopForm(data, page=page, design=design, brand=brand, **options)


def _initial(
    request: HttpRequest, page: DesignedPage, establishment: Establishment
) -> dict[str, str]:
    """The words of the adaptation that one comes back to."""
    adaptation = _came_back_to(request, page, establishment)
    if adaptation is None:
        return {}
    texts = {f"{TEXT}{name}": text for name, text in adaptation.texts.items()}
    return {**texts, "placement": adaptation.placement}


def _came_back_to(
    request: HttpRequest, page: DesignedPage, establishment: Establishment
) -> Adaptation | None:
    uid = uid_of(request.GET.get(FROM, ""))
    found = adaptation_find(uid=uid) if uid else None
    is_here = found is not None and (found.page_id, found.establishment_id) == (
        page.pk,
        establishment.pk,
    )
    return found if is_here else None


def _page(
    request: HttpRequest,
    page: DesignedPage,
    establishment: Establishment,
    form: WorkshopForm,
    status: int = 200,
) -> HttpResponse:
    context = {
        "asset": page,
        "establishment": establishment,
        "form": form,
        "fixed": [text for field, text in page.said if not field.is_free],
        "preview": _preview_address(request, page, establishment, form),
        "live": _address("workshop_preview", page, establishment),
        "choose": reverse("campaign_assets:workshop", args=[page.pk]),
        "is_only": choice_for(request).only is not None,
        "breadcrumb": trail((page.title, page.url or ""), (_("Adapter"), "")),
    }
    return render(request, "campaign_assets/workshop/workshop.html", context, status=status)


def _preview_address(
    request: HttpRequest, page: DesignedPage, establishment: Establishment, form: WorkshopForm
) -> str:
    """What was just drawn, in the page itself; else an address that draws it."""
    if form.picture:
        return f"data:image/png;base64,{base64.b64encode(form.picture).decode()}"
    came_from = uid_of(request.GET.get(FROM, ""))
    more = {FROM: came_from} if came_from else {}
    return _address("workshop_first", page, establishment, **more)


def _address(name: str, page: DesignedPage, establishment: Establishment, **more: Any) -> str:
    query = urlencode({WHOSE: establishment.uid, **more})
    return f"{reverse(f'campaign_assets:{name}', args=[page.pk])}?{query}"
