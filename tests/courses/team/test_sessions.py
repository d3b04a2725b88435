"""A team session from opening to what is declared, and taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Attendance, TeamSession
from courses.models.team import OPEN_FOR, SCANNABLE_FOR
from documents.codes import LETTERS
from lrs.models import Statement
from lrs.services import projections_rebuild
from organisation.models import Person
from organisation.sessions import PERSON as SESSION_PERSON
from tests.organisation.factories import AccountFactory
from training.enums import Provenance
from training.models import Completion, DeclaredCompletion
from users.models import AuditEntry

from .world import TITLE, Hospital

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital() -> Hospital:
    return Hospital()


@pytest.fixture
def head(hospital: Hospital) -> Client:
    return hospital.client(hospital.head)


def tick(
    client: Client, session: TeamSession, shown: list[Person], present: list[Person], **more: Any
) -> Any:
    fields = {
        "shown": [str(one.uid) for one in shown],
        "present": [str(one.uid) for one in present],
    }
    return client.post(f"/formation/seances/{session.uid}/presents/", {**fields, **more})


def present(session: TeamSession) -> set[Person]:
    return {one.person for one in session.attendance.all()}


def close(client: Client, session: TeamSession) -> Any:
    return client.post(f"/formation/seances/{session.uid}/terminer/")


def age(session: TeamSession, by: dt.timedelta) -> None:
    TeamSession.objects.filter(pk=session.pk).update(held_at=timezone.now() - by)


class TestOpening:
    def test_the_screen_shows_the_module_the_code_and_no_name(
        self, hospital: Hospital, head: Client
    ) -> None:
        session = hospital.session(head)
        text = head.get(f"/formation/seances/{session.uid}/").content.decode()
        assert TITLE in text
        assert hospital.module.url in text
        assert f"{session.code[:4]}-{session.code[4:]}" in text
        assert "<svg" in text
        assert "style=" not in text.split("<main")[1].split("</main>")[0]
        assert "Nom00" not in text

    def test_codes_are_long_and_hard_to_misread(self, hospital: Hospital) -> None:
        codes = {hospital.session().code for _round in range(5)}
        assert len(codes) == 5
        assert all(len(code) == 8 and set(code) <= set(LETTERS) for code in codes)

    def test_nothing_is_declared_before_the_end(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team)
        assert not Statement.objects.exists()
        assert not Completion.objects.exists()

    def test_a_whole_house_may_choose_one_of_its_departments(self, hospital: Hospital) -> None:
        ciso = hospital.client(hospital.ciso)
        address = f"/formation/etablissement/{hospital.house.uid}/seance/"
        module = {"module": str(hospital.trainable.uid)}
        ciso.post(address, module)
        ciso.post(address, {**module, "department": str(hospital.other_ward.uid)})
        assert [one.department for one in TeamSession.objects.order_by("pk")] == [
            None,
            hospital.other_ward,
        ]

    def test_a_module_that_is_not_published_cannot_be_chosen(
        self, hospital: Hospital, head: Client
    ) -> None:
        hospital.module.unpublish()
        address = f"/formation/service/{hospital.ward.uid}/seance/"
        response = head.post(address, {"module": str(hospital.trainable.uid)})
        assert response.status_code == 200
        assert not TeamSession.objects.exists()


class TestTicking:
    def test_names_are_ticked_and_unticked(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        first, second, third = hospital.team
        tick(head, session, hospital.team, [first, second])
        assert present(session) == {first, second}
        tick(head, session, [first, third], [third])  # second was not on that screen
        assert present(session) == {second, third}

    def test_only_people_of_the_place(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        everybody = [*hospital.team, hospital.neighbour]
        tick(head, session, everybody, everybody)
        assert present(session) == set(hospital.team)
        text = head.get(f"/formation/seances/{session.uid}/presents/").content.decode()
        assert "Nom00" in text
        assert "Voisin" not in text

    def test_rubbish_is_left_out(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        address = f"/formation/seances/{session.uid}/presents/"
        response = head.post(address, {"shown": ["x", ""], "present": ["x"]})
        assert response.status_code == 302
        assert not present(session)

    def test_a_long_list_is_cut_and_searched(self) -> None:
        hospital = Hospital(people=45)
        head = hospital.client(hospital.head)
        session = hospital.session(head)
        address = f"/formation/seances/{session.uid}/presents/"
        text = head.get(address).content.decode()
        assert "45 personnes" in text
        assert "les 40 premières sont affichées" in text
        assert 'name="present"' in text
        assert text.count('name="present"') == 40
        found = head.get(address, {"q": "nom44 camille"}).content.decode()
        assert found.count('name="present"') == 1
        assert "Aucun nom ne correspond" in head.get(address, {"q": "%_"}).content.decode()

    def test_an_appointment_that_ended_is_not_on_the_list(
        self, hospital: Hospital, head: Client
    ) -> None:
        gone = hospital.team[0]
        gone.appointments.update(ends_on=timezone.localdate())
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team)
        assert gone not in present(session)

    def test_a_name_cannot_write_html(self, hospital: Hospital, head: Client) -> None:
        hospital.colleague(hospital.ward, "<script>alert(1)</script>")
        session = hospital.session(head)
        text = head.get(f"/formation/seances/{session.uid}/presents/").content.decode()
        assert "<script>alert" not in text


class TestScanning:
    def test_a_colleague_adds_herself(self, hospital: Hospital) -> None:
        session, person = hospital.session(), hospital.team[0]
        phone = hospital.signed_in(person)
        assert "J’y étais" in phone.get(f"/equipe/{session.code}/").content.decode()
        for _twice in range(2):
            phone.post(f"/equipe/{session.code}/")
        assert Attendance.objects.get().how == Attendance.How.SCANNED
        assert "Vous êtes sur la liste" in phone.get(f"/equipe/{session.code}/").content.decode()

    def test_by_a_one_time_code_too(self, hospital: Hospital, client: Client) -> None:
        session, person = hospital.session(), hospital.team[0]
        browser = client.session
        browser[SESSION_PERSON] = str(person.uid)
        browser.save()
        response = client.post(f"/equipe/{session.code}/", follow=True)
        assert "Vous êtes sur la liste" in response.content.decode()
        assert present(session) == {person}

    def test_reading_the_page_adds_nobody(self, hospital: Hospital) -> None:
        session = hospital.session()
        hospital.signed_in(hospital.team[0]).get(f"/equipe/{session.code}/")
        assert not present(session)

    def test_one_signs_in_first_and_comes_back(self, hospital: Hospital, client: Client) -> None:
        session = hospital.session()
        for method in (client.get, client.post):
            response = method(f"/equipe/{session.code}/")
            assert response.status_code == 302
            assert response["Location"].endswith(f"?next=/equipe/{session.code}/")

    def test_the_code_can_be_typed_as_it_is_read(self, hospital: Hospital) -> None:
        session = hospital.session()
        phone = hospital.signed_in(hospital.team[0])
        typed = f"{session.code[:4]} - {session.code[4:]}".lower()
        response = phone.get("/equipe/", {"code": typed})
        assert response["Location"] == f"/equipe/{session.code}/"

    def test_somebody_of_another_ward_is_told_what_to_do(self, hospital: Hospital) -> None:
        session = hospital.session()
        for phone in (
            hospital.signed_in(hospital.neighbour),
            hospital.client(AccountFactory()),  # an account without a person
        ):
            response = phone.post(f"/equipe/{session.code}/", follow=True)
            assert "peut cocher votre nom" in response.content.decode()
        assert not present(session)

    def test_the_code_ends_with_the_session(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        close(head, session)
        phone = hospital.signed_in(hospital.team[0])
        for method in (phone.get, phone.post):
            assert method(f"/equipe/{session.code}/").status_code == 404
        assert not present(session)

    def test_the_code_ends_with_the_day(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        age(session, SCANNABLE_FOR)
        phone = hospital.signed_in(hospital.team[0])
        assert phone.post(f"/equipe/{session.code}/").status_code == 404
        tick(head, session, hospital.team, hospital.team)  # the leader still can
        assert len(present(session)) == 3

    def test_a_wrong_code_says_so(self, hospital: Hospital) -> None:
        phone = hospital.signed_in(hospital.team[0])
        response = phone.get("/equipe/ABCDEFGH/")
        assert response.status_code == 404
        assert "Ce code ne vaut pas" in response.content.decode()


class TestClosing:
    def test_the_summary_counts_before_anything_is_stored(
        self, hospital: Hospital, head: Client
    ) -> None:
        session = hospital.session(head)
        response = tick(head, session, hospital.team, hospital.team[:2], finish="1")
        text = head.get(response["Location"]).content.decode()
        assert "2 formations seront déclarées." in text
        assert not Completion.objects.exists()

    def test_each_present_is_declared_once(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team[:2])
        for _twice in range(2):
            close(head, session)
        assert {
            (one.person, one.trainable, one.provenance) for one in Completion.objects.all()
        } == {(person, hospital.trainable, Provenance.TEAM) for person in hospital.team[:2]}
        assert {one.completed_at for one in Completion.objects.all()} == {session.held_at}
        assert Statement.objects.count() == 2
        assert DeclaredCompletion.objects.first().instructor.user == hospital.head
        assert AuditEntry.objects.filter(action="team_session.close").count() == 1

    def test_a_rebuild_gives_the_same(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team)
        close(head, session)
        fields = ("person", "trainable", "completed_at", "provenance", "statement_id")
        before = set(Completion.objects.values_list(*fields))
        projections_rebuild()
        assert set(Completion.objects.values_list(*fields)) == before

    def test_nobody_present_declares_nothing(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        close(head, session)
        assert not Statement.objects.exists()
        session.refresh_from_db()
        assert session.closed_at is not None

    def test_a_closed_list_changes_no_more(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        close(head, session)
        response = tick(head, session, hospital.team, hospital.team)
        assert not present(session)
        assert "la liste ne change plus" in head.get(response["Location"]).content.decode()

    def test_one_left_open_for_a_month_declares_nothing(
        self, hospital: Hospital, head: Client
    ) -> None:
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team)
        age(session, OPEN_FOR)
        close(head, session)
        assert not Completion.objects.exists()
        page = head.get(f"/formation/seances/{session.uid}/").content.decode()
        assert "plus de trente jours" in page

    def test_two_sessions_of_a_day_count_one_completion_each(
        self, hospital: Hospital, head: Client
    ) -> None:
        for _round in range(2):
            session = hospital.session(head)
            tick(head, session, hospital.team, hospital.team[:1])
            close(head, session)
        assert Completion.objects.count() == 2


class TestTakingBack:
    @pytest.fixture
    def session(self, hospital: Hospital, head: Client) -> TeamSession:
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team)
        close(head, session)
        return session

    def address(self, session: TeamSession, person: Person) -> str:
        return f"/formation/seances/{session.uid}/retirer/{person.uid}/"

    def test_it_asks_once_then_voids(
        self, hospital: Hospital, head: Client, session: TeamSession
    ) -> None:
        wrong = hospital.team[0]
        assert head.get(self.address(session, wrong)).status_code == 200
        assert Completion.objects.count() == 3
        head.post(self.address(session, wrong))
        assert set(Completion.objects.values_list("person", flat=True)) == {
            one.pk for one in hospital.team[1:]
        }
        entry = AuditEntry.objects.get(action="training.withdraw")
        assert (entry.actor, entry.target) == (hospital.head, f"team_session:{session.uid}")
        assert Attendance.objects.count() == 3
        assert "Retirée" in head.get(f"/formation/seances/{session.uid}/").content.decode()

    def test_after_thirty_days_it_stays(
        self, hospital: Hospital, head: Client, session: TeamSession
    ) -> None:
        long_ago = timezone.now() - dt.timedelta(days=30)
        TeamSession.objects.filter(pk=session.pk).update(closed_at=long_ago)
        response = head.post(self.address(session, hospital.team[0]), follow=True)
        assert "ne peut plus être retirée" in response.content.decode()
        assert Completion.objects.count() == 3

    def test_nobody_else_can(self, hospital: Hospital, session: TeamSession) -> None:
        stranger = hospital.client(hospital.organiser(for_department=True))
        assert stranger.post(self.address(session, hospital.team[0])).status_code == 404
        assert Completion.objects.count() == 3


class TestWhoMay:
    ACTIONS = ("", "presents/", "terminer/")

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_only_those_in_charge_of_the_place(self, hospital: Hospital, method: str) -> None:
        session = hospital.session()
        others = [
            hospital.organiser(department=hospital.other_ward, for_department=True),
            hospital.organiser(for_region=True, region=hospital.house.region),
            hospital.organiser(for_nation=True),
            hospital.organiser(department=hospital.ward, for_department=True, ended=True),
            AccountFactory(),
        ]
        for user in others:
            for action in self.ACTIONS[method == "post" :]:
                address = f"/formation/seances/{session.uid}/{action}"
                assert getattr(hospital.client(user), method)(address).status_code == 404

    def test_the_house_may_take_over(self, hospital: Hospital) -> None:
        session = hospital.session()
        assert close(hospital.client(hospital.ciso), session).status_code == 302
        session.refresh_from_db()
        assert session.closed_at is not None

    def test_reading_is_kept_by_no_cache(self, hospital: Hospital, head: Client) -> None:
        session = hospital.session(head)
        response = head.get(f"/formation/seances/{session.uid}/presents/")
        assert "no-store" in response["Cache-Control"]


def test_queries_do_not_grow_with_the_team() -> None:
    counts = []
    for people in (4, 20):
        hospital = Hospital(people=people)
        head = hospital.client(hospital.head)
        session = hospital.session(head)
        tick(head, session, hospital.team, hospital.team[: people // 2])
        found = {}
        for page in ("", "presents/", "terminer/"):
            address = f"/formation/seances/{session.uid}/{page}"
            head.get(address)
            with CaptureQueriesContext(connection) as queries:
                head.get(address)
            found[page] = len(queries)
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 25
