"""Reading for the home and incident pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from content.models import Audience
from courses.models import ModuleIndexPage, ModulePage
from organisation.models import Appointment, Establishment

HOME_MODULES = 3
DEFAULT_MODULES_URL = "/modules/"
DEFAULT_RESOURCES_URL = "/ressources/"


def home_sections(*, user: Any) -> dict[str, Any]:
    """What the home page shows besides its own fields: audiences, modules, their index."""
    index = ModuleIndexPage.objects.live().first()
    return {
        "audiences": list(Audience.objects.all()),
        "modules_url": (index.url if index else None) or DEFAULT_MODULES_URL,
        "resources_url": DEFAULT_RESOURCES_URL,
        "modules": home_modules(limit=HOME_MODULES),
    }


def home_modules(*, limit: int) -> list[ModulePage]:
    """The first published modules in the editors' order, with what a card shows."""
    modules = (
        ModulePage.objects.live()
        .public()
        .select_related("image")
        .prefetch_related("audiences", "image__renditions")
        .order_by("path")
    )
    return list(modules[:limit])


def incident_contact(*, user: Any, day: dt.date | None = None) -> Establishment | None:
    """The reader's own hospital today, if the platform knows it."""
    if not user.is_authenticated:
        return None
    return _establishment_of(user, day or timezone.localdate())


def _establishment_of(user: Any, day: dt.date) -> Establishment | None:
    appointment = (
        Appointment.objects.at(day)
        .filter(person__user=user)
        .select_related("establishment")
        .order_by("-starts_on", "-pk")
        .first()
    )
    return appointment.establishment if appointment else None
