"""One-time codes: handed out by near managers, good once, and for learning alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisation.enums import CodeKind
from organisation.models import AccessCode, Department, Person, StaffRole
from organisation.services import access_code_use, access_codes_issue
from organisation.services.codes import code_digest, code_text
from organisation.views import sign_in
from tests.organisation.factories import AccountFactory, AppointmentFactory, GrantFactory
from users.limits import Limit
from users.models import AuditEntry, User

pytestmark = pytest.mark.django_db
QUARTER = dt.timedelta(minutes=15)
ENTRY = "/connexion/code/"


@pytest.fixture
def person() -> Person:
    made: Person = AppointmentFactory(in_department=True, person__first_name="Nadia").person
    return made


@pytest.fixture
def department(person: Person) -> Department:
    found = person.appointments.get().department
    assert found is not None
    return found


@pytest.fixture
def cadre(department: Department) -> User:
    grant = GrantFactory(to_train=True, for_department=True, department=department)
    user: User = grant.user
    return user


def issue(person: Person, cadre: User, now: dt.datetime | None = None) -> str:
    issued = access_codes_issue(
        people=[person],
        kind=CodeKind.SHOWN,
        lifetime=QUARTER,
        actor=cadre,
        now=now or timezone.now(),
    )
    return issued[0].text


def enter(client: Client, code: str, **more: str) -> Any:
    return client.post(ENTRY, {"code": code, **more})


def test_a_code_opens_the_space_and_no_account(person: Person, cadre: User) -> None:
    client = Client()
    assert enter(client, issue(person, cadre)).url == "/mon-espace/"
    shown = client.get("/mon-espace/").content.decode()
    assert "Nadia" in shown
    assert "Ce n’est pas moi" in shown
    assert "_auth_user_id" not in client.session
    for closed in ("/couverture/", "/admin/", "/accounts/email/", "/codes/"):
        assert client.get(closed).status_code == 302, closed


def test_a_code_does_not_open_the_account_of_its_person(cadre: User) -> None:
    person = AppointmentFactory(person__with_account=True).person
    GrantFactory(user=person.user)
    client = Client()
    enter(client, issue(person, cadre))
    assert "/accounts/login/" in client.get("/couverture/").url


def test_a_code_is_good_once(person: Person, cadre: User) -> None:
    code = issue(person, cadre)
    assert enter(Client(), code).status_code == 302
    refused = enter(Client(), code)
    assert refused.status_code == 422
    assert "Ce code ne convient pas" in refused.content.decode()


def test_a_code_is_taken_however_it_is_typed(person: Person, cadre: User) -> None:
    code = issue(person, cadre)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert access_code_use(text=typed, now=timezone.now()) == person


def test_a_code_expires(person: Person, cadre: User) -> None:
    now = timezone.now()
    code = issue(person, cadre, now)
    assert access_code_use(text=code, now=now + QUARTER) is None
    assert access_code_use(text=code, now=now + QUARTER / 2) == person


def test_a_new_code_ends_the_one_before(person: Person, cadre: User) -> None:
    first, second = issue(person, cadre), issue(person, cadre)
    assert access_code_use(text=first, now=timezone.now()) is None
    assert access_code_use(text=second, now=timezone.now()) == person


def test_the_code_itself_is_kept_nowhere(person: Person, cadre: User) -> None:
    code = issue(person, cadre)
    row = AccessCode.objects.get()
    assert row.digest == code_digest(code)
    plain = code.replace("-", "")
    assert plain not in str(AccessCode.objects.values_list())
    assert plain not in str(list(AuditEntry.objects.values_list("target", "details")))


def test_codes_have_sixty_bits_and_differ() -> None:
    codes = {code_text() for _one in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", c) for c in codes)


def test_issuing_and_using_are_in_the_audit_log(person: Person, cadre: User) -> None:
    enter(Client(), issue(person, cadre))
    acts = list(AuditEntry.objects.order_by("pk").values_list("action", "actor", "target"))
    uid = str(person.uid)
    assert acts[-2:] == [("access_code.issue", cadre.pk, uid), ("access_code.use", None, uid)]


def test_the_session_gets_a_new_key_and_a_new_token(person: Person, cadre: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(ENTRY)
    session = client.session
    session["visits"] = {}
    session.save()
    client.cookies["sessionid"] = session.session_key
    token = client.cookies["csrftoken"].value
    code = issue(person, cadre)
    client.post(ENTRY, {"code": code, "csrfmiddlewaretoken": token})
    assert client.session["person"] == str(person.uid)
    assert client.session.session_key != session.session_key
    assert client.cookies["csrftoken"].value != token


def test_a_code_takes_the_place_of_whoever_was_signed_in(person: Person, cadre: User) -> None:
    client = Client()
    client.force_login(cadre)
    enter(client, issue(person, cadre))
    assert "_auth_user_id" not in client.session
    assert client.session["person"] == str(person.uid)


def test_an_account_takes_the_place_of_a_code(person: Person, cadre: User) -> None:
    client = Client()
    enter(client, issue(person, cadre))
    client.force_login(cadre)
    assert "person" not in client.session


def test_guessing_is_slowed_for_the_one_who_guesses(
    person: Person, cadre: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "FAILURES_OF_ONE", Limit("one", 3, 600))
    client = Client()
    for _one in range(3):
        assert enter(client, "AAAA-AAAA-AAAA").status_code == 422
    code = issue(person, cadre)
    refused = enter(client, code)
    assert refused.status_code == 429
    assert "Réessayez dans dix minutes" in refused.content.decode()
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert enter(elsewhere, code).status_code == 302


def test_an_attack_from_everywhere_locks_nobody_out(
    person: Person, cadre: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "FAILURES_OF_ALL", Limit("all", 5, 600))
    for host in range(1, 7):
        enter(Client(REMOTE_ADDR=f"192.0.2.{host}"), "AAAA-AAAA-AAAA")
    attacker = Client(REMOTE_ADDR="192.0.2.1")
    statuses = [enter(attacker, "AAAA-AAAA-AAAA").status_code for _one in range(3)]
    assert statuses == [422, 422, 429]
    assert enter(Client(REMOTE_ADDR="198.51.100.9"), issue(person, cadre)).status_code == 302


def test_one_goes_on_to_where_one_came_from_and_nowhere_else(person: Person, cadre: User) -> None:
    code = issue(person, cadre)
    assert enter(Client(), code, next="/modules/").url == "/modules/"
    code = issue(person, cadre)
    assert enter(Client(), code, next="https://elsewhere.example/").url == "/mon-espace/"


def test_ce_n_est_pas_moi_ends_the_session(person: Person, cadre: User) -> None:
    client = Client()
    enter(client, issue(person, cadre))
    assert client.post("/connexion/pas-moi/", {"next": "/modules/"}).url == "/modules/"
    assert "person" not in client.session
    assert client.get("/mon-espace/").url == "/accounts/login/?next=/mon-espace/"


# Handing out ---------------------------------------------------------------------------------


@pytest.fixture
def desk(cadre: User) -> Client:
    client = Client()
    client.force_login(cadre)
    return client


def address(department: Department) -> str:
    return f"/codes/service/{department.uid}/"


def hand_out(desk: Client, department: Department, *people: Person, lifetime: str) -> Any:
    data = {"people": [str(one.uid) for one in people], "lifetime": lifetime}
    return desk.post(address(department), data)


def test_a_sheet_shows_the_codes_once(desk: Client, department: Department, person: Person) -> None:
    assert desk.get("/codes/").url == address(department)
    sheet = hand_out(desk, department, person, lifetime="printed-259200")
    text = sheet.content.decode()
    code = re.search(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])", text)
    assert code is not None
    assert str(person) in text
    assert "http://testserver/connexion/code/" in text
    assert "no-store" in sheet.headers["Cache-Control"]
    assert access_code_use(text=code.group(), now=timezone.now()) == person
    assert AccessCode.objects.get().kind == CodeKind.PRINTED


def test_only_people_of_the_place_get_a_code(desk: Client, department: Department) -> None:
    stranger = AppointmentFactory().person
    refused = hand_out(desk, department, stranger, lifetime="shown-900")
    assert refused.status_code == 422
    assert "n’est plus dans ce lieu" in refused.content.decode()
    assert not AccessCode.objects.exists()


@pytest.mark.parametrize("lifetime", ["", "shown-999999", "printed-900", "forever"])
def test_no_other_lifetime_is_taken(
    desk: Client, department: Department, person: Person, lifetime: str
) -> None:
    refused = hand_out(desk, department, person, lifetime=lifetime)
    assert refused.status_code == 422
    assert f'value="{person.uid}" checked' in re.sub(r"\s+", " ", refused.content.decode())
    assert not AccessCode.objects.exists()


def test_nobody_chosen_is_said(desk: Client, department: Department, person: Person) -> None:
    refused = hand_out(desk, department, lifetime="shown-900")
    assert "Cochez au moins un agent." in refused.content.decode()


def test_a_code_can_be_taken_back_by_those_who_may_give_one(
    desk: Client, department: Department, person: Person, cadre: User
) -> None:
    text = issue(person, cadre)
    code = AccessCode.objects.get()
    target = f"{address(department)}annuler/{code.uid}/"
    other = Client()
    other.force_login(GrantFactory(to_train=True, for_department=True).user)
    assert other.post(target).status_code == 403
    assert desk.post(target).status_code == 302
    assert access_code_use(text=text, now=timezone.now()) is None
    assert "pas encore utilisés" not in desk.get(address(department)).content.decode()


def test_regions_hand_out_nothing(department: Department) -> None:
    user = AccountFactory()
    GrantFactory(to_train=True, for_region=True, user=user)
    client = Client()
    client.force_login(user)
    assert client.get("/codes/").status_code == 403
    assert client.get(address(department)).status_code == 403


def test_two_people_of_one_name_are_told_apart_by_their_work(
    desk: Client, department: Department
) -> None:
    for role in ("Médecin", "Infirmier ou infirmière"):
        AppointmentFactory(
            establishment=department.establishment,
            department=department,
            person__last_name="Zimmermann",
            person__first_name="Paul",
            role=StaffRole.objects.get(name=role),
        )
    page = BeautifulSoup(desk.get(address(department)).content, "html.parser")
    labels = [label.get_text(" ", strip=True) for label in page.select("label[for^=agent]")]
    assert "Zimmermann Paul Médecin" in labels
    assert "Zimmermann Paul Infirmier ou infirmière" in labels


def test_searching_finds_names_and_departments(desk: Client, department: Department) -> None:
    AppointmentFactory(
        establishment=department.establishment,
        department=department,
        person__last_name="Zimmermann",
    )
    found = desk.get(address(department), {"q": "zimmer"}).content.decode()
    assert "Zimmermann" in found
    assert "Martin" not in found
    by_place = desk.get(address(department), {"q": department.name}).content.decode()
    assert "Zimmermann" in by_place
    nobody = desk.get(address(department), {"q": "<script>"}).content.decode()
    assert "Personne ne correspond à « &lt;script&gt; »" in nobody


def test_the_screen_reads_in_a_fixed_number_of_queries(
    desk: Client,
    department: Department,
    person: Person,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    desk.get(address(department))
    for _one in range(30):
        AppointmentFactory(establishment=department.establishment, department=department)
    with django_assert_max_num_queries(14):
        desk.get(address(department))


def test_the_door_is_in_the_menu_of_those_who_may(desk: Client, client: Client) -> None:
    client.force_login(GrantFactory().user)
    assert 'href="/codes/"' in desk.get("/mon-espace/").content.decode()
    assert 'href="/codes/"' not in client.get("/mon-espace/").content.decode()
