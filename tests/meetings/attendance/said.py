"""What the store holds."""

from __future__ import annotations

import json
from typing import Any

from lrs.models import Statement
from lrs.xapi.vocabulary import verbs


def said(name: str) -> list[dict[str, Any]]:
    """The statements with this verb, as they were stored."""
    verb = getattr(verbs, name.upper())
    found = [json.loads(one.payload) for one in Statement.objects.order_by("pk")]
    return [one for one in found if one["verb"]["id"] == verb]
