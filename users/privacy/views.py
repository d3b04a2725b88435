"""The page of what is kept, taking one's own data away, and asking to be erased."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from users.days import long_day
from users.models import User
from users.private_views import private_view, user_of
from users.services import audit_record

from .erasure import erasure_ask, erasure_open, erasure_refusal, erasure_withdraw
from .export import export_chapters, export_json
from .registry import kept_data, retention_of, subject_of


@require_safe
@never_cache
def kept(request: HttpRequest) -> HttpResponse:
    """The register, for everybody. Two queries for who is signed in."""
    asked = erasure_open(user=request.user) if isinstance(request.user, User) else None
    context = {
        "kept": kept_data(),
        "has_account": isinstance(request.user, User),
        "asked": asked,
        "due": asked and asked.due_at(retention_of("erasures").kept),
        "breadcrumb": [{"title": _("Vos données"), "url": ""}],
    }
    return render(request, "users/privacy/kept.html", context)


@private_view("GET", "HEAD")
def read(request: HttpRequest) -> HttpResponse:
    """All of one's own data, on the screen."""
    chapters = export_chapters(subject_of(user_of(request)))
    context = {
        "chapters": [one for one in chapters if one.parts],
        "empty": [one.entry for one in chapters if not one.parts],
        "breadcrumb": _trail(_("Tout ce qui vous concerne")),
    }
    return render(request, "users/privacy/read.html", context)


@private_view("GET", "HEAD")
def file_html(request: HttpRequest) -> HttpResponse:
    """The same as one file, which a browser shows without the site."""
    user, now = user_of(request), timezone.now()
    chapters = [one for one in export_chapters(subject_of(user)) if one.parts]
    _exported(user, "html")
    content = render_to_string(
        "users/privacy/download/file.html", {"chapters": chapters, "now": now}
    )
    return HttpResponse(content, headers=_attachment("html"))


@private_view("GET", "HEAD")
def file_json(request: HttpRequest) -> StreamingHttpResponse:
    user = user_of(request)
    _exported(user, "json")
    return StreamingHttpResponse(
        export_json(subject_of(user), at=timezone.now()),
        content_type="application/json; charset=utf-8",
        headers=_attachment("json"),
    )


@private_view("GET", "HEAD", "POST")
@reauthentication_required
def erase(request: HttpRequest) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    refusal = erasure_refusal(user=user)
    if request.method == "POST":
        if not request.POST.get("understood"):
            refusal = _("Cochez la case pour confirmer que vous avez lu ce qui va disparaître.")
        else:
            try:
                erasure_ask(user=user, now=now)
            except ValidationError as error:
                refusal = error.messages[0]
            else:
                due = long_day(timezone.localtime(now + retention_of("erasures").kept))
                messages.success(
                    request,
                    _("Votre demande est enregistrée. Votre identité sera effacée le %(day)s.")
                    % {"day": due},
                )
                return redirect("privacy:kept")
    context = {
        "goes": [one.goes for one in kept_data() if one.goes],
        "stays": [one for one in kept_data() if one.stays],
        "refusal": refusal,
        "days": retention_of("erasures").kept.days,
        "asked": erasure_open(user=user),
        "breadcrumb": _trail(_("Faire effacer mon identité")),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "users/privacy/erase.html", context, status=status)


@private_view("POST")
def withdraw(request: HttpRequest) -> HttpResponse:
    """Thought better of it: no question is asked, for nothing is lost."""
    if erasure_withdraw(user=user_of(request), now=timezone.now()):
        messages.success(request, _("Votre demande est retirée : rien ne sera effacé."))
    return redirect("privacy:kept")


def _exported(user: User, kind: str) -> None:
    audit_record(
        actor=user, action="personal_data.export", target=f"user:{user.pk}", details={"as": kind}
    )


def _attachment(kind: str) -> dict[str, str]:
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.{kind}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _trail(title: str) -> list[dict[str, str]]:
    return [
        {"title": _("Vos données"), "url": reverse("privacy:kept")},
        {"title": title, "url": ""},
    ]
