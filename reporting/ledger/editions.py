"""The edition: a number that grows with whatever tables of coverage show besides counted people.

Names of roles and modules, headcounts, requirements, objectives, frozen months. Together with the
version of a house in the ledger it names all that a page of the house shows, so that what was read
or written for one reader may serve the next. It grows after the commit, in a statement of its own:
a row that long imports held until they end would make everybody wait who renames a module.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.signals import post_delete, post_save

from organisation.models import Department, Establishment, RoleFamily, StaffRole
from organisation.signals import establishments_changed, establishments_merged, headcounts_changed
from reporting.ledger.models import CoverageEdition
from reporting.models import CoverageMonth, Objective
from training.models import Trainable
from training.signals import requirements_changed

SHOWN = (Department, Establishment, RoleFamily, StaffRole, Trainable, CoverageMonth, Objective)


def connect() -> None:
    for signal in (post_save, post_delete):
        for model in SHOWN:
            name = f"ledger.editions.{model._meta.label}"
            signal.connect(_renew_later, sender=model, dispatch_uid=name)
    for changed in (
        establishments_changed,
        establishments_merged,
        headcounts_changed,
        requirements_changed,
    ):
        changed.connect(_renew_later, dispatch_uid="ledger.editions")


def edition_renew() -> None:
    """For what changes rows without any of these signals: nothing that was kept is used again."""
    if not CoverageEdition.objects.filter(pk=1).update(number=F("number") + 1):
        CoverageEdition.objects.get_or_create(pk=1, defaults={"number": 1})


def _renew_later(**kwargs: Any) -> None:
    transaction.on_commit(edition_renew)
