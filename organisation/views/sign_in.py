"""Signing in with a code on paper, «ce n'est pas moi», and how long a session still lasts."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisation.forms import CodeSignInForm
from organisation.services import access_code_use
from organisation.sessions import session_begin
from users.addresses import next_address
from users.limits import Limit, client_key
from users.shared import seconds_left

FAILURES_OF_ONE = Limit("code_failures_of_one", 30, 600)
"""A hospital stands behind one address; only what fails counts."""
FAILURES_OF_ALL = Limit("code_failures", 1000, 600)
UNDER_ATTACK = 3
"""Failures that one address has while there are too many overall: nobody is shut out by others."""


@never_cache
@require_http_methods(["GET", "POST"])
def code_sign_in(request: HttpRequest) -> HttpResponse:
    """Open a learner's session with a code; a wrong one says nothing about why."""
    if request.method == "GET":
        return _asked(request, CodeSignInForm())
    form = CodeSignInForm(request.POST)
    if not _may_try(request):
        message = _("Trop de codes refusés depuis ce poste. Réessayez dans dix minutes.")
        form.add_error("code", message)
        return _asked(request, form, 429)
    if not form.is_valid():
        return _asked(request, form, 422)
    person = access_code_use(text=form.cleaned_data["code"], now=timezone.now())
    if person is None:
        FAILURES_OF_ONE.use(client_key(request))
        FAILURES_OF_ALL.use()
        form.add_error(
            "code",
            _("Ce code ne convient pas : mal recopié, déjà utilisé ou expiré. Vérifiez-le."),
        )
        return _asked(request, form, 422)
    session_begin(request, person)
    return redirect(next_address(request, settings.LOGIN_REDIRECT_URL))


def _may_try(request: HttpRequest) -> bool:
    failed = FAILURES_OF_ONE.used(client_key(request))
    is_attacked = FAILURES_OF_ALL.used() >= FAILURES_OF_ALL.count
    return failed < (UNDER_ATTACK if is_attacked else FAILURES_OF_ONE.count)


def _asked(request: HttpRequest, form: CodeSignInForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "next": next_address(request, "")}
    return render(request, "organisation/code_sign_in.html", context, status=status)


@require_POST
def not_me(request: HttpRequest) -> HttpResponse:
    """End whoever's session this is, and forget what the browser kept of it; back to the page."""
    logout(request)
    messages.info(request, _("La session précédente est fermée. Personne n’est connecté."))
    return redirect(next_address(request, "/"))


@never_cache
@require_http_methods(["GET", "POST"])
def session_state(request: HttpRequest) -> HttpResponse:
    """The seconds that a shared session still lasts, for the script that warns.

    A POST is a sign of life, a GET only asks. `left` is null where there is no such session.
    """
    if request.method == "GET":
        request.is_no_activity = True  # type: ignore[attr-defined]
    return JsonResponse({"left": seconds_left(request)})
