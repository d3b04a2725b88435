"""The screens about rights: what they show, to whom, and in how many queries."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from documents.archives.packing import private_storage
from organisation.models import AccessRequest, Grant
from organisation.roles_of_access import RoleKey
from organisation.scopes import Scope
from organisation.services import access_request_grant
from organisation.views.access import asking
from tests.organisation.access.conftest import Places
from tests.organisation.access.world import (
    account,
    colleague,
    holder,
    pdf,
    request_of,
    sent,
    today,
)
from tests.organisation.factories import AppointmentFactory, DepartmentFactory, EstablishmentFactory
from users.limits import Limit
from users.models import AuditEntry, User

DAY = dt.timedelta(days=1)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def place_url(places: Places, ending: str = "") -> str:
    return f"/habilitations/etablissement/{places.house.uid}/{ending}"


def ask(client: Client, places: Places, **fields: Any) -> Any:
    form = {"role": "referent", "function": "RSSI", "message": "", "proof": sent()}
    return client.post(f"/droits/demander/{places.house.uid}/", form | fields)


class TestAsking:
    def test_from_the_search_to_the_state_of_the_request(self, places: Places) -> None:
        client = client_of(account())
        found = client.get("/droits/demander/", {"q": places.house.name})
        assert f"/droits/demander/{places.house.uid}/" in found.text
        answer = ask(client, places)
        asked = AccessRequest.objects.get()
        assert answer.headers["Location"] == f"/droits/demandes/{asked.uid}/"
        shown = text_of(client.get(answer.headers["Location"]))
        assert "En attente" in shown
        assert "Un justificatif est joint" in shown
        assert "Retirer ma demande" in shown
        assert "Référent d’établissement" in text_of(client.get("/droits/"))

    def test_where_she_works_is_offered_first(self, places: Places) -> None:
        client = client_of(colleague(places.house))
        assert places.house.name in text_of(client.get("/droits/demander/"))

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"role": ""}, "Choisissez ce que vous demandez."),
            ({"role": "steering"}, "Sélectionnez un choix valide"),
            ({"function": ""}, "Dites quelle est votre fonction."),
            ({"proof": sent(b"<svg onload=x>")}, "ni un PDF, ni un PNG, ni un JPEG"),
            ({"proof": ""}, "Joignez un justificatif"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_stays(
        self, places: Places, fields: dict[str, Any], said: str
    ) -> None:
        client = client_of(account())
        given = {"message": "" if "proof" in fields else "Le standard confirme."}
        answer = ask(client, places, **given | fields)
        assert answer.status_code == 422
        assert said in text_of(answer)
        if "function" not in fields:
            assert 'value="RSSI"' in answer.text
        assert not AccessRequest.objects.exists()

    def test_a_proof_is_kept_while_the_rest_is_corrected(self, places: Places) -> None:
        user = account()
        client = client_of(user)
        page = BeautifulSoup(ask(client, places, function="").content, "html.parser")
        word = page.select_one("input[name=proof_sent]")["value"]
        assert "est gardé" in page.get_text()
        for other, kept in ((client_of(account()), False), (client, True)):
            ask(other, places, proof="", message="Bonjour.", proof_sent=word)
            asked = AccessRequest.objects.latest("pk")
            assert bool(asked.proof) is kept
        with private_storage().open(asked.proof) as file:
            assert file.read().startswith(b"%PDF-")
        for bad in ("", "x", word[:-1]):
            stranger = client_of(account())
            assert ask(stranger, places, proof="", message="B.", proof_sent=bad).status_code == 302
            assert AccessRequest.objects.latest("pk").proof == ""

    def test_a_message_may_stand_for_a_proof(self, places: Places) -> None:
        answer = ask(client_of(account()), places, proof="", message="Le standard confirme.")
        assert answer.status_code == 302
        assert AccessRequest.objects.get().proof == ""

    def test_a_second_request_is_led_to_the_first(self, places: Places) -> None:
        client = client_of(account())
        ask(client, places)
        again = client.get(f"/droits/demander/{places.house.uid}/")
        assert "déjà une demande en attente" in text_of(again)
        assert ask(client, places).status_code == 422
        assert AccessRequest.objects.count() == 1

    def test_not_very_many_in_a_day(self, places: Places, monkeypatch: Any) -> None:
        monkeypatch.setattr(asking, "ASKED", Limit("access_asked_test", 1, 60))
        client = client_of(account())
        ask(client, places)
        other = EstablishmentFactory()
        form = {"role": "manager", "function": "RSSI", "message": "Bonjour."}
        answer = client.post(f"/droits/demander/{other.uid}/", form)
        assert answer.status_code == 422
        assert "revenez demain" in text_of(answer)

    def test_withdrawing_asks_once(self, places: Places) -> None:
        user = account()
        asked = request_of(user, places.house)
        client, url = client_of(user), f"/droits/demandes/{asked.uid}/retirer/"
        assert "Retirer cette demande ?" in text_of(client.get(url)).replace("\xa0", " ")
        asked.refresh_from_db()
        assert asked.is_pending
        assert "est retirée" in text_of(client.post(url, follow=True))
        assert "déjà reçu une réponse" in text_of(client.post(url, follow=True))


class TestDeciding:
    def test_the_queue_shows_what_is_hers_to_decide(self, places: Places) -> None:
        here = request_of(account(), places.house)
        there = request_of(account(), places.elsewhere)
        small = request_of(account(), places.house, RoleKey.COMMUNICATION)
        seen = {
            user: client_of(user).get("/habilitations/demandes/").text
            for user in (places.ars, places.national, places.referent)
        }
        for asked, readers in (
            (here, {places.ars, places.national}),
            (there, {places.national}),
            (small, {places.ars, places.national, places.referent}),
        ):
            shown = {user for user, html in seen.items() if str(asked.uid) in html}
            assert shown == readers

    def test_granting_and_refusing(self, places: Places) -> None:
        first, second = (request_of(account(), places.house) for _ in range(2))
        client = client_of(places.ars)
        last = today() + 100 * DAY
        grant = {"decision": "accorder", "last_day": f"{last:%Y-%m-%d}"}
        answer = client.post(f"/habilitations/demandes/{first.uid}/", grant, follow=True)
        assert "accordé" in text_of(answer)
        assert set(Grant.objects.filter(user=first.user).values_list("ends_on", flat=True)) == {
            last + DAY
        }
        refuse = {"decision": "refuser", "reason": "Fonction non confirmée."}
        client.post(f"/habilitations/demandes/{second.uid}/", refuse)
        shown = text_of(client_of(second.user).get(f"/droits/demandes/{second.uid}/"))
        assert "Fonction non confirmée." in shown
        assert "Faire une nouvelle demande" in shown

    @pytest.mark.parametrize(
        ("form", "said"),
        [
            ({"decision": "refuser", "reason": ""}, "la personne lira ce motif"),
            ({"decision": "accorder", "last_day": ""}, "Indiquez le dernier jour."),
            ({"decision": "accorder", "last_day": "2020-01-01"}, "à venir"),
            ({"decision": "accorder", "last_day": "2099-01-01"}, "Trois ans au plus"),
        ],
    )
    def test_a_decision_that_cannot_be_says_why(
        self, places: Places, form: dict[str, str], said: str
    ) -> None:
        asked = request_of(account(), places.house)
        answer = client_of(places.ars).post(f"/habilitations/demandes/{asked.uid}/", form)
        assert answer.status_code == 422
        assert said in text_of(answer)
        asked.refresh_from_db()
        assert asked.is_pending

    def test_the_second_to_decide_is_told_by_whom(self, places: Places) -> None:
        asked = request_of(account(), places.house)
        access_request_grant(
            request=asked,
            today=today(),
            ends_on=today() + DAY,
            actor=places.national,
            now=asked.requested_at,
        )
        refuse = {"decision": "refuser", "reason": "Non."}
        url = f"/habilitations/demandes/{asked.uid}/"
        answer = text_of(client_of(places.ars).post(url, refuse, follow=True))
        assert f"{places.national} a clos cette demande avant vous" in answer
        assert "Votre réponse n’a pas compté." in answer

    def test_the_proof_is_for_those_who_decide_and_on_record(self, places: Places) -> None:
        asked = request_of(account(), places.house)
        url = f"/habilitations/demandes/{asked.uid}/justificatif/"
        for user in (
            asked.user,
            places.referent,
            holder(RoleKey.REGION, Scope.region(places.elsewhere.region)),
            account(is_superuser=True),
        ):
            assert client_of(user).get(url).status_code == 404
        assert not AuditEntry.objects.filter(action="access_request.proof_read").exists()
        answer = client_of(places.ars).get(url)
        content = b"".join(answer.streaming_content)
        assert content.startswith(b"%PDF-")
        assert content != pdf()
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert AuditEntry.objects.get(action="access_request.proof_read").actor == places.ars
        private_storage().delete(asked.proof)
        assert client_of(places.ars).get(url).status_code == 404

    def test_queries_do_not_grow(self, places: Places) -> None:
        client = client_of(places.ars)
        request_of(account(), places.house)
        first = _count(client, "/habilitations/demandes/")
        for _ in range(5):
            request_of(account(), places.house)
        assert _count(client, "/habilitations/demandes/") == first


class TestGiving:
    def test_the_list_says_who_since_when_until_when_and_by_whom(self, places: Places) -> None:
        manager = holder(RoleKey.MANAGER, Scope.establishment(places.house), today() + 30 * DAY)
        Grant.objects.filter(user=manager).update(granted_by=places.referent)
        holder(RoleKey.DEPARTMENT_MANAGER, Scope.department(places.ward))
        over = holder(RoleKey.MANAGER, Scope.establishment(places.house), today())
        stranger = holder(RoleKey.MANAGER, Scope.establishment(places.elsewhere))
        shown = text_of(client_of(places.referent).get(place_url(places)))
        assert f"{manager} Responsable d’établissement Depuis le" in shown
        assert f"accordée par {places.referent}" in shown
        assert f"Responsable de service – {places.ward}" in shown
        for user in (over, stranger):
            assert user.email not in shown
        assert AuditEntry.objects.get(action="people.names_read").details["how"] == "grants"

    def test_only_what_may_be_changed_can_be_changed(self, places: Places) -> None:
        other = holder(RoleKey.REFERENT, Scope.establishment(places.house))
        manager = holder(RoleKey.MANAGER, Scope.establishment(places.house), today() + DAY)
        client = client_of(places.referent)
        html = client.get(place_url(places)).text
        for user, may in ((other, False), (places.referent, False), (manager, True)):
            pk = Grant.objects.filter(user=user).order_by("starts_on", "pk")[0].pk
            for act in ("fin", "prolonger"):
                assert (place_url(places, f"{pk}/{act}/") in html) is may
                status = client.get(place_url(places, f"{pk}/{act}/")).status_code
                assert status == (200 if may else 403)

    def test_a_grant_of_another_place_does_not_exist_here(self, places: Places) -> None:
        stranger = holder(RoleKey.MANAGER, Scope.establishment(places.elsewhere))
        pk = Grant.objects.filter(user=stranger)[0].pk
        client = client_of(places.referent)
        for ending in ("", "fin/", "prolonger/"):
            assert client.get(place_url(places, f"{pk}/{ending}")).status_code == 404

    def test_giving_by_address_and_by_search(self, places: Places) -> None:
        nurse = colleague(places.house, person__last_name="Nguyen")
        chief = colleague(places.house, person__last_name="Morel")
        AppointmentFactory(establishment=places.house, person__last_name="Nguyen-Sans-Compte")
        client = client_of(places.referent)
        last = f"{today() + 30 * DAY:%Y-%m-%d}"
        by_address = {"email": chief.email.upper(), "role": "communication", "last_day": last}
        assert client.post(place_url(places, "ajouter/"), by_address).status_code == 302
        searched = client.get(place_url(places, "ajouter/"), {"q": "nguyen"})
        assert str(nurse.person.uid) in searched.text
        assert "1 agent trouvé n’a pas de compte" in text_of(searched)
        by_search = {
            "person": str(nurse.person.uid),
            "role": "department_manager",
            "department": str(places.ward.uid),
            "last_day": last,
        }
        assert client.post(place_url(places, "ajouter/?q=nguyen"), by_search).status_code == 302
        for user, place in ((chief, "establishment"), (nurse, "department")):
            held = Grant.objects.filter(user=user)
            assert {one.scope for one in held} == {place}
            assert {one.granted_by for one in held} == {places.referent}

    def test_the_region_and_the_nation_search_nobody(self, places: Places) -> None:
        """They give by address: names of agents are for the near ones."""
        nurse = colleague(places.house, person__last_name="Nguyen")
        for user in (places.ars, places.national):
            page = client_of(user).get(place_url(places, "ajouter/"), {"q": "nguyen"})
            assert "Nguyen" not in page.text
            assert str(nurse.person.uid) not in page.text
        form = {
            "email": nurse.email,
            "role": "referent",
            "last_day": f"{today() + DAY:%Y-%m-%d}",
        }
        client_of(places.ars).post(place_url(places, "ajouter/"), form)
        assert Grant.objects.filter(user=nurse).count() == 3

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"email": ""}, "Choisissez une personne"),
            ({"role": ""}, "Choisissez un rôle"),
            ({"role": "referent"}, "Sélectionnez un choix valide"),
            ({"role": "region"}, "Sélectionnez un choix valide"),
            ({"role": "department_manager"}, "Choisissez le service"),
            ({"email": "personne@hopital.test"}, "Aucun compte d’ici"),
        ],
    )
    def test_what_cannot_be_given_says_why(
        self, places: Places, fields: dict[str, str], said: str
    ) -> None:
        user = colleague(places.house)
        form = {"email": user.email, "role": "manager", "last_day": f"{today() + DAY:%Y-%m-%d}"}
        answer = client_of(places.referent).post(place_url(places, "ajouter/"), form | fields)
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert not Grant.objects.filter(user=user).exists()

    def test_accounts_of_others_are_neither_found_nor_told_apart(self, places: Places) -> None:
        """Whether somebody else's account exists is not for a hospital to find out."""
        elsewhere = colleague(places.elsewhere)
        unproved = colleague(places.house)
        unproved.emailaddress_set.update(verified=False)
        client, answers = client_of(places.referent), set()
        for email in (elsewhere.email, unproved.email, "personne@hopital.test"):
            form = {"email": email, "role": "manager", "last_day": f"{today() + DAY:%Y-%m-%d}"}
            answer = client.post(place_url(places, "ajouter/"), form)
            answers.add(text_of(answer).replace(email, ""))
        assert len(answers) == 1

    def test_a_department_of_another_hospital_cannot_be_named(self, places: Places) -> None:
        foreign = DepartmentFactory(establishment=places.elsewhere)
        user = colleague(places.house)
        form = {
            "email": user.email,
            "role": "department_manager",
            "department": str(foreign.uid),
            "last_day": f"{today() + DAY:%Y-%m-%d}",
        }
        answer = client_of(places.referent).post(place_url(places, "ajouter/"), form)
        assert answer.status_code == 422
        assert not Grant.objects.filter(user=user).exists()

    def test_the_nation_gives_a_region_its_role_by_address(self, places: Places) -> None:
        agent = account()
        form = {"email": agent.email, "role": "region", "last_day": f"{today() + DAY:%Y-%m-%d}"}
        url = f"/habilitations/region/{places.house.region.code}/ajouter/"
        assert client_of(places.ars).post(url, form).status_code == 422  # not hers to give
        assert not Grant.objects.filter(user=agent).exists()
        assert client_of(places.national).post(url, form).status_code == 302
        assert {one.region for one in Grant.objects.filter(user=agent)} == {places.house.region}

    def test_a_region_lets_somebody_organise_its_meetings(self, places: Places) -> None:
        agent = account()
        form = {"email": agent.email, "role": "organiser", "last_day": f"{today() + DAY:%Y-%m-%d}"}
        url = f"/habilitations/region/{places.house.region.code}/ajouter/"
        assert client_of(places.referent).post(url, form).status_code == 403
        assert client_of(places.ars).post(url, form).status_code == 302
        assert [one.right for one in Grant.objects.filter(user=agent)] == ["organise_meetings"]

    def test_prolonging_and_ending(self, places: Places) -> None:
        manager = holder(RoleKey.MANAGER, Scope.establishment(places.house), today() + 10 * DAY)
        pk = Grant.objects.filter(user=manager).order_by("starts_on", "pk")[0].pk
        client = client_of(places.referent)
        last = today() + 200 * DAY
        form = {"last_day": f"{last:%Y-%m-%d}"}
        client.post(place_url(places, f"{pk}/prolonger/"), form)
        held = Grant.objects.filter(user=manager)
        assert {one.ends_on for one in held} == {last + DAY}
        sooner = {"last_day": f"{today() + DAY:%Y-%m-%d}"}
        answer = client.post(place_url(places, f"{pk}/prolonger/"), sooner)
        assert answer.status_code == 422
        assert "après la fin actuelle" in text_of(answer)
        assert "Mettre fin à cette habilitation" in text_of(
            client.get(place_url(places, f"{pk}/fin/"))
        )
        assert held.at(today()).count() == 2
        client.post(place_url(places, f"{pk}/fin/"))
        assert held.at(today()).count() == 0

    def test_queries_do_not_grow(self, places: Places) -> None:
        client = client_of(places.referent)
        urls = (place_url(places), place_url(places, "ajouter/?q=duval"), "/habilitations/")
        people(places)
        first = [_count(client, url) for url in urls]
        for _ in range(4):
            people(places)
        assert [_count(client, url) for url in urls] == first


class TestSheets:
    def test_one_s_own_sheet_says_what_and_why(self, places: Places) -> None:
        shown = text_of(client_of(places.referent).get("/droits/"))
        for words in (
            "Suivre les formations",
            "Référent d’établissement",
            places.house.name,
            "Habiliter les collègues de l’établissement",
            "sans date de fin",
        ):
            assert words in shown

    def test_groups_and_administration_are_told(self, places: Places) -> None:
        admin = account(is_superuser=True)
        names = ("Rédaction nationale", "Exploitation", "Autre chose")
        admin.groups.set([Group.objects.get_or_create(name=name)[0] for name in names])
        shown = text_of(client_of(admin).get("/droits/"))
        assert "Suivre les échanges de traces" in shown
        assert "Écrire les pages" in shown
        assert "Autre chose" in shown
        assert "il y faut une habilitation" in shown

    def test_those_above_see_what_lies_in_their_scope(self, places: Places) -> None:
        user = holder(RoleKey.MANAGER, Scope.establishment(places.house))
        Grant.objects.create(
            user=user,
            right="communicate",
            starts_on=today(),
            **Scope.establishment(places.elsewhere).fields,
        )
        AppointmentFactory(establishment=places.elsewhere, person__user=user)
        pk = Grant.objects.filter(user=user, establishment=places.house)[0].pk
        for reader, hidden in (
            (places.referent, True),
            (places.ars, True),
            (places.national, False),
        ):
            shown = text_of(client_of(reader).get(place_url(places, f"{pk}/")))
            assert "Responsable d’établissement" in shown
            assert (places.elsewhere.name in shown) is not hidden
            assert ("Et 1 habilitation hors de votre périmètre" in shown) is hidden

    def test_queries_do_not_grow(self, places: Places) -> None:
        client = client_of(places.referent)
        first = _count(client, "/droits/")
        for _ in range(4):
            house = EstablishmentFactory()
            for right in ("communicate", "read_coverage"):
                Grant.objects.create(
                    user=places.referent,
                    right=right,
                    starts_on=today(),
                    **Scope.establishment(house).fields,
                )
            request_of(places.referent, house)
        assert _count(client, "/droits/") == first


def people(places: Places) -> None:
    """A manager, a cadre, a colleague to be found, and one without account."""
    holder(RoleKey.MANAGER, Scope.establishment(places.house), today() + 30 * DAY)
    holder(RoleKey.DEPARTMENT_MANAGER, Scope.department(places.ward))
    colleague(places.house, person__last_name="Duval")
    AppointmentFactory(establishment=places.house, person__last_name="Duval")


def _count(client: Client, url: str) -> int:
    """Queries of a page whose frame is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
