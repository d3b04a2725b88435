"""Publishes the starter texts, and the kits once there is what they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from campaign_assets.models import AssetPage, KitItem, ResourcesIndexPage
from campaign_assets.services import kit_publish, text_publish
from content.models import Audience
from starter.assets.drawings import CAMPAIGN
from starter.assets.kits import KITS, StarterKit, StarterKitItem
from starter.assets.texts import TEXTS, StarterText
from starter.typography import french

Audiences = Mapping[str, Audience]


def texts_load(index: ResourcesIndexPage, taken: Collection[str], audiences: Audiences) -> int:
    """Publish the texts whose slug is not taken; how many are new."""
    missing = [text for text in TEXTS if text.slug not in taken]
    for text in missing:
        _text_load(index, text, audiences)
    return len(missing)


def kits_load(index: ResourcesIndexPage, taken: Collection[str], audiences: Audiences) -> int:
    """Publish the kits whose slug is not taken; how many are new.

    A step whose asset editors have taken out of the gallery is left out, and with its last step a
    kit.
    """
    assets = {page.slug: page for page in AssetPage.objects.child_of(index)}
    created = 0
    for kit in KITS:
        items = [_item(step, assets[step.asset]) for step in kit.items if step.asset in assets]
        if items and kit.slug not in taken:
            _kit_load(index, kit, items, audiences)
            created += 1
    return created


def _text_load(index: ResourcesIndexPage, starter: StarterText, audiences: Audiences) -> None:
    text_publish(
        index=index,
        slug=starter.slug,
        title=french(starter.title),
        kind=starter.kind,
        theme=starter.theme,
        summary=french(starter.summary),
        heading=french(starter.heading),
        text=french(starter.text),
        advice=french(starter.advice),
        credit=CAMPAIGN,
        audiences=_of(starter.audiences, audiences),
    )


def _kit_load(
    index: ResourcesIndexPage, starter: StarterKit, items: list[KitItem], audiences: Audiences
) -> None:
    kit_publish(
        index=index,
        slug=starter.slug,
        title=french(starter.title),
        theme=starter.theme,
        summary=french(starter.summary),
        plan=french(starter.plan),
        items=items,
        credit=CAMPAIGN,
        audiences=_of(starter.audiences, audiences),
    )


def _item(step: StarterKitItem, asset: AssetPage) -> KitItem:
    return KitItem(
        asset=asset,
        moment=french(step.moment),
        place=french(step.place),
        note=french(step.note),
    )


def _of(codes: Iterable[str], audiences: Audiences) -> list[Audience]:
    return [audiences[code] for code in codes if code in audiences]
