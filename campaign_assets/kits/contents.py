"""What is in the ZIP of a kit: a folder for each step of the plan, a readme, the licences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign_assets.designs.files import WorkFile
from campaign_assets.kits.houses import KitHouse, kit_house
from campaign_assets.kits.texts import kit_texts
from campaign_assets.models import KitArchive, KitPage
from campaign_assets.selectors import Download, Step, asset_files, downloads_of, kit_steps
from documents.archives.names import FileNames, file_word
from documents.archives.packing import PrivateFile
from documents.enums import WorkState
from organisation.models import Establishment

MOST_BYTES = 1_000_000_000
"""Of all files together: what a hospital's network takes in a few minutes."""


@dataclass(frozen=True)
class KitFile:
    """A file of the kit under its name in the ZIP."""

    name: str
    download: Download


@dataclass(frozen=True)
class KitStep:
    """`step.asset` is of its own type. `code` stands on what hangs there in a hospital's name."""

    step: Step
    files: tuple[KitFile, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that could not be drawn. `field` is what does not fit, as `TextRefused` names it, and
    `why` says in French what to do."""

    file: str
    page: int
    title: str
    field: str
    why: str


@dataclass(frozen=True)
class KitContents:
    """Everything that the ZIP of a kit holds now, in the name of `house` if there is one. Two of
    equal `digest` are equal byte for byte."""

    kit: KitPage
    steps: tuple[KitStep, ...]
    house: KitHouse | None = None

    @property
    def files(self) -> Iterator[KitFile]:
        for step in self.steps:
            yield from step.files

    @cached_property
    def size(self) -> int:
        """Of the files, in bytes; what is drawn is light, and not made to be weighed."""
        files = (file.download.file for file in self.files)
        return sum(file.size for file in files if not isinstance(file, WorkFile))

    @cached_property
    def digest(self) -> str:
        """Of what goes in. What cannot be drawn follows from that."""
        named = [[file.name, file.download.etag] for file in self.files]
        house = self.house.establishment.pk if self.house else None
        content = json.dumps([self.kit.pk, house, named, kit_texts(contents=self)])
        return hashlib.sha256(content.encode()).hexdigest()


def kit_pages(*, kit: KitPage) -> list[Step]:
    """The steps of the plan with the published assets as their own types."""
    steps = kit_steps(kit=kit)
    assets = {page.pk: page for page in asset_files(pages=[step.asset for step in steps])}
    return [replace(step, asset=assets[step.asset.pk]) for step in steps]


def kit_contents(*, kit: KitPage, establishment: Establishment | None = None) -> KitContents:
    """What the ZIP of the kit holds now: the published assets of its steps, in their order.

    An asset that comes up twice is put in once, at its first step; with an establishment's own
    codes, once for each place.
    """
    steps = kit_pages(kit=kit)
    house = kit_house(establishment=establishment, steps=steps) if establishment else None
    names = FileNames()
    seen: set[tuple[int, str]] = set()
    made = []
    for number, step in enumerate(steps, start=1):
        code = house.code_at(step) if house else ""
        is_new = (step.asset.pk, code) not in seen
        seen.add((step.asset.pk, code))
        files = _files(number, step, house, names) if is_new else ()
        made.append(KitStep(step, tuple(files), code))
    return KitContents(kit, tuple(made), house)


def kit_archive_ready(*, contents: KitContents) -> KitArchive | None:
    """The ZIP of exactly this, if it is made."""
    return KitArchive.objects.filter(digest=contents.digest, state=WorkState.READY).first()


def kit_downloads(page: KitPage) -> list[Download]:
    """The whole kit, once it is made as it is now."""
    contents = kit_contents(kit=page)
    archive = kit_archive_ready(contents=contents)
    if archive is None:
        return []
    count = ngettext("%(count)d fichier", "%(count)d fichiers", archive.total)
    details = ("ZIP", count % {"count": archive.total})
    file = PrivateFile(archive.file, archive.size)
    return [
        Download(
            page,
            "kit.zip",
            _("Le kit complet"),
            details,
            file,
            "application/zip",
            saved_as=f"{page.slug}.zip",
        )
    ]


def _files(number: int, step: Step, house: KitHouse | None, names: FileNames) -> Iterator[KitFile]:
    stem = file_word(step.asset.title, 48).lower() or "ressource"
    folder = names.take(f"{number:02d}_{stem}", "")
    found = house.downloads_at(step) if house else downloads_of(page=step.asset)
    for download in found:
        base, _dot, extension = download.name.rpartition(".")
        name = f"{stem}_{file_word(base, 40)}.{file_word(extension, 8).lower()}"
        yield KitFile(f"{folder}/{name}", download)
