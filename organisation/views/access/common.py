"""What the screens about rights share."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _


def own_trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb below «Mes droits», the present page last."""
    return _trail((_("Mes droits"), reverse("organisation:my_access")), *steps)


def giving_trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumb below «Habilitations»."""
    return _trail((_("Habilitations"), reverse("organisation:grants")), *steps)


def _trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    last = len(steps) - 1
    return [
        {"title": title, "url": "" if number == last else url}
        for number, (title, url) in enumerate(steps)
    ]
