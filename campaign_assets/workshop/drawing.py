"""From a page, a brand and a hospital's own words to the work that is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.text import slugify

from campaign_assets.designs import FORMATS, Brand, Design, FileKind, Format, Kind, Work
from campaign_assets.models import DesignedPage
from campaign_assets.models.designed import SAMPLE_CODE

PRINTER = "imprimeur"
_ENDING = re.compile(rf"(?:^|-)({'|'.join(FORMATS)})(-{PRINTER})?\.(pdf|png|webp)$")
_FIRST_WORD = {Kind.POSTER: "affiche", Kind.VISUAL: "visuel", Kind.CARD: "carte"}
_NAME_SIGNS = 40


@dataclass(frozen=True, slots=True)
class Output:
    """Which file of a work: its format, its type, and whether it goes to a printer."""

    format: Format
    kind: FileKind
    bleed: bool = False

    @property
    def ending(self) -> str:
        """«a4.pdf», «a3-imprimeur.pdf», «1080x1080.webp»: how the address ends."""
        return f"{self.format.key}{f'-{PRINTER}' if self.bleed else ''}.{self.kind}"


def output_of(name: str, design: Design) -> Output | None:
    """What the name of a file asks for; only its end counts, so that a hospital's new name breaks
    no address. None for what the design does not give."""
    match = _ENDING.search(name)
    if match is None:
        return None
    output = Output(FORMATS[match[1]], match[3], bool(match[2]))  # type: ignore[arg-type]
    return output if output in outputs_of(design, with_bleed=True) else None


def outputs_of(design: Design, *, with_bleed: bool = False) -> list[Output]:
    """What a design gives: sheets as PDF, screens as PNG and WebP."""
    found: list[Output] = []
    for format_ in design.formats:
        if format_.is_print:
            found.append(Output(format_, "pdf"))
            found += [Output(format_, "pdf", bleed=True)] if with_bleed else []
        else:
            found += [Output(format_, "png"), Output(format_, "webp")]
    return found


def work_of(
    page: DesignedPage,
    brand: Brand,
    texts: Mapping[str, str],
    output: Output,
    *,
    code: str = SAMPLE_CODE,
) -> Work:
    """The work of one file. `code` is that of the short address on a sheet; the sample's, unless
    it is there already."""
    return page.work(
        format=output.format.key,
        brand=brand,
        texts=texts,
        bleed=output.bleed,
        qr=page.qr(code),
    )


def preview_of(work: Work) -> Work:
    """The same to be looked at: trimmed."""
    return replace(work, bleed=False)


def file_name(page: DesignedPage, design: Design, brand: Brand, output: Output) -> str:
    """«affiche-je-verrouille-ch-de-vannes-a4.pdf»."""
    first = _FIRST_WORD[design.kind]
    slug = page.slug.removeprefix(f"{first}-")
    words = (first, slug[:_NAME_SIGNS].strip("-"), slugify(brand.name)[:_NAME_SIGNS].strip("-"))
    return "-".join(word for word in (*words, output.ending) if word)
