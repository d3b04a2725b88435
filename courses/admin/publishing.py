"""The check before publishing, in the Wagtail admin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin import messages
from wagtail.models import Page

from courses.checks import Gap, blocking_gaps, page_gaps


@dataclass(frozen=True, slots=True)
class PageGaps:
    """The gaps of one page, and where they are mended."""

    page: Page
    gaps: list[tuple[Gap, str]]


def urls() -> list[object]:
    return [path("formations/<int:page_id>/verification/", check, name="courses_check")]


def check(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the newest draft lacks; a POST publishes it all the same, where nothing forbids it."""
    page = get_object_or_404(Page, pk=page_id).specific
    permissions = page.permissions_for_user(request.user)
    if not permissions.can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    gaps = page_gaps(draft)
    if request.method == "POST" and permissions.can_publish() and not blocking_gaps(gaps):
        revision = page.latest_revision or page.save_revision(user=request.user)
        PublishPageRevisionAction(revision, user=request.user).execute()
        messages.success(request, _("« %(title)s » est publié.") % {"title": draft.title})
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return _shown(request, draft, gaps)


def before_publish(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of publishing what lacks something: what it is. The draft is saved already."""
    gaps = page_gaps(page)
    if not gaps:
        return None
    messages.warning(request, _("Votre brouillon est enregistré ; il n’est pas encore publié."))
    return redirect("courses_check", page.pk)


def before_bulk_publish(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: object
) -> HttpResponse | None:
    """Several at once are published only where each may be."""
    if action_type != "publish":
        return None
    for page in objects:
        draft = page.specific.get_latest_revision_as_object()
        if blocking_gaps(page_gaps(draft)):
            messages.error(
                request,
                _("Rien n’a été publié : « %(title)s » n’est pas prêt.") % {"title": draft.title},
            )
            return redirect("courses_check", page.pk)
    return None


def _shown(request: HttpRequest, draft: Page, gaps: list[Gap]) -> HttpResponse:
    blocking = len(blocking_gaps(gaps))
    context = {
        "page": draft,
        "groups": _by_page(gaps),
        "is_blocked": bool(blocking),
        "can_publish": draft.permissions_for_user(request.user).can_publish(),
        "edit_url": reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        "told": ngettext(
            "%(count)d point empêche de publier.",
            "%(count)d points empêchent de publier.",
            blocking,
        )
        % {"count": blocking},
    }
    return render(request, "courses/admin/check.html", context)


def _by_page(gaps: list[Gap]) -> list[PageGaps]:
    found: dict[int, PageGaps] = {}
    for gap in gaps:
        address = reverse("wagtailadmin_pages:edit", args=[gap.page.pk])
        anchor = f"#block-{gap.block_id}-section" if gap.block_id else ""
        group = found.setdefault(gap.page.pk, PageGaps(gap.page, []))
        group.gaps.append((gap, f"{address}{anchor}"))
    return list(found.values())
