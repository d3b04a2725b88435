from __future__ import annotations

import pytest
from wagtail.models import Site

from meetings.models import MeetingsIndexPage

from .factories import MeetingsIndexPageFactory


@pytest.fixture
def calendar(db: None) -> MeetingsIndexPage:
    root = Site.objects.get(is_default_site=True).root_page
    index: MeetingsIndexPage = MeetingsIndexPageFactory(parent=root)
    return index
