"""What an editor's browser posts."""

from __future__ import annotations

from typing import Any

from meetings.models import MeetingPage
from organisation.models import Region


def posted(page: MeetingPage | None = None, *, code: str = "53", **changed: Any) -> dict[str, Any]:
    """A whole form, as if every field had been seen; `code` is the region's."""
    data = {
        "title": page.title if page and page.pk else "Rencontre neuve",
        "slug": page.slug if page and page.pk else "rencontre-neuve",
        "summary": "",
        "region": Region.objects.get(code=code).pk,
        "starts_at": "2027-03-09 09:30",
        "ends_at": "2027-03-09 16:00",
        "registration_closes_at": "",
        "format": "sur_place",
        "place": "Salle des fêtes",
        "address": "",
        "transport": "",
        "accessibility": "Plain-pied.",
        "remote_link": "",
        "takes_registrations": "on",
        "capacity": "",
        "organiser": "ARS",
        "contact_name": "",
        "contact_email": "",
        "programme-count": 0,
        "materials-count": 0,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    }
    return {**data, **changed}
