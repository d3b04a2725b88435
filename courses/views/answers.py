"""What every post of a learner goes through, so that no answer is lost or counted for another.

- An answer that meets a session that has ended comes back as a page that still holds it.
- One from a page that was made for somebody else is refused.
- The script of a lesson gets the address to go on to, for it could not read a redirect.

A page that holds an answer keeps it in its form and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers

from courses.views.learning import TooManyVisits
from courses.views.posted import HAS_ANSWERS, LEARNER, fields_note, forgery_note, is_of_another
from organisation.sessions import is_signed_in
from users.origins import is_same_origin

HEADER = "X-Answer"
"""In a request: the script sends it. In an answer: «sign-in», «again» or «other»."""
MOST_FIELDS, MOST_CHARACTERS = 200, 50_000
"""A page holds no more than that; the forms of lessons stay far below."""

View = Callable[..., HttpResponse]


def learner_post(name: str, view: View) -> View:
    """Wrap the view of the endpoint `name`; see `courses.views.posted.FIELDS`."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, **kwargs)
        target = next(iter(kwargs.values()), "-")
        fields_note(request, name, target)
        try:
            response = _refused(request, name) or view(request, **kwargs)
        except TooManyVisits:
            response = render(request, "courses/too_many.html", status=429)
        except Http404:
            _missing_note(request, name, kwargs)
            raise
        if name in HAS_ANSWERS and _asks_to_sign_in(response):
            response = held(request, "sign-in")
        return _told(request, response)

    return guarded


def _missing_note(request: HttpRequest, endpoint: str, kwargs: dict[str, Any]) -> None:
    """What was posted to and is not there for her: made up, or withdrawn since by an editor."""
    if "attempt_uid" in kwargs and is_signed_in(request):
        target = kwargs["attempt_uid"]
        forgery_note(request, "attempt of nobody here", endpoint=endpoint, target=target)
    if "block_id" in kwargs:
        place = {"target": kwargs["lesson_uid"], "block": kwargs["block_id"]}
        forgery_note(request, "block of no such lesson", endpoint=endpoint, **place)


def _refused(request: HttpRequest, name: str) -> HttpResponse | None:
    """Where the page was made for somebody who is no longer signed in here."""
    made_for = request.POST.get(LEARNER, "")
    if not made_for:
        return None
    if not is_signed_in(request):
        return redirect_to_login(request.get_full_path())
    if not is_of_another(request, made_for, name):
        return None
    response = render(request, "courses/page_of_another.html", status=409)
    response.headers[HEADER] = "other"
    return response


def may_be_held(request: HttpRequest) -> bool:
    """Whether a post that failed the check of its token was an answer from a page of this site.

    The token may be an old one, when somebody signed in in another tab. The page that holds the
    answer sends it on under the token of today, so a foreign site must never get one made: the
    browser itself has to say that the post comes from here.
    """
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.app_name == "courses"
        and match.url_name in HAS_ANSWERS
        and is_same_origin(request)
    )


def held(request: HttpRequest, why: str) -> HttpResponse:
    """A page that keeps what was posted, to be sent again: «sign-in» first, or just «again»."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]
    size = sum(len(name) + len(value) for name, value in fields)
    if _is_foreign(request) or len(fields) > MOST_FIELDS or size > MOST_CHARACTERS:
        return redirect_to_login(request.get_full_path())
    context = {
        "fields": fields,
        "action": request.get_full_path(),
        "asks_to_sign_in": why != "again",
    }
    response = render(request, "courses/answer_held.html", context, status=403)
    response.headers[HEADER] = why
    add_never_cache_headers(response)
    return response


def _told(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if HEADER not in request.headers or response.status_code != 302:
        return response
    told = JsonResponse({"go": response.headers["Location"]})
    told.cookies = response.cookies
    add_never_cache_headers(told)
    return told


def _asks_to_sign_in(response: HttpResponse) -> bool:
    address = response.headers.get("Location", "")
    return urlsplit(address).path == resolve_url(settings.LOGIN_URL)


def _is_foreign(request: HttpRequest) -> bool:
    """Whether the browser says that the post comes from elsewhere."""
    says = "Sec-Fetch-Site" in request.headers or "Origin" in request.headers
    return says and not is_same_origin(request)
