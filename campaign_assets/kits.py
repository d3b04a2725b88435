"""What is in the ZIP of a kit: a folder for each step of the plan, a readme, the licences."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.rich_text import expand_db_html

from campaign_assets.enums import Licence
from campaign_assets.licences import TERMS
from campaign_assets.models import AssetPage, KitArchive, KitPage
from campaign_assets.selectors import Download, Step, asset_files, downloads_of, kit_steps
from documents.archives.names import FileNames, file_word
from documents.archives.packing import PrivateFile
from documents.enums import WorkState
from documents.prose import paragraphs_read, txt_render
from documents.prose.txt import BOM

README, LICENCE = "LISEZ-MOI.txt", "LICENCES.txt"
MOST_BYTES = 1_000_000_000
"""Of all files together: what a hospital's network takes in a few minutes."""


@dataclass(frozen=True)
class KitFile:
    """A file of the kit under its name in the ZIP."""

    name: str
    download: Download


@dataclass(frozen=True)
class KitStep:
    step: Step
    files: tuple[KitFile, ...]


@dataclass(frozen=True)
class KitContents:
    """Everything that the ZIP of a kit holds now. Two of equal `digest` are equal byte for byte."""

    kit: KitPage
    steps: tuple[KitStep, ...]

    @property
    def files(self) -> Iterator[KitFile]:
        for step in self.steps:
            yield from step.files

    @cached_property
    def size(self) -> int:
        """Of all files, in bytes."""
        return sum(file.download.file.size for file in self.files)

    @property
    def texts(self) -> dict[str, str]:
        return {README: _readme(self), LICENCE: _licences(self)}

    @cached_property
    def digest(self) -> str:
        named = [[file.name, file.download.etag] for file in self.files]
        content = json.dumps([self.kit.pk, named, self.texts])
        return hashlib.sha256(content.encode()).hexdigest()


def kit_contents(*, kit: KitPage) -> KitContents:
    """What the ZIP of the kit holds now: the published assets of its steps, in their order.

    An asset that comes up twice is put in once, at its first step.
    """
    steps = kit_steps(kit=kit)
    assets = {page.pk: page for page in asset_files(pages=[step.asset for step in steps])}
    names = FileNames()
    seen: set[int] = set()
    made = []
    for number, step in enumerate(steps, start=1):
        is_new = step.asset.pk not in seen
        seen.add(step.asset.pk)
        files = _files(number, assets[step.asset.pk], names) if is_new else ()
        made.append(KitStep(step, tuple(files)))
    return KitContents(kit, tuple(made))


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


def _files(number: int, asset: AssetPage, names: FileNames) -> Iterator[KitFile]:
    stem = file_word(asset.title, 48).lower() or "ressource"
    folder = names.take(f"{number:02d}_{stem}", "")
    for download in downloads_of(page=asset):
        base, _dot, extension = download.name.rpartition(".")
        name = f"{stem}_{file_word(base, 40)}.{file_word(extension, 8).lower()}"
        yield KitFile(f"{folder}/{name}", download)


def _readme(contents: KitContents) -> str:
    kit = contents.kit
    lines = [txt_render(title=kit.title, paragraphs=paragraphs_read(expand_db_html(kit.plan)))]
    lines += [_("PLAN DE DÉPLOIEMENT"), ""]
    for number, one in enumerate(contents.steps, start=1):
        lines += [*_told(number, one), ""]
    address = f"{settings.WAGTAILADMIN_BASE_URL}{kit.url or ''}"
    lines += [_("La dernière version de ce kit : %(address)s") % {"address": address}, ""]
    return BOM + "\r\n".join(lines)


def _told(number: int, one: KitStep) -> list[str]:
    item, asset = one.step.item, one.step.asset
    lines = [
        f"{number}. {item.moment} – {asset.title}",
        f"   {asset.get_format_display()} : {item.place}",
    ]
    if item.note:
        lines.append(f"   {item.note}")
    lines += [f"   → {file.name}" for file in one.files]
    return lines


def _licences(contents: KitContents) -> str:
    lines = [_("LICENCES"), ""]
    assets = {one.step.asset.pk: one.step.asset for one in contents.steps}
    for licence in Licence:
        under = [asset for asset in assets.values() if asset.licence == licence]
        if under:
            lines += _under(licence, under)
    return BOM + "\r\n".join(lines)


def _under(licence: Licence, assets: Sequence[AssetPage]) -> list[str]:
    terms = TERMS[licence]
    lines = [str(licence.label), str(terms.text)]
    lines += [terms.address] if terms.address else []
    lines += [f"- {asset.title} ({asset.credit})" for asset in assets]
    return [*lines, ""]
