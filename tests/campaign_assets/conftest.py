from __future__ import annotations

import pytest

from campaign_assets.models import ResourcesIndexPage

from .factories import resources_index


@pytest.fixture
def gallery(db: None) -> ResourcesIndexPage:
    return resources_index()
