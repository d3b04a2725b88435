"""Unsubscribing, from a link in a mail and by the button of a mail program."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications import services
from notifications.links import Subscription, subscription_read
from notifications.registry import Category, category_of, recipient_now
from notifications.selectors import is_unsubscribed

ONE_CLICK = ("List-Unsubscribe", "One-Click")


# The signed address is the right to change this one subscription, and mail programs post to it
# without cookies (RFC 8058 3.2): there is no session that a forged post could use.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: HttpRequest, token: str) -> HttpResponse:
    """Say what the subscription is; a POST changes it. GET changes nothing: mail filters follow
    every link."""
    wanted = subscription_read(token)
    if wanted is None:
        raise Http404(_("Cette adresse est incomplète. Recopiez-la entière depuis le courriel."))
    wanted = wanted._replace(recipient=recipient_now(wanted.recipient))
    category = _category(wanted)
    if request.method == "POST":
        return _changed(request, wanted)
    context = {
        "category": category,
        "is_unsubscribed": is_unsubscribed(recipient=wanted.recipient, category=wanted.category),
    }
    response = render(request, "notifications/subscription.html", context)
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _category(wanted: Subscription) -> Category:
    try:
        category = category_of(wanted.category)
    except KeyError as error:
        raise Http404(_("Ces courriels n’existent plus.")) from error
    if not category.is_optional:
        raise Http404(_("On ne peut pas se désabonner de ces courriels."))
    return category


def _changed(request: HttpRequest, wanted: Subscription) -> HttpResponse:
    if request.POST.get("action") == "subscribe":
        services.subscribe(recipient=wanted.recipient, category=wanted.category)
    else:
        services.unsubscribe(recipient=wanted.recipient, category=wanted.category)
    if request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        return HttpResponse(status=204)  # RFC 8058 3.2: no redirection
    return HttpResponseRedirect(request.path)
