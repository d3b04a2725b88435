"""The files of adaptations, at addresses that end in their format and outlive a new logo."""

from __future__ import annotations

import logging
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from campaign_assets.access import speaker_view
from campaign_assets.branding.selectors import brand_of
from campaign_assets.designs import DesignError, TextRefused, rendered
from campaign_assets.models import Adaptation
from campaign_assets.reach.services import download_count
from campaign_assets.workshop.drawing import file_name, output_of, work_of
from campaign_assets.workshop.selectors import code_of
from campaign_assets.workshop.views.common import adaptation_for, page_for
from campaign_assets.workshop.views.making import FROM, WHOSE
from documents.files import etag_of
from documents.services import DocumentError

log = logging.getLogger(__name__)
CONTENT_TYPES = {"pdf": "application/pdf", "png": "image/png", "webp": "image/webp"}


@speaker_view("GET", "HEAD")
def adaptation_file(request: HttpRequest, uid: uuid.UUID, name: str) -> HttpResponseBase:
    """The file, drawn with the brand card of today; browsers ask each time whether it changed."""
    adaptation = adaptation_for(request, uid)
    page, design = page_for(adaptation.page_id)
    output = output_of(name, design)
    if output is None:
        raise Http404
    brand = brand_of(adaptation.establishment)
    work = work_of(page, brand, adaptation.texts, output, code=code_of(adaptation))
    try:
        content = rendered(work, output.kind)
    except (TextRefused, DesignError, DocumentError) as refusal:
        return _to_workshop(request, adaptation, refusal)
    etag = etag_of(content)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = HttpResponse(content, content_type=CONTENT_TYPES[output.kind])
    filename = file_name(page, design, brand, output)
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    download_count(
        request,
        response,
        asset=page,
        file=output.ending,
        establishment=adaptation.establishment,
        short_link=getattr(adaptation, "short_link", None),
    )
    return response


def _to_workshop(request: HttpRequest, adaptation: Adaptation, refusal: Exception) -> HttpResponse:
    """The brand or the design changed since, and the words no longer fit: to where one shortens."""
    if isinstance(refusal, TextRefused):
        messages.warning(request, str(refusal))
    else:
        log.error("an adaptation cannot be drawn: %s: %s", adaptation.uid, refusal)
        messages.warning(
            request,
            _("Ce support ne peut pas être dessiné en ce moment ; la campagne est prévenue."),
        )
    address = reverse("campaign_assets:workshop", args=[adaptation.page_id])
    query = f"{WHOSE}={adaptation.establishment.uid}&{FROM}={adaptation.uid}"
    return redirect(f"{address}?{query}")
