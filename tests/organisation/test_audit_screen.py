"""The audit log in the admin, what the admin records, and the files."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from organisation.services import operators_hold_their_rights
from tests.organisation.factories import AccountFactory, AppointmentFactory
from users.models import AuditEntry, User
from users.services import audit_record

pytestmark = pytest.mark.django_db
URL = "/admin/journal/"


@pytest.fixture
def operator() -> Client:
    operators_hold_their_rights()
    user = AccountFactory(first_name="Odile", last_name="Garnier")
    user.groups.set(Group.objects.filter(name="Exploitation"))
    return client_of(user)


@pytest.fixture
def admin() -> Client:
    return client_of(AccountFactory(is_superuser=True, is_staff=True))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def entries() -> None:
    nadia = AccountFactory(first_name="Nadia", last_name="Le Goff", email="nadia@hopital.test")
    audit_record(actor=nadia, action="coverage.export", target="couverture-chu.csv")
    audit_record(actor=nadia, action="grant.give", target="grant:7", details={"right": "x"})
    audit_record(actor=None, action="register.import", target="=HYPERLINK(1)")


def rows(client: Client, **filters: str) -> list[str]:
    page = BeautifulSoup(client.get(URL, filters).content, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in page.select("table.listing tbody tr")]


def test_it_is_read_and_filtered_by_who_what_target_and_period(operator: Client) -> None:
    entries()
    assert len(rows(operator)) == 3
    assert "Habilitation accordée" in " ".join(rows(operator, action="grant.give"))
    for filters, targets in (
        ({"actor": "goff nadia"}, {"couverture-chu.csv", "grant:7"}),
        ({"actor": "nadia@hopital"}, {"couverture-chu.csv", "grant:7"}),
        ({"kind": "exports"}, {"couverture-chu.csv"}),
        ({"action": "register.import"}, {"HYPERLINK"}),
        ({"target": "grant:"}, {"grant:7"}),
        ({"at_to": "2020-01-01"}, set()),
        ({"at_from": "2020-01-01"}, {"couverture-chu.csv", "grant:7", "HYPERLINK"}),
    ):
        found = rows(operator, **filters)
        assert len(found) == len(targets), filters
        assert all(any(target in row for row in found) for target in targets)


def test_the_files_hold_what_the_filters_show_and_are_on_record(operator: Client) -> None:
    entries()
    answer = operator.get(f"{URL}fichier/csv/", {"kind": "people"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    header, only = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert header[:3] == ["Date et heure", "Auteur", "Action"]
    assert only[1:3] == ["la plateforme", "Registre des établissements importé"]
    assert only[4] == "'=HYPERLINK(1)"
    answer = operator.get(f"{URL}fichier/xlsx/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert cells["=HYPERLINK(1)"].data_type == "s"
    assert sheet.max_row == 1 + 3 + 2  # both exports are acts themselves
    exports = AuditEntry.objects.filter(action="audit.export").order_by("pk")
    assert [one.target for one in exports] == ["journal.csv", "journal.xlsx"]
    assert exports[0].details == {"filters": {"kind": "people"}}
    assert operator.get(f"{URL}fichier/pdf/").status_code == 404


def test_nobody_writes_it(admin: Client) -> None:
    entries()
    pk = AuditEntry.objects.first().pk
    for ending in ("new/", f"edit/{pk}/", f"delete/{pk}/", "create/"):
        assert admin.get(f"{URL}{ending}").status_code == 404


def test_whoever_may_not_gets_no_file() -> None:
    stranger = client_of(AccountFactory())
    assert stranger.get(f"{URL}fichier/csv/").status_code in (302, 403)
    assert not AuditEntry.objects.exists()


def test_queries_do_not_grow(operator: Client) -> None:
    def count(url: str) -> int:
        operator.get(url)
        with CaptureQueriesContext(connection) as queries:
            answer = operator.get(url)
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(queries)

    entries()
    urls = (URL, f"{URL}fichier/csv/", f"{URL}fichier/xlsx/")
    first = [count(url) for url in urls]
    for number in range(10):
        actor = AccountFactory()
        audit_record(actor=actor, action="grant.end", target=f"grant:{number}")
    assert [count(url) for url in urls] == first


def last(action: str) -> AuditEntry:
    return AuditEntry.objects.filter(action=action).latest("pk")


def test_lists_of_people_in_the_admin_are_on_record(admin: Client) -> None:
    AppointmentFactory()
    for path, how in (("agents", "person"), ("affectations", "appointment")):
        assert admin.get(f"/admin/{path}/").status_code == 200
        assert last("people.names_read").details == {"how": how, "rows": 1}


def test_accounts_and_their_groups_in_the_admin_are_on_record(admin: Client) -> None:
    group = Group.objects.create(name="Relecture nationale")
    user = AccountFactory(first_name="Ana", last_name="Roy")
    url = f"/admin/users/edit/{user.pk}/"
    form: dict[str, Any] = {
        "email": user.email,
        "first_name": "Ana",
        "last_name": "Roy",
        "is_active": "on",
        "groups": [group.pk],
    }
    assert admin.post(url, form).status_code == 302
    entry = last("account.update")
    assert (entry.target, entry.details["changed"]) == (f"user:{user.pk}", ["groups"])
    assert entry.details["groups"] == ["Relecture nationale"]
    admin.post(url, form)
    assert AuditEntry.objects.filter(action="account.update").count() == 1
    pk = user.pk
    admin.post(f"/admin/users/delete/{pk}/")
    assert last("account.delete").target == f"user:{pk}"


def test_settings_of_the_site_are_on_record(admin: Client) -> None:
    from wagtail.models import Site

    from cms.models import SiteSettings

    site = Site.objects.get(is_default_site=True)
    url = f"/admin/settings/cms/sitesettings/{site.pk}/"
    page = BeautifulSoup(admin.get(url).content, "html.parser")
    form = {
        field["name"]: field.get("value") or field.get_text()
        for field in page.select("main form input[name], main form textarea[name]")
        if field.get("type") not in ("checkbox", "radio", "file", "submit")
    } | {
        field["name"]: (field.select_one("option[selected]") or field.option)["value"]
        for field in page.select("main form select[name]")
    }
    form["campaign_name"] = "Une autre campagne"
    answer = admin.post(url, form)
    assert answer.status_code == 302, BeautifulSoup(answer.content, "html.parser").get_text()[-900:]
    assert SiteSettings.for_site(site).campaign_name == "Une autre campagne"
    assert "campaign_name" in last("settings.update").details["changed"]
