"""Short addresses: from the paper to the page, and to nowhere else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from campaign_assets.branding.selectors import brand_of
from campaign_assets.designs import FORMATS, rendered
from campaign_assets.models import ShortLink
from campaign_assets.workshop.drawing import Output, work_of
from campaign_assets.workshop.services import SIGNS, adaptation_delete, adaptation_save, code_draw
from organisation.services.codes import ALPHABET
from tests.campaign_assets.factories import DrawnPosterFactory
from tests.support.pdf import pdf_codes


@pytest.fixture
def module(gallery):
    """Any page of the site will do."""
    page = Page(title="Reconnaître l’hameçonnage", slug="hameconnage")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=page)
    return page


@pytest.fixture
def poster(gallery, module):
    return DrawnPosterFactory(parent=gallery, slug="je-verrouille", leads_to=module)


@pytest.fixture
def adaptation(poster, house, officer):
    return adaptation_save(
        page=poster,
        establishment=house,
        texts={"gesture": "Windows + L."},
        placement="Salle de pause, 3e étage",
        actor=officer,
        now=timezone.now(),
    )


@pytest.fixture
def link(adaptation):
    return adaptation.short_link


def test_it_leads_to_the_module_and_says_by_which_poster(client, link, module):
    response = client.get(f"/a/{link.code}/")
    assert response.status_code == 302
    assert response["Location"] == f"{module.url}?affiche={link.code}"
    assert "no-store" in response["Cache-Control"]


def test_it_is_read_however_it_is_typed(client, link):
    typed = link.code.lower().replace("0", "o").replace("1", "l")
    assert client.get(f"/a/{typed[:3]}-{typed[3:]}/").status_code == 302


@pytest.mark.parametrize("headers", [{}, {"Sec-Purpose": "prefetch"}, {"User-Agent": "bot"}])
def test_machines_that_look_ahead_change_nothing(client, link, headers):
    before = ShortLink.objects.values().get()
    assert client.head(f"/a/{link.code}/", headers=headers).status_code == 302
    assert ShortLink.objects.values().get() == before
    assert client.post(f"/a/{link.code}/").status_code == 405


def test_it_asks_little(client, link):
    client.get(f"/a/{link.code}/")
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/a/{link.code}/")
    assert len(queries) <= 4


def test_a_poster_without_a_module_leads_to_its_own_page(client, gallery, house, officer):
    poster = DrawnPosterFactory(parent=gallery)
    adaptation = adaptation_save(
        page=poster,
        establishment=house,
        texts={},
        placement="",
        actor=officer,
        now=timezone.now(),
    )
    response = client.get(f"/a/{adaptation.short_link.code}/")
    assert response["Location"].startswith(poster.url)


def test_when_the_module_is_gone_the_poster_explains_itself(client, link, module, poster):
    module.unpublish()
    assert client.get(f"/a/{link.code}/")["Location"].startswith(poster.url)
    module.delete()
    assert client.get(f"/a/{link.code}/")["Location"].startswith(poster.url)


def test_when_all_is_gone_a_kind_page_says_so(client, link, module, poster):
    module.delete()
    poster.delete()
    response = client.get(f"/a/{link.code}/")
    assert response.status_code == 410
    assert "a fait son temps" in response.content.decode()


def test_an_unknown_code_gets_a_kind_page(client, db):
    response = client.get("/a/0000000/")
    assert response.status_code == 404
    assert "ne mène nulle part" in response.content.decode()


def test_it_outlives_its_adaptation(client, adaptation, officer, module):
    code = adaptation.short_link.code
    adaptation_delete(adaptation=adaptation, actor=officer)
    assert client.get(f"/a/{code}/")["Location"].startswith(module.url)


def test_it_never_leads_to_another_site(client, link, module):
    elsewhere = Page(title="Ailleurs", slug="ailleurs")
    Page.objects.get(depth=1).add_child(instance=elsewhere)
    Site.objects.create(hostname="ailleurs.test", root_page=elsewhere)
    ShortLink.objects.update(target=elsewhere)
    response = client.get(f"/a/{link.code}/")
    assert response.status_code == 410


def test_codes_have_no_signs_that_look_alike():
    codes = [code_draw() for _turn in range(200)]
    assert len(set(codes)) == 200
    assert all(len(code) == SIGNS and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("ILOU")


@pytest.mark.parametrize("format_key", ["a3", "a4", "a5"])
@pytest.mark.parametrize("bleed", [False, True])
def test_the_code_on_paper_leads_to_the_short_address(adaptation, settings, format_key, bleed):
    settings.WAGTAILADMIN_BASE_URL = "https://formation.cybersecurite-des-hopitaux.example"
    work = work_of(
        adaptation.page.specific,
        brand_of(adaptation.establishment),
        adaptation.texts,
        Output(FORMATS[format_key], "pdf", bleed),
        code=adaptation.short_link.code,
    )
    assert pdf_codes(rendered(work, "pdf")) == [
        f"{settings.WAGTAILADMIN_BASE_URL}/a/{adaptation.short_link.code}/"
    ]
