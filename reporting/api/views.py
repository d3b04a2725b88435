"""The documentation for people, and the keys that a reader makes for herself."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from notifications.links import site_url
from organisation.enums import GrantRight
from organisation.selectors import grants_of_user
from reporting.models import AccessKey
from reporting.permissions import no_grant
from reporting.views.common import trail
from users.models import User
from users.private_views import private_view, user_of

from .api import api
from .documentation import operations_of
from .forms import KeyForm
from .guards import LIMIT
from .keys import LONGEST, MOST, key_make, key_revoke, keys_open, keys_over


@require_safe
def documentation(request: HttpRequest) -> HttpResponseBase:
    """From the same document that programs read, without any script."""
    document = api.get_openapi_schema()
    context = {
        "operations": operations_of(document),
        "base": site_url(reverse("coverage-api:api-root")),
        "document_url": reverse("coverage-api:openapi-json"),
        "example_url": site_url(reverse("coverage-api:places")),
        "limit": LIMIT.count,
        "may_make_keys": _reads_something(request.user),
        "breadcrumb": trail((_("Lire la couverture par programme"), "")),
    }
    return render(request, "reporting/api/documentation.html", context)


@private_view("GET", "HEAD", "POST")
@sensitive_variables("token")
def keys(request: HttpRequest) -> HttpResponseBase:
    """One's keys; the answer to a POST is the only page that ever shows the new one."""
    user = user_of(request)
    if not _reads_something(user):
        raise no_grant()
    token, made = "", None
    form = KeyForm(request.POST) if request.method == "POST" else _blank()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made, token = key_make(
                user=user,
                uid=data["uid"],
                name=data["name"],
                days=data["days"],
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            form = _blank()
    context: dict[str, Any] = {
        "form": form,
        "token": token,
        "made": made,
        "keys": keys_open(user=user),
        "over": keys_over(user=user)[:10],
        "most": MOST,
        "longest": LONGEST.days,
        "example_url": site_url(reverse("coverage-api:places")),
        "breadcrumb": _trail((_("Clés d’accès"), "")),
    }
    return render(request, "reporting/api/keys.html", context)


@private_view("GET", "HEAD", "POST")
def revoke(request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
    """Asks once. One's own alone; also for who reads nothing any more."""
    user = user_of(request)
    key = get_object_or_404(AccessKey, uid=uid, user=user)
    if request.method == "POST":
        if key_revoke(key=key, actor=user, now=timezone.now()):
            messages.success(request, _("La clé est révoquée : elle n’ouvre plus rien."))
        else:
            messages.info(request, _("Cette clé était déjà révoquée."))
        is_reader = _reads_something(user)
        return redirect("reporting:api_keys" if is_reader else "reporting:api_documentation")
    context = {
        "key": key,
        "breadcrumb": _trail(
            (_("Clés d’accès"), reverse("reporting:api_keys")), (_("Révoquer"), "")
        ),
    }
    return render(request, "reporting/api/revoke.html", context)


def _blank() -> KeyForm:
    return KeyForm(initial={"uid": uuid.uuid4()})


def _reads_something(user: Any) -> bool:
    if not isinstance(user, User):
        return False
    today = timezone.localdate()
    return bool(grants_of_user(user=user, day=today, right=GrantRight.READ_COVERAGE))


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    first = (_("Lire la couverture par programme"), reverse("reporting:api_documentation"))
    return trail(first, *steps)
