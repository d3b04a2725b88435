"""Users around the record store, and clients for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from users.models import User

CREDENTIALS = ("view_credential", "add_credential", "change_credential")
OPERATOR = (*CREDENTIALS, "view_statement")

ClientFor = Callable[..., Client]


@pytest.fixture
def client_for(db: None) -> ClientFor:
    """`client_for(*codenames)`: someone who may enter the admin, with these rights on the store."""

    def make(*codenames: str) -> Client:
        user = User.objects.create_user(f"{'-'.join(codenames) or 'plume'}@campagne.test")
        user.user_permissions.set(
            Permission.objects.filter(codename__in=["access_admin", *codenames])
        )
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def operator(client_for: ClientFor) -> Client:
    return client_for(*OPERATOR)
