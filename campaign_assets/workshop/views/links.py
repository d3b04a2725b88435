"""Short addresses: from a poster on a wall to a page of this site, and to nowhere else."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from campaign_assets.models import ShortLink
from campaign_assets.models.workshop import BY_POSTER
from campaign_assets.reach.services import scan_count
from campaign_assets.workshop.selectors import page_led_to, short_link_find


@never_cache
@require_safe
def short_link(request: HttpRequest, code: str) -> HttpResponse:
    """Redirect, and count it."""
    link = short_link_find(code=code)
    address = _address(request, link) if link else None
    if link is None or address is None:
        status = 410 if link else 404
        context = {"is_known": link is not None}
        return render(request, "campaign_assets/workshop/gone.html", context, status=status)
    scan_count(request, link=link)
    return redirect(f"{address}?{urlencode({BY_POSTER: link.code})}")


def _address(request: HttpRequest, link: ShortLink) -> str | None:
    page = page_led_to(link)
    address = page.get_url(request) if page else None
    if address and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return str(address)
    return None
