"""The calendar in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Site

from starter.sample.meetings import sample_meetings_load

from .factories import MeetingsIndexPageFactory

pytestmark = pytest.mark.browser
PAGES = ("", "exemple-la-reunion/", "?region=94&quand=passees")


@pytest.mark.parametrize("width", [1280, 390])
def test_meetings_are_accessible(
    transactional_db: None, page_factory: Callable[..., Any], axe_check: Any, width: int
) -> None:
    index = MeetingsIndexPageFactory(parent=Site.objects.get(is_default_site=True).root_page)
    sample_meetings_load(index, now=timezone.now())
    page = page_factory(width)
    for address in PAGES:
        page.goto(index.url + address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
