"""What the views of the room share: who may come, files, addresses with filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.exports import ExportTable, csv_response, xlsx_response
from users.models import User
from users.services import audit_record

View = Callable[..., HttpResponseBase]


def coverage_view(view: View) -> View:
    """Signed in, reading only, and kept by no shared cache. The right itself is asked for in the
    view, which knows the place."""

    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    wrapped.__name__, wrapped.__doc__ = view.__name__, view.__doc__
    return require_safe(login_required(wrapped))


def file_response(
    request: HttpRequest, kind: str, table: ExportTable, *, action: str = "coverage.export"
) -> HttpResponseBase:
    """The table as XLSX or CSV, and a line in the audit log."""
    writers: dict[str, Callable[[ExportTable], HttpResponseBase]] = {
        "xlsx": xlsx_response,
        "csv": csv_response,
    }
    if kind not in writers:
        raise Http404
    audit_record(
        actor=reader(request),
        action=action,
        target=f"{table.filename}.{kind}",
        details={"path": request.get_full_path()},
    )
    return writers[kind](table)


def reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def filename(*words: str) -> str:
    """A name that any system takes: «couverture-chu-de-rennes»."""
    return slugify("-".join(words))[:80]


def query(**values: str | dt.date | None) -> str:
    """«?date=2026-10-31&module=…», without what is empty."""
    given = {name: str(value) for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb: (title, address) below «Couverture», the present page last."""
    first = {"title": _("Couverture"), "url": reverse("reporting:home")}
    return [first, *({"title": title, "url": url} for title, url in steps)]
