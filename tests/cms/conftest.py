from __future__ import annotations

from typing import Any

import pytest

from cms.models import HomePage
from tests.cms.factories import home_make, incident_make, standard_make


@pytest.fixture
def home(db: None) -> HomePage:
    """A home page with a page in the menu, one outside of it, and the incident page."""
    home = home_make()
    standard_make(home, "La campagne", show_in_menus=True)
    standard_make(home, "Mentions légales")
    incident_make(home)
    return HomePage.objects.get(pk=home.pk)  # as the tree has it now


@pytest.fixture
def reader(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user("lecteur@test.fr", "une phrase bien longue")
