from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client

from organisation.models import Establishment
from tests.organisation.factories import EstablishmentFactory, GrantFactory
from users.models import User


@pytest.fixture(autouse=True)
def _own_files(settings: LazySettings, tmp_path: Path) -> None:
    storages = {name: dict(one) for name, one in settings.STORAGES.items()}
    options = {**storages["private"]["OPTIONS"], "location": str(tmp_path)}
    storages["private"] = {**storages["private"], "OPTIONS": options}
    settings.STORAGES = storages


@pytest.fixture
def house(db: None) -> Establishment:
    establishment: Establishment = EstablishmentFactory(
        name="Centre hospitalier de Vannes", hotline="02 97 00 00 00"
    )
    return establishment


@pytest.fixture
def officer(house: Establishment) -> User:
    """Who speaks for the house, and for no other."""
    user: User = GrantFactory(to_communicate=True, establishment=house).user
    return user


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    def make(user: Any) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
