"""Establishments under the uids that stand in statements."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from lrs.accounts import accounts_register
from organisation.models import Establishment


def register() -> None:
    accounts_register(establishments_name)


def establishments_name(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of those uids that are an establishment's; people are never named here."""
    return dict(Establishment.objects.filter(uid__in=uids).values_list("uid", "name"))
