"""What hospitals made goes along when they become one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from campaign_assets.branding.selectors import brand_of
from campaign_assets.branding.services import BrandDraft, brand_save
from campaign_assets.models import Adaptation, BrandState, ShortLink
from campaign_assets.workshop.services import adaptation_save
from organisation.services import Contacts, establishments_merge
from tests.campaign_assets.factories import DrawnPosterFactory
from tests.organisation.factories import EstablishmentFactory

DAY = dt.date(2026, 3, 1)


@pytest.fixture
def group(db):
    return EstablishmentFactory(name="Groupe hospitalier")


def card(house, officer, name):
    draft = BrandDraft(name, "", "#0f1b4c", Contacts())
    return brand_save(establishment=house, draft=draft, seen=0, actor=officer, now=timezone.now())


def adapted(house, officer, page):
    return adaptation_save(
        page=page,
        establishment=house,
        texts={"gesture": "Windows + L."},
        placement="Accueil",
        actor=officer,
        now=timezone.now(),
    )


def test_a_card_goes_along(house, group, officer):
    card(house, officer, "CH de Vannes")
    establishments_merge(targets={house.pk: group.pk}, on=DAY)
    assert brand_of(group).name == "CH de Vannes"


def test_a_card_that_is_there_stays(house, group, officer):
    card(house, officer, "CH de Vannes")
    card(group, officer, "Groupe")
    establishments_merge(targets={house.pk: group.pk}, on=DAY)
    assert brand_of(group).name == "Groupe"
    assert BrandState.objects.count() == 2


def test_adaptations_and_codes_go_along_even_when_both_have_the_same(
    gallery, house, group, officer
):
    page = DrawnPosterFactory(parent=gallery)
    codes = {adapted(one, officer, page).short_link.code for one in (house, group)}
    establishments_merge(targets={house.pk: group.pk}, on=DAY)
    assert Adaptation.objects.filter(establishment=group).count() == 2
    assert set(ShortLink.objects.filter(establishment=group).values_list("code", flat=True)) == (
        codes
    )
