"""The starter texts and kits: well set, with blanks to fill, sourced, and naming what exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from campaign_assets.enums import TextKind
from campaign_assets.models import KitItem, KitPage, ResourcesIndexPage, TextAssetPage
from starter.assets import resources_load
from starter.assets.kits import KITS, StarterKit
from starter.assets.posters import SERIES
from starter.assets.texts import KEY_FIGURES, PRESS_RELEASE, TEXTS, StarterText
from starter.assets.video import VIDEOS
from starter.assets.wording import kits_load
from starter.content import figures
from starter.typography import NBSP, french
from tests.campaign_assets.factories import resources_index

from .reading import texts_of

each_text = pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
each_kit = pytest.mark.parametrize("kit", KITS, ids=lambda kit: kit.slug)
ALL = sorted({*texts_of(TEXTS), *texts_of(KITS)} - set(TextKind.values))
TAGS = {"p", "h3", "ul", "ol", "li", "b", "i"}


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def quotations(text: StarterText) -> Iterator[str]:
    """What somebody would be made to say: paragraphs that open with a quotation mark and end in a
    name."""
    for paragraph in re.findall(r"<p>(.*?)</p>", text.text):
        if re.match(r"«[^»]+» \[Prénom", paragraph):
            yield paragraph


@pytest.mark.parametrize("text", ALL, ids=lambda text: text[:40])
def test_french_typography(text: str) -> None:
    typeset = plain(french(text))
    assert not re.search("['\"]|\\.\\.\\.", typeset)
    assert not re.search(rf"[^{NBSP}][:;?!»]", typeset)
    assert not re.search(rf"«[^{NBSP}]", typeset)
    assert not re.search(r"[ ]{2}|\n|^\s|\s$", typeset)
    assert typeset.count("«") == typeset.count("»")
    assert typeset.count("[") == typeset.count("]")


def test_rich_text_uses_only_what_editors_may() -> None:
    assert {tag for text in ALL for tag in re.findall(r"<(\w+)", text)} <= TAGS


@each_text
def test_a_text_has_blanks_to_fill_or_needs_none(text: StarterText) -> None:
    """What names an establishment, a person or a date is a blank."""
    assert "[" in plain(text.text)
    assert "http" not in text.text
    assert "<a " not in text.text


def test_the_press_release_leaves_its_three_quotations_blank() -> None:
    said = list(quotations(PRESS_RELEASE))
    assert len(said) == 3
    for quotation in said:
        inside = re.search(r"«(.*)»", quotation)
        assert inside is not None
        assert re.fullmatch(r"\s*\[Citation [^\]]+\]\s*", inside[1])


def test_nobody_else_is_quoted() -> None:
    """In the other texts quotation marks hold slogans, examples and names, not people's words."""
    for text in TEXTS:
        if text is not PRESS_RELEASE:
            assert not list(quotations(text))


def test_key_figures_are_those_of_the_site_and_name_their_source() -> None:
    lines = re.findall(r"<li>(.*?)</li>", " ".join(KEY_FIGURES.split()))
    assert len(lines) >= 5
    known = {
        re.sub(r"[\s\u00a0]", "", getattr(figures, name).value["value"])
        for name in ("REPORTS", "DEGRADED", "MALICIOUS", "EXERCISES")
    }
    shown = {re.sub(r"\s", "", value) for value in re.findall(r"<b>(.*?)</b>", KEY_FIGURES)}
    assert known <= shown
    for line in lines:
        assert re.search(r"\([^)]*(2019|2024)\)", line), line


@each_kit
def test_a_kit_names_starter_assets_in_order(kit: StarterKit) -> None:
    known = {asset.slug for asset in (*SERIES, *VIDEOS, *TEXTS)}
    assert {item.asset for item in kit.items} <= known
    assert len(kit.items) >= 5
    for item in kit.items:
        for field, value in (("moment", item.moment), ("place", item.place), ("note", item.note)):
            assert len(french(value)) <= (KitItem._meta.get_field(field).max_length or 0)


@pytest.fixture
def gallery(db: None) -> ResourcesIndexPage:
    index = resources_index()
    resources_load(index)
    return index


def test_texts_and_kits_are_published_complete(gallery: ResourcesIndexPage, client: Client) -> None:
    pages = [*TextAssetPage.objects.child_of(gallery), *KitPage.objects.child_of(gallery)]
    assert len(pages) == len(TEXTS) + len(KITS)
    for page in pages:
        page.full_clean()
        assert page.live
        assert client.get(page.url).status_code == 200
    kit = KitPage.objects.get(slug="kit-hameconnage")
    steps = [item.asset.slug for item in kit.items.all()]
    assert steps == [item.asset for item in KITS[1].items]


def test_a_step_whose_asset_was_taken_out_is_left_out(gallery: ResourcesIndexPage) -> None:
    for page in gallery.get_children().filter(slug__startswith="kit-"):
        page.delete()
    gallery.get_children().get(slug="ma-carte-ne-se-prete-pas").delete()
    index = ResourcesIndexPage.objects.get(pk=gallery.pk)
    assert kits_load(index, taken=set(), audiences={}) == len(KITS)
    steps = KitItem.objects.filter(kit__slug="kit-salle-de-soins")
    assert steps.exists()
    assert not steps.filter(asset__slug="ma-carte-ne-se-prete-pas").exists()
