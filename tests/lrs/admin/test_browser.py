"""The operators' screens in a real browser: accessible, narrow, under the admin's policy."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from playwright.sync_api import expect

from lrs.identifiers import account_agent
from lrs.models import Credential, Statement
from lrs.services import (
    PLATFORM,
    credential_authenticate,
    credential_create,
    credential_revoke,
    source_of,
    statements_store,
)
from lrs.xapi.vocabulary import activity_types, verbs
from tests.lrs.factories import statement, voiding
from users.models import User

NAME = "Mots de passe " + "x" * 300


@pytest.fixture
def operator(transactional_db: None) -> User:
    return User.objects.create_superuser("operatrice@campagne.test")


@pytest.fixture
def record(transactional_db: None) -> None:
    """Two credentials, one of them revoked, and statements of both kinds, one of them voided."""
    credential, _secret = credential_create(name="LMS du CHU", scopes=["statements/write", "state"])
    old, _secret = credential_create(name="Ancien LMS", scope="all")
    credential_revoke(credential=old, reason="Fin du marché", actor=None)
    obj = {
        "id": "https://lms.test/a/1",
        "definition": {"type": activity_types.MODULE, "name": {"fr": NAME}},
    }
    passed = statement(verb={"id": verbs.PASSED}, object=obj, result={"score": {"scaled": 0.86}})
    outside = source_of(credential)
    statements_store(statements=[passed], source=outside)
    statements_store(statements=[voiding(passed["id"])], source=outside)
    more = [statement(actor=account_agent(uuid.uuid4())) for _ in range(60)]
    statements_store(statements=more, source=PLATFORM)


def addresses() -> list[str]:
    credential = Credential.objects.get(name="LMS du CHU")
    base = f"/admin/xapi/acces/{credential.pk}/"
    voided = Statement.objects.get(is_voided=True)
    old = Credential.objects.get(name="Ancien LMS")
    return [
        "/admin/xapi/acces/",
        "/admin/xapi/acces/new/",
        base,
        f"{base}edit/",
        f"{base}rotate/",
        f"{base}revoke/",
        f"/admin/xapi/acces/{old.pk}/",
        "/admin/xapi/traces/",
        "/admin/xapi/traces/?voided=yes",
        "/admin/xapi/traces/?person=faux",
        f"/admin/xapi/traces/{voided.statement_id}/",
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_screens_have_no_violation(
    record: None, operator: User, page_factory: Any, login: Any, axe_check: Any, width: int
) -> None:
    page = page_factory(width)
    login(page, operator)
    for address in addresses():
        assert page.goto(address).status == 200
        axe_check(page)
        expect(page.locator("h1")).to_have_count(1)


def test_a_secret_is_copied_under_the_policy_of_the_admin(
    operator: User, page_factory: Any, login: Any, axe_check: Any
) -> None:
    page = page_factory(1280, permissions=["clipboard-read", "clipboard-write"])
    login(page, operator)
    page.goto("/admin/xapi/acces/new/")
    page.get_by_label("Nom").fill("LMS du CHU")
    page.get_by_label("Lire et écrire les états").check()
    page.get_by_role("button", name="Créer l’accès").click()
    expect(page.get_by_text("il ne sera plus jamais montré")).to_be_visible()
    axe_check(page)
    page.get_by_role("button", name="Copier le secret").click()
    expect(page.get_by_role("status").get_by_text("Copié.")).to_be_visible()
    secret = page.evaluate("navigator.clipboard.readText()")
    credential = Credential.objects.get()
    assert credential_authenticate(key=credential.key, secret=secret) == credential
    assert secret not in page.url
    page.get_by_role("link", name="revenir à l’accès").click()
    expect(page.get_by_text(credential.key)).to_be_visible()
    assert secret not in page.content()


def test_everything_works_without_a_script(
    record: None, operator: User, page_factory: Any, login: Any
) -> None:
    page = page_factory(1280, javascript=False)
    login(page, operator)
    page.goto("/admin/xapi/acces/")
    page.get_by_role("link", name="LMS du CHU").click()
    page.get_by_role("link", name="Renouveler le secret").click()
    page.get_by_label("7 jours").check()
    page.get_by_role("button", name="Renouveler le secret").click()
    assert len(page.locator("#lrs-secret").input_value()) >= 43
    page.goto("/admin/xapi/traces/")
    page.get_by_role("link", name="Traces plus anciennes").click()
    page.get_by_role("link", name="Revenir aux plus récentes").click()
    page.get_by_text("Filtrer les traces").click()
    page.get_by_label("Traces annulées").select_option("yes")
    page.get_by_role("button", name="Filtrer").click()
    page.get_by_role("link", name="a réussi le module").click()
    expect(page.get_by_text("Cette trace est annulée")).to_be_visible()
    page.get_by_role("link", name="a annulé la trace").click()
    expect(page.get_by_role("heading", name="Se rapporte à")).to_be_visible()
