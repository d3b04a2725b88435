"""The uploaded files of an asset: what may be replaced, where else it serves, what there was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from campaign_assets.models import AssetPage, DesignedPage, VideoPage
from campaign_assets.selectors.downloads import downloads_of

KEPT_DAYS = 30
MOST_STATES = 60
"""Of the states that are looked through for earlier files."""


@dataclass(frozen=True)
class Slot:
    """A file that the page carries. `field` is where the page holds `holder`, the row of the
    library; `part` is the file's field in that row. `address` is empty for what is only shown."""

    key: str
    label: str | Promise
    field: str
    part: str
    holder: Any
    address: str = ""

    @property
    def file(self) -> FieldFile:
        found: FieldFile = getattr(self.holder, self.part)
        return found

    @property
    def extension(self) -> str:
        return str(self.file.name).rpartition(".")[2].lower()

    @property
    def since(self) -> dt.datetime:
        found: dt.datetime = self.holder.created_at
        return found

    @property
    def size(self) -> int | None:
        """In bytes; none where the file is missing in the storage."""
        try:
            return int(self.file.size)
        except OSError:
            return None


@dataclass(frozen=True)
class Earlier:
    """What a field of the page held until `until`."""

    field: str
    label: str | Promise
    holder: Any
    until: dt.datetime


_PARTS: dict[str, list[tuple[str, str, str | Promise]]] = {
    "pdf": [("pdf", "file", _("Fichier à imprimer (PDF)"))],
    "video": [
        ("video", "file", _("Vidéo")),
        ("webm", "webm", _("Vidéo pour navigateurs récents (WebM)")),
        ("sous-titres", "captions", _("Sous-titres")),
        ("descriptions", "descriptions", _("Descriptions")),
    ],
    "preview": [("image", "file", _("Aperçu et image"))],
}
_FIELD_LABELS: dict[str, str | Promise] = {
    "pdf": _("PDF"),
    "video": _("Vidéo, sous-titres compris"),
    "preview": _("Aperçu"),
}


def slots_of(*, page: AssetPage) -> list[Slot]:
    """What may be replaced on a page, as given; nothing of what is drawn here or written."""
    addresses = _addresses(page)
    return [
        Slot(key, label, field, part, holder, addresses.get(getattr(holder, part).name, ""))
        for field in _fields(page)
        if (holder := getattr(page, field)) is not None
        for key, part, label in _PARTS[field]
        if getattr(holder, part)
    ]


def slot_find(*, page: AssetPage, key: str) -> Slot | None:
    return next((slot for slot in slots_of(page=page) if slot.key == key), None)


def others_with(*, slot: Slot, page: AssetPage) -> list[Any]:
    """The other pages and rows in which the same file serves: they keep it."""
    references = ReferenceIndex.get_references_to(slot.holder).group_by_source_object()
    found = [one for one, _references in references]
    return [one for one in found if not (isinstance(one, Page) and one.pk == page.pk)]


def earlier_of(*, page: AssetPage) -> list[Earlier]:
    """The files of the last thirty days that may be put back, the last one first; those that have
    been deleted from the library meanwhile are gone. A fixed number of queries."""
    fields = _fields(page)
    since = timezone.now() - dt.timedelta(days=KEPT_DAYS)
    states = list(
        page.revisions.filter(created_at__gte=since)
        .order_by("-created_at", "-pk")
        .values_list("created_at", "content")[:MOST_STATES]
    )
    # What was there before the first state of these days.
    older = page.revisions.filter(created_at__lt=since).order_by("-created_at", "-pk")
    states += older.values_list("created_at", "content")[:1]
    return [one for field in fields for one in _earlier(page, field, states)]


def _earlier(page: AssetPage, field: str, states: Iterable[tuple[dt.datetime, Any]]) -> list[Any]:
    until: dict[int, dt.datetime] = {}
    seen, after = {getattr(page, f"{field}_id")}, timezone.now()
    for moment, content in states:
        pk = content.get(field)
        if pk is not None and pk not in seen:
            until[pk] = after
        seen.add(pk)
        after = moment
    model: Any = page._meta.get_field(field).related_model
    rows = model.objects.in_bulk(until)
    return [
        Earlier(field, _FIELD_LABELS[field], rows[pk], moment)
        for pk, moment in until.items()
        if pk in rows
    ]


def _fields(page: AssetPage) -> list[str]:
    """Where the page holds uploaded files; the picture of a drawing is drawn."""
    if isinstance(page, VideoPage):
        return ["video", "preview"]
    if isinstance(page, DesignedPage) and not page.is_drawn:
        return ["pdf", "preview"]
    return []


def _addresses(page: AssetPage) -> dict[str, str]:
    """The public address of each stored file, by its name."""
    return {str(one.file.name): one.url for one in downloads_of(page=page)}
