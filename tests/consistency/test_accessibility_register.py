"""Every page type is swept by axe in a real browser; the register says where."""

from __future__ import annotations

import pytest
from wagtail.models import get_page_models

from .rooms import ROOT

# Page type → the test file whose sweep opens a page of it.
SWEPT = {
    "cms.HomePage": "tests/cms/test_browser.py",
    "cms.StandardPage": "tests/cms/test_browser.py",
    "cms.IncidentPage": "tests/cms/test_browser.py",
    "courses.ModuleIndexPage": "tests/courses/test_screens.py",
    "courses.ModulePage": "tests/courses/test_screens.py",
    "courses.LessonPage": "tests/courses/test_screens.py",
    "campaign_assets.ResourcesIndexPage": "tests/campaign_assets/test_browser.py",
    "campaign_assets.PosterPage": "tests/campaign_assets/test_browser.py",
    "campaign_assets.CardPage": "tests/campaign_assets/test_browser.py",
    "campaign_assets.VisualPage": "tests/campaign_assets/test_browser.py",
    "campaign_assets.TextAssetPage": "tests/campaign_assets/test_library_browser.py",
    "campaign_assets.KitPage": "tests/campaign_assets/test_library_browser.py",
    "campaign_assets.VideoPage": "tests/campaign_assets/test_browser.py",
    "meetings.MeetingsIndexPage": "tests/meetings/test_browser.py",
    "meetings.MeetingPage": "tests/meetings/test_browser.py",
}
BASES = {"wagtailcore.Page", "campaign_assets.AssetPage"}  # never shown as themselves


def test_every_page_type_is_in_the_register() -> None:
    assert {model._meta.label for model in get_page_models()} - BASES == set(SWEPT)


@pytest.mark.parametrize("file", sorted(set(SWEPT.values())))
def test_the_sweep_is_there(file: str) -> None:
    text = (ROOT / file).read_text()
    assert "axe_check(" in text
    assert "390" in text
    assert "1280" in text
