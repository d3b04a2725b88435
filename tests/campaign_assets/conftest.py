from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from campaign_assets.models import ResourcesIndexPage
from organisation.models import Establishment
from tests.organisation.factories import EstablishmentFactory, GrantFactory
from tests.support.files import private_files
from users.models import User

from .factories import resources_index


@pytest.fixture
def gallery(db: None) -> ResourcesIndexPage:
    return resources_index()


@pytest.fixture
def private_folder(tmp_path: Path) -> Iterator[Path]:
    """What is private, for this test alone."""
    with private_files(tmp_path):
        yield tmp_path


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
