"""What stands in the way of taking a meeting off the site: those who count on it.

Unpublishing and deleting tell nobody. A meeting to come for which people have registered is called
off first, which tells them why; then its page may go, or better stay and say so.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import Page

from meetings.models import Meeting, Registration

BULK = frozenset({"delete", "unpublish"})


def before_taking_off(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of unpublishing or deleting: who is registered, and where to call it off."""
    meeting = meeting_awaited(pages=[page])
    if meeting is None:
        return None
    _tell(request, meeting)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def before_bulk_taking_off(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: object
) -> HttpResponse | None:
    """Several at once: none goes if one of them is awaited."""
    pages = list(objects)
    if action_type not in BULK or not pages:
        return None
    meeting = meeting_awaited(pages=pages)
    if meeting is None:
        return None
    _tell(request, meeting)
    return redirect("wagtailadmin_explore", pages[0].get_parent().pk)


def meeting_awaited(*, pages: Iterable[Page]) -> Meeting | None:
    """The first meeting to come at or below these pages that people have registered for. A query a
    page."""
    for page in pages:
        awaited = (
            Meeting.objects.held()
            .filter(
                ends_at__gt=timezone.now(),
                page__path__startswith=page.path,
                pk__in=Registration.objects.standing().values("meeting"),
            )
            .first()
        )
        if awaited is not None:
            return awaited
    return None


def _tell(request: HttpRequest, meeting: Meeting) -> None:
    count = meeting.registrations.standing().count()
    words = ngettext(
        "Rien n’a été retiré : %(count)d personne est inscrite à « %(title)s ». "
        "Annulez d’abord la rencontre, les inscrits seront prévenus.",
        "Rien n’a été retiré : %(count)d personnes sont inscrites à « %(title)s ». "
        "Annulez d’abord la rencontre, les inscrits seront prévenus.",
        count,
    )
    address = reverse("meetings:organised_cancel", args=[meeting.uid])
    button = messages.button(address, _("Annuler la rencontre"))
    messages.error(request, words % {"count": count, "title": meeting.title}, buttons=[button])
