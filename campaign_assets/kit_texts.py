"""The texts in the ZIP of a kit: what to hang where and what to send when, and the licences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from campaign_assets.enums import Licence
from campaign_assets.licences import TERMS
from campaign_assets.models import AssetPage
from campaign_assets.models.posters import short_address
from documents.prose import paragraphs_read, txt_render
from documents.prose.txt import BOM

if TYPE_CHECKING:
    from campaign_assets.kits import KitContents, KitStep, Refusal

README, LICENCE = "LISEZ-MOI.txt", "LICENCES.txt"


def kit_texts(*, contents: KitContents, refused: Sequence[Refusal] = ()) -> dict[str, str]:
    """The texts by their names in the ZIP. `refused` is told at its step, in place of its file."""
    return {README: _readme(contents, refused), LICENCE: _licences(contents)}


def _readme(contents: KitContents, refused: Sequence[Refusal]) -> str:
    kit, house = contents.kit, contents.house
    title = kit.title
    if house:
        title = _("%(kit)s, au nom de : %(house)s") % {"kit": title, "house": house.brand.name}
    lines = [txt_render(title=title, paragraphs=paragraphs_read(expand_db_html(kit.plan)))]
    if house and house.gaps:
        lines += [_("À SAVOIR"), ""]
        gaps = ", ".join(house.gaps)
        lines += [
            _("Les affiches sont %(gaps)s. La carte de marque se complète sur le site.")
            % {"gaps": gaps},
            "",
        ]
    lines += [_("PLAN DE DÉPLOIEMENT"), ""]
    for number, one in enumerate(contents.steps, start=1):
        lines += [*_told(number, one, refused), ""]
    address = f"{settings.WAGTAILADMIN_BASE_URL}{kit.url or ''}"
    lines += [_("La dernière version de ce kit : %(address)s") % {"address": address}, ""]
    return BOM + "\r\n".join(lines)


def _told(number: int, one: KitStep, refused: Sequence[Refusal]) -> list[str]:
    item, asset = one.step.item, one.step.asset
    lines = [
        f"{number}. {item.moment} – {asset.title}",
        f"   {asset.get_format_display()} : {item.place}",
    ]
    if item.note:
        lines.append(f"   {item.note}")
    if one.code:
        address = short_address(one.code)
        lines.append(
            "   " + _("Le code QR de cet emplacement : %(address)s") % {"address": address}
        )
    why = {refusal.file: refusal.why for refusal in refused}
    lines += [f"   → {file.name}" for file in one.files if file.name not in why]
    for file in one.files:
        if file.name in why:
            lines.append(f"   ! {file.name} " + _("n’a pas pu être dessiné."))
            lines.append(f"     {why[file.name]}")
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
