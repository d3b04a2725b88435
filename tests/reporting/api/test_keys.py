"""Keys: shown once, never stored, no more than their owner's rights."""

from __future__ import annotations

import datetime as dt
import html
import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.models import Grant
from reporting.api.keys import key_authenticate, key_make
from reporting.models import AccessKey
from tests.organisation.factories import AccountFactory, EstablishmentFactory, GrantFactory
from users.models import AuditEntry, User
from users.privacy.registry import kept_data, subject_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()


@pytest.fixture
def reader() -> User:
    user: User = GrantFactory(establishment=EstablishmentFactory()).user
    return user


@pytest.fixture
def signed_in(reader: User, client: Client) -> Client:
    client.force_login(reader)
    return client


KEYS = "/couverture/programmes/cles/"


def make(client: Client, **fields: Any) -> Any:
    uid = re.search(r'name="uid" value="([^"]+)"', client.get(KEYS).content.decode())
    assert uid
    return client.post(KEYS, {"uid": uid[1], "name": "Tableau de bord", "days": "90", **fields})


def token_in(answer: Any) -> str:
    found = re.search(r"tcv_[0-9a-f]{32}_[\w-]{43}", html.unescape(answer.content.decode()))
    return found[0] if found else ""


def ask(token: str, client: Client | None = None, name: str = "places", **given: Any) -> Any:
    address = reverse(f"coverage-api:{name}", kwargs=given)
    return (client or Client()).get(address, headers={"Authorization": f"Bearer {token}"})


def test_it_is_shown_once_and_kept_as_a_digest(signed_in: Client, reader: User) -> None:
    answer = make(signed_in)
    token = token_in(answer)
    assert ask(token).status_code == 200
    assert "no-store" in answer["Cache-Control"]
    key = AccessKey.objects.get()
    secret = token.rsplit("_", 1)[-1] if token.count("_") == 2 else token[37:]
    assert secret not in str(AccessKey.objects.values())
    assert not token_in(signed_in.get(KEYS))
    entry = AuditEntry.objects.get(action="coverage.key_create")
    assert entry.target == f"coverage_key:{key.key}"
    assert secret not in str(entry.details)
    assert key.expires_at - key.created_at == dt.timedelta(days=90)


def test_the_same_form_makes_one_key(signed_in: Client) -> None:
    data = {"uid": str(uuid.uuid4()), "name": "A", "days": "30"}
    assert token_in(signed_in.post(KEYS, data))
    again = signed_in.post(KEYS, data)
    assert not token_in(again)
    assert "existe déjà" in again.content.decode()
    assert AccessKey.objects.count() == 1


@pytest.mark.parametrize("days", ["366", "0", "-1", "x", ""])
def test_no_key_outlives_a_year(signed_in: Client, reader: User, days: str) -> None:
    assert not token_in(make(signed_in, days=days))
    assert not AccessKey.objects.exists()


def test_a_key_without_a_name_is_told_and_nothing_lost(signed_in: Client) -> None:
    answer = make(signed_in, name="  ", days="365")
    assert answer.status_code == 200
    assert 'value="365" selected' in answer.content.decode()
    assert not AccessKey.objects.exists()


def test_ten_are_enough(signed_in: Client) -> None:
    for _ in range(10):
        assert token_in(make(signed_in))
    answer = make(signed_in)
    assert not token_in(answer)
    assert "révoquez-en une" in answer.content.decode()


def token_of(user: User, days: int = 30) -> str:
    _key, token = key_make(user=user, uid=uuid.uuid4(), name="Essai", days=days, now=timezone.now())
    return token


def test_it_carries_its_owners_present_rights(reader: User) -> None:
    token = token_of(reader)
    house = Grant.objects.get(user=reader).establishment
    assert house is not None
    there, elsewhere = {"uid": house.uid}, {"uid": EstablishmentFactory().uid}
    assert ask(token, name="establishment_matrix", **there).status_code == 200
    assert ask(token, name="establishment_matrix", **elsewhere).status_code == 403
    assert ask(token, name="nation_grid").status_code == 403
    Grant.objects.filter(user=reader).update(ends_on=timezone.localdate())
    assert ask(token, name="establishment_matrix", **there).status_code == 403


def test_a_switched_off_account_opens_nothing(reader: User) -> None:
    token = token_of(reader)
    reader.is_active = False
    reader.save()
    assert ask(token).status_code == 401


def test_it_expires(reader: User) -> None:
    token = token_of(reader)
    AccessKey.objects.update(expires_at=timezone.now())
    assert ask(token).status_code == 401


def test_wrong_ones_are_refused_whatever_the_session(signed_in: Client, reader: User) -> None:
    token = token_of(reader)
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (changed, "tcv_x", "", "é" * 80, token + "x", f"tcv_{'0' * 32}_{token[37:]}"):
        assert ask(wrong, signed_in).status_code == 401, wrong
    address = reverse("coverage-api:places")
    assert signed_in.get(address, headers={"Authorization": "Basic YTpi"}).status_code == 401
    assert signed_in.get(address).status_code == 200


def test_it_reads_the_api_alone(reader: User) -> None:
    headers = {"Authorization": f"Bearer {token_of(reader)}"}
    for address in (KEYS, reverse("reporting:home")):
        assert Client().get(address, headers=headers).status_code == 302


def test_the_last_use_is_shown(signed_in: Client, reader: User) -> None:
    token = token_of(reader)
    assert "Jamais utilisée" in signed_in.get(KEYS).content.decode()
    ask(token)
    assert "Dernière utilisation" in signed_in.get(KEYS).content.decode()
    entry = AuditEntry.objects.get(action="coverage.api_read")
    assert entry.details["how"] == f"key:{AccessKey.objects.get().key}"


def test_revoked_with_confirmation_for_ever(signed_in: Client, reader: User) -> None:
    token = token_of(reader)
    key = AccessKey.objects.get()
    address = reverse("reporting:api_key_revoke", args=[key.uid])
    assert signed_in.get(address).status_code == 200
    assert ask(token).status_code == 200
    assert signed_in.post(address).status_code == 302
    assert signed_in.post(address).status_code == 302
    assert ask(token).status_code == 401
    assert AuditEntry.objects.filter(action="coverage.key_revoke").count() == 1
    assert "révoquée le" in signed_in.get(KEYS).content.decode()


def test_anothers_key_does_not_exist(reader: User) -> None:
    token = token_of(reader)
    other = Client()
    other.force_login(GrantFactory(establishment=EstablishmentFactory()).user)
    address = reverse("reporting:api_key_revoke", args=[AccessKey.objects.get().uid])
    assert other.get(address).status_code == 404
    assert other.post(address).status_code == 404
    assert ask(token).status_code == 200


def test_who_reads_nothing_makes_none_and_may_still_revoke(client: Client) -> None:
    user = AccountFactory()
    token_of(user)
    client.force_login(user)
    assert client.get(KEYS).status_code == 403
    assert (
        client.post(KEYS, {"uid": str(uuid.uuid4()), "name": "A", "days": "30"}).status_code == 403
    )
    address = reverse("reporting:api_key_revoke", args=[AccessKey.objects.get().uid])
    assert client.post(address).status_code == 302
    assert AccessKey.objects.get().revoked_at is not None


def test_erasing_the_account_takes_them(reader: User) -> None:
    token = token_of(reader)
    (entry,) = [one for one in kept_data() if one.key == "coverage_keys"]
    assert entry.erase
    entry.erase(subject_of(reader), timezone.now())
    assert not AccessKey.objects.exists()
    assert key_authenticate(token=token) is None
