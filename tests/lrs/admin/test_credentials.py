"""The screens of credentials: who opens them, what they do, and that a secret is seen once."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lrs.models import Credential
from lrs.services import (
    OPERATORS,
    credential_authenticate,
    credential_create,
    credential_revoke,
    credential_rotate,
    operators_group_ensure,
    source_of,
    statements_store,
)
from tests.lrs.admin.conftest import CREDENTIALS, OPERATOR, ClientFor
from tests.lrs.factories import statement
from users.models import AuditEntry, User

pytestmark = pytest.mark.django_db

INDEX = "/admin/xapi/acces/"
NEW = f"{INDEX}new/"
SECRET = re.compile(r'id="lrs-secret"[^>]*value="([^"]+)"')


def make(name: str = "LMS", **fields: Any) -> tuple[Credential, str]:
    return credential_create(name=name, **{"scope": "statements/write", **fields})


def address(view: str, credential: Credential) -> str:
    return reverse(f"acces_xapi:{view}", args=[credential.pk])


def fields_of(client: Client, url: str) -> dict[str, Any]:
    """What the browser would send if nothing was typed."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() is not None}


def new(client: Client, **changes: Any) -> Any:
    return client.post(NEW, {**fields_of(client, NEW), "name": "LMS", **changes})


def shown_secret(response: Any) -> str:
    assert response.status_code == 200, response
    found = SECRET.search(response.text)
    assert found, response.text
    return found.group(1)


class TestWho:
    @pytest.mark.parametrize("kind", ["anonymous", "account", "editor", "browser"])
    def test_is_closed_to_everybody_else(self, client_for: ClientFor, kind: str) -> None:
        credential, _secret = make()
        client = Client()
        if kind == "account":
            client.force_login(User.objects.create_user("lectrice@campagne.test"))
        elif kind != "anonymous":
            client = client_for(*(("view_statement",) if kind == "browser" else ()))
        for url in (INDEX, f"{INDEX}results/", NEW):
            assert client.get(url).status_code in (302, 403), url
        for view in ("inspect", "edit", "rotate", "revoke"):
            url = address(view, credential)
            for response in (client.get(url), client.post(url, {"reason": "x", "grace": 0})):
                assert response.status_code in (302, 403), url
                assert credential.key not in response.text
        assert credential.secret_hash == Credential.objects.get().secret_hash
        assert INDEX not in client.get("/admin/").text

    def test_reading_changes_nothing(self, client_for: ClientFor) -> None:
        credential, _secret = make()
        client = client_for("view_credential")
        assert credential.name in client.get(INDEX).text
        page = client.get(address("inspect", credential))
        assert credential.key in page.text
        for view in ("edit", "rotate", "revoke"):
            assert address(view, credential) not in page.text
            assert client.get(address(view, credential)).status_code in (302, 403)
        assert client.get(NEW).status_code in (302, 403)
        assert NEW not in client.get(INDEX).text

    def test_making_and_changing_are_apart(self, client_for: ClientFor) -> None:
        credential, _secret = make()
        maker, changer = client_for("add_credential"), client_for("change_credential")
        assert maker.get(NEW).status_code == 200
        assert maker.get(address("edit", credential)).status_code in (302, 403)
        assert changer.get(NEW).status_code in (302, 403)
        assert changer.get(address("rotate", credential)).status_code == 200

    def test_the_menu_shows_it_to_operators(self, operator: Client) -> None:
        page = operator.get("/admin/").text
        assert INDEX in page
        assert "Traces xAPI" in page

    def test_no_address_deletes(self, operator: Client) -> None:
        for name in ("delete", "usage", "history", "copy"):
            assert operator.get(f"{INDEX}{name}/1/").status_code == 404

    def test_groups_can_be_given_these_rights_but_no_deletion(self, operator: Client) -> None:
        client = Client()
        client.force_login(User.objects.create_superuser("admin@campagne.test"))
        page = client.get(reverse("wagtailusers_groups:add"))
        registered = {
            permission.codename
            for permission in page.context["form"].fields["permissions"].queryset
            if permission.content_type.app_label == "lrs"
        }
        assert set(OPERATOR) <= registered
        assert not {name for name in registered if name.startswith("delete_")}


def test_the_group_of_operators_opens_both_screens() -> None:
    for _ in range(2):  # may be called again
        group = operators_group_ensure()
    user = User.objects.create_user("exploitante@campagne.test")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    assert client.get(NEW).status_code == 200
    assert client.get("/admin/xapi/traces/").status_code == 200
    assert client.get("/admin/users/").status_code in (302, 403)
    assert Group.objects.filter(name=OPERATORS).count() == 1


class TestListing:
    def test_shows_state_and_last_use(self, operator: Client) -> None:
        make("Jamais servi")
        used, secret = make("Servi")
        credential_authenticate(key=used.key, secret=secret)
        page = operator.get(INDEX).text
        assert "jamais" in page
        assert f"{timezone.localdate():%d/%m/%Y}" in page

    def test_filters_by_state(self, operator: Client) -> None:
        now = timezone.now()
        make("Courant")
        make("Bientôt fini", expires_at=now + dt.timedelta(days=3))
        over, _secret = make("Fini")
        Credential.objects.filter(pk=over.pk).update(expires_at=now - dt.timedelta(days=3))
        credential_revoke(credential=make("Retiré")[0], reason="Perdu", actor=None)
        names = {"active": "Courant", "soon": "Bientôt fini", "expired": "Fini"}
        for state, name in {**names, "revoked": "Retiré"}.items():
            rows = operator.get(INDEX, {"state": state}).context["object_list"]
            assert [row.name for row in rows] == [name]

    def test_finds_by_name_key_and_establishment(self, operator: Client) -> None:
        wanted, _secret = make("Cornouaille", establishment_scope="290000017")
        make("Autre")
        for text in ("cornou", wanted.key, "290000017"):
            assert list(operator.get(INDEX, {"q": text}).context["object_list"]) == [wanted]

    def test_makes_the_same_queries_for_twice_the_rows(self, operator: Client) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as context:
                operator.get(INDEX)
            return len(context)

        make()
        queries()  # warms what is cached for good
        first = queries()
        for number in range(5):
            make(f"LMS {number}")
        assert queries() == first


class TestCreating:
    def test_shows_the_secret_once(self, operator: Client) -> None:
        response = new(operator, scopes=["statements/write", "state"], is_trusted="on")
        secret = shown_secret(response)
        credential = Credential.objects.get()
        assert credential_authenticate(key=credential.key, secret=secret) == credential
        assert (credential.scopes, credential.is_trusted) == (["statements/write", "state"], True)
        assert "no-store" in response["Cache-Control"]
        for url in (INDEX, address("inspect", credential), address("edit", credential)):
            assert secret not in operator.get(url).text

    def test_asks_for_little_by_itself(self, operator: Client) -> None:
        """Part Three 4.2.s6.b2."""
        shown_secret(new(operator))
        credential = Credential.objects.get()
        assert credential.scopes == ["statements/write", "statements/read/mine"]
        assert not credential.is_trusted

    def test_sent_again_makes_no_second_one(self, operator: Client) -> None:
        data = {**fields_of(operator, NEW), "name": "LMS"}
        secret = shown_secret(operator.post(NEW, data))
        again = operator.post(NEW, data, follow=True)
        credential = Credential.objects.get()
        assert again.redirect_chain == [(address("inspect", credential), 302)]
        assert "déjà créé" in again.text
        assert secret not in again.text

    def test_a_made_up_token_is_refused(self, operator: Client) -> None:
        assert new(operator, token="6d2ee0f2-1f0e-4d6e-a8b8-6d8a5f6c1a11").status_code == 200
        assert not Credential.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"scopes": []}, "scopes"),
            ({"scopes": ["all/read"], "is_trusted": "on"}, "is_trusted"),
            ({"expires_at": "2020-01-01T00:00"}, "expires_at"),
            ({"name": ""}, "name"),
            ({"scopes": ["everything"]}, "scopes"),
        ],
    )
    def test_says_what_cannot_be(
        self, operator: Client, changes: dict[str, Any], field: str
    ) -> None:
        response = new(operator, **changes)
        [(name, (message,))] = response.context["form"].errors.items()
        assert name == field
        assert message in response.text
        assert not Credential.objects.exists()

    def test_keeps_the_secret_nowhere(
        self, operator: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        with CaptureQueriesContext(connection) as queries, caplog.at_level("DEBUG"):
            secret = shown_secret(new(operator))
        sessions = [session.get_decoded() for session in Session.objects.all()]
        kept = [query["sql"] for query in queries] + [caplog.text, str(sessions)]
        kept += [json.dumps(entry.details) for entry in AuditEntry.objects.all()]
        kept += [str(cookie) for cookie in operator.cookies.values()]
        assert not any(secret in text for text in kept)


class TestChanging:
    def test_writes_through_the_service(self, operator: Client) -> None:
        credential, _secret = make()
        url = address("edit", credential)
        data = {**fields_of(operator, url), "name": "LMS du CHU", "scopes": ["state"]}
        response = operator.post(url, {**data, "expires_at": "2999-01-01T12:00"}, follow=True)
        assert response.redirect_chain == [(address("inspect", credential), 302)]
        credential.refresh_from_db()
        assert (credential.name, credential.scopes) == ("LMS du CHU", ["state"])
        assert credential.expires_at == dt.datetime(2999, 1, 1, 11, tzinfo=dt.UTC)  # Paris
        history = response.text
        for text in ("Modifié", "LMS → LMS du CHU", "Écrire des traces → Lire et écrire les états"):
            assert text in history
        assert "lrs.credential.update" in AuditEntry.objects.values_list("action", flat=True)

    def test_says_what_the_service_refuses(self, operator: Client) -> None:
        credential, _secret = make()
        url = address("edit", credential)
        data = {**fields_of(operator, url), "expires_at": "2020-01-01T00:00"}
        assert "L’expiration doit être à venir." in operator.post(url, data).text
        credential.refresh_from_db()
        assert credential.expires_at is None

    def test_an_expired_one_can_be_renamed(self, operator: Client) -> None:
        credential, _secret = make()
        past = timezone.now() - dt.timedelta(days=1)
        Credential.objects.update(expires_at=past)
        url = address("edit", credential)
        operator.post(url, {**fields_of(operator, url), "name": "Ancien", "expires_at": ""})
        assert Credential.objects.get().name == "Ancien"


class TestRotating:
    def test_shows_the_new_secret_once_and_keeps_the_old_for_a_while(
        self, operator: Client
    ) -> None:
        credential, first = make()
        url = address("rotate", credential)
        response = operator.post(url, {**fields_of(operator, url), "grace": 24})
        second = shown_secret(response)
        assert "no-store" in response["Cache-Control"]
        assert "accepté jusqu’au" in response.text
        for secret in (first, second):
            assert credential_authenticate(key=credential.key, secret=secret) == credential
        page = operator.get(address("inspect", credential)).text
        assert second not in page
        assert "Ancien secret accepté jusqu’au" in page
        assert "Secret renouvelé" in page

    def test_without_grace(self, operator: Client) -> None:
        credential, first = make()
        url = address("rotate", credential)
        response = operator.post(url, {**fields_of(operator, url), "grace": 0})
        assert "refusé dès maintenant" in response.text
        assert credential_authenticate(key=credential.key, secret=first) is None

    def test_sent_again_makes_no_second_one(self, operator: Client) -> None:
        credential, _first = make()
        url = address("rotate", credential)
        data = {**fields_of(operator, url), "grace": 0}
        second = shown_secret(operator.post(url, data))
        again = operator.post(url, data, follow=True)
        assert "vient déjà d’être renouvelé" in again.text
        assert credential_authenticate(key=credential.key, secret=second) == credential

    @pytest.mark.parametrize("grace", ["", "-1", "100000", "x"])
    def test_only_the_graces_on_offer(self, operator: Client, grace: str) -> None:
        credential, _first = make()
        response = operator.post(address("rotate", credential), {"seen": "", "grace": grace})
        assert response.context["form"].errors
        assert Credential.objects.get().rotated_at is None


class TestRevoking:
    def test_with_a_reason_and_for_ever(self, operator: Client) -> None:
        credential, secret = make()
        statements_store(statements=[statement()], source=source_of(credential))
        url = address("revoke", credential)
        assert "pour toujours" in operator.get(url).text
        assert operator.post(url, {"reason": ""}).context["form"].errors
        assert credential_authenticate(key=credential.key, secret=secret) == credential
        page = operator.post(url, {"reason": "Secret divulgué"}, follow=True).text
        assert "Secret divulgué" in page
        assert credential_authenticate(key=credential.key, secret=secret) is None
        for view in ("edit", "rotate", "revoke"):
            assert operator.get(address(view, credential)).status_code == 404
            assert address(view, credential) not in page
        assert operator.get(address("inspect", credential)).status_code == 200


def test_a_revocation_in_between_is_said(operator: Client, monkeypatch: Any) -> None:
    """Two operators at once: the second is told, not shown an error page."""
    credential, _secret = make()
    from lrs.admin import credentials as screens

    def revoked_meanwhile(**given: Any) -> Any:
        credential_revoke(credential=credential, reason="Perdu", actor=None)
        return credential_rotate(**given)

    monkeypatch.setattr(screens, "credential_rotate", revoked_meanwhile)
    response = operator.post(address("rotate", credential), {"seen": "", "grace": "0"})
    assert "Cet accès est révoqué." in response.text


def test_hostile_names_are_escaped(operator: Client) -> None:
    credential, _secret = make("<script>alert(1)</script>")
    for url in (INDEX, *(address(view, credential) for view in ("inspect", "edit", "rotate"))):
        assert "<script>alert(1)" not in operator.get(url).text


def test_history_tells_the_command_line_too(operator: Client) -> None:
    credential, _secret = make()
    assert "ligne de commande" in operator.get(address("inspect", credential)).text


def test_the_way_to_statements_is_for_those_who_may(client_for: ClientFor) -> None:
    credential, _secret = make()
    url = address("inspect", credential)
    assert "/admin/xapi/traces/" in client_for(*OPERATOR).get(url).text
    assert "/admin/xapi/traces/" not in client_for(*CREDENTIALS).get(url).text
