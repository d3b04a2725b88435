"""Attestations of a place over HTTP: who may, what she sees, and that a right that ends ends it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import dataclass

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from documents.enums import WorkState
from organisation.models import Department, Establishment, Grant
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    PersonFactory,
)
from tests.training.attestations.conftest import private_folder  # noqa: F401
from training.attestations.archiving import KEPT
from training.models import AttestationArchive, Trainable
from users.models import AuditEntry, User

from .factories import TrainableFactory, completed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]

MARCH = dt.date(2026, 3, 15)


@dataclass
class House:
    """A hospital of five with a ward of two; all of them took one module, two of them another."""

    place: Establishment
    ward: Department
    modules: list[Trainable]
    trainer: User


@pytest.fixture
def house() -> House:
    place = EstablishmentFactory(name="CHU d’Essai")
    ward = DepartmentFactory(establishment=place, name="Urgences")
    modules = [TrainableFactory(title="Hameçonnage"), TrainableFactory(title="Mots de passe")]
    for number in range(5):
        appointment = AppointmentFactory(
            establishment=place, department=ward if number < 2 else None
        )
        completed(appointment.person, modules[0], MARCH)
        if number < 2:
            completed(appointment.person, modules[1], MARCH + dt.timedelta(30))
    return House(place, ward, modules, GrantFactory(establishment=place, to_train=True).user)


@pytest.fixture
def trainer(client: Client, house: House) -> Client:
    client.force_login(house.trainer)
    return client


def address(place: Establishment | Department) -> str:
    kind = "department" if isinstance(place, Department) else "establishment"
    return reverse(f"reporting:{kind}_attestations", args=[place.uid])


def progress(archive: AttestationArchive) -> str:
    return reverse("reporting:attestations_progress", args=[archive.uid])


def file(archive: AttestationArchive) -> str:
    return reverse("reporting:attestations_file", args=[archive.uid])


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def downloaded(client: Client, archive: AttestationArchive) -> bytes:
    response = client.get(file(archive))
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # which closes it


@pytest.fixture
def archive(trainer: Client, house: House, django_capture_on_commit_callbacks):
    """A whole one, asked for and made."""
    with django_capture_on_commit_callbacks(execute=True):
        response = trainer.post(address(house.place))
    archive = AttestationArchive.objects.get()
    assert response["Location"] == progress(archive)
    assert archive.state == WorkState.READY
    return archive


class TestChoosing:
    def test_the_count_comes_first(self, trainer: Client, house: House) -> None:
        assert "7 attestations, 5 agents" in text(trainer.get(address(house.place)))
        assert "4 attestations, 2 agents" in text(trainer.get(address(house.ward)))
        assert not AttestationArchive.objects.exists()

    def test_a_module_and_a_period_narrow_it(self, trainer: Client, house: House) -> None:
        by_module = {"module": house.modules[1].uid}
        assert "2 attestations, 2 agents" in text(trainer.get(address(house.place), by_module))
        by_period = {"du": "2026-03-15", "au": "2026-03-15"}
        assert "5 attestations, 5 agents" in text(trainer.get(address(house.place), by_period))

    def test_nothing_to_hand_out_is_said_and_makes_nothing(
        self, trainer: Client, house: House
    ) -> None:
        nobody = {"du": "2026-12-01"}
        assert "Aucune attestation ici" in text(trainer.get(address(house.place), nobody))
        assert "Aucune attestation ici" in text(trainer.post(address(house.place), nobody))
        assert not AttestationArchive.objects.exists()

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"du": "2026-05-01", "au": "2026-04-01"}, "précède son début"),
            ({"du": "9999-12-31"}, "entre 2000 et 2100"),
            ({"au": "0001-01-01"}, "entre 2000 et 2100"),
            ({"du": "hier"}, "date valide"),
            ({"module": "x"}, "fr-error-text"),
        ],
    )
    def test_bad_input_is_told_and_makes_nothing(
        self, given: dict[str, str], said: str, trainer: Client, house: House
    ) -> None:
        for answer in (
            trainer.get(address(house.place), given),
            trainer.post(address(house.place), given),
        ):
            assert answer.status_code == 200
            assert said in text(answer)
        assert not AttestationArchive.objects.exists()

    def test_a_choice_reaches_the_archive(self, trainer: Client, house: House) -> None:
        trainer.post(address(house.ward), {"module": house.modules[1].uid, "du": "2026-01-01"})
        archive = AttestationArchive.objects.get()
        assert (archive.place, archive.trainable) == (house.ward, house.modules[1])
        assert archive.since == dt.date(2026, 1, 1)

    def test_queries_stay_when_people_double(self, trainer: Client, house: House) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                trainer.get(address(house.place))
            return len(captured)

        queries()  # what is cached is cached
        few = queries()
        for _ in range(10):
            appointment = AppointmentFactory(establishment=house.place)
            completed(appointment.person, house.modules[0], MARCH)
        assert queries() == few


class TestRights:
    def test_the_coverage_page_leads_there_for_those_who_train(
        self, client: Client, house: House
    ) -> None:
        GrantFactory(establishment=house.place, user=house.trainer)
        reads_only = GrantFactory(establishment=house.place).user
        page = reverse("reporting:establishment", args=[house.place.uid])
        for user, is_there in ((house.trainer, True), (reads_only, False)):
            client.force_login(user)
            assert (address(house.place) in text(client.get(page))) is is_there

    def test_reading_coverage_is_not_enough(self, client: Client, house: House) -> None:
        for grant in (
            {"establishment": house.place},
            {"for_nation": True, "to_train": True},
            {"for_region": True, "region": house.place.region, "to_train": True},
            {"establishment": EstablishmentFactory(), "to_train": True},
            {"establishment": house.place, "to_train": True, "ended": True},
            {"for_department": True, "department": house.ward, "to_train": True},
        ):
            client.force_login(GrantFactory(**grant).user)
            assert client.get(address(house.place)).status_code == 403
            assert client.post(address(house.place)).status_code == 403
        assert not AttestationArchive.objects.exists()

    def test_a_ward_s_own_is_enough_for_the_ward(self, client: Client, house: House) -> None:
        grant = GrantFactory(for_department=True, department=house.ward, to_train=True)
        client.force_login(grant.user)
        assert client.get(address(house.ward)).status_code == 200

    def test_another_with_the_same_right_does_not_find_it(
        self, client: Client, house: House, archive: AttestationArchive
    ) -> None:
        client.force_login(GrantFactory(establishment=house.place, to_train=True).user)
        for url in (progress(archive), file(archive)):
            assert client.get(url).status_code == 404

    @pytest.mark.parametrize("how", ["ended", "deleted", "switched off"])
    def test_a_right_that_ends_before_the_download_ends_it(
        self, how: str, trainer: Client, house: House, archive: AttestationArchive
    ) -> None:
        assert downloaded(trainer, archive)
        if how == "ended":
            Grant.objects.update(ends_on=timezone.localdate())
        elif how == "deleted":
            Grant.objects.all().delete()
        else:
            User.objects.filter(pk=house.trainer.pk).update(is_active=False)
        for url in (progress(archive), file(archive)):
            response = trainer.get(url)
            assert response.status_code == (302 if how == "switched off" else 403)

    def test_a_visitor_is_asked_to_sign_in(self, archive: AttestationArchive) -> None:
        for url in (progress(archive), file(archive), address(archive.place)):
            assert "/accounts/login/" in Client().get(url)["Location"]


class TestDownload:
    def test_it_is_a_zip_of_all(self, trainer: Client, archive: AttestationArchive) -> None:
        response = trainer.get(file(archive))
        content = b"".join(response.streaming_content)
        assert response["Content-Type"] == "application/zip"
        assert 'filename="attestations-chu-dessai.zip"' in response["Content-Disposition"]
        assert "no-store" in response["Cache-Control"]
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            assert len(whole.namelist()) == 8

    def test_each_is_on_record(self, trainer: Client, archive: AttestationArchive) -> None:
        trainer.get(progress(archive))
        assert not AuditEntry.objects.filter(action="attestations.download").exists()
        downloaded(trainer, archive)
        entry = AuditEntry.objects.get(action="attestations.download")
        assert (entry.actor, entry.details) == (archive.requested_by, {"attestations": 7})

    def test_the_page_leads_to_it(self, trainer: Client, archive: AttestationArchive) -> None:
        page = text(trainer.get(progress(archive)))
        assert "Votre fichier est prêt" in page
        assert file(archive) in page
        assert "data-unfinished" not in page
        assert progress(archive) in text(trainer.get(address(archive.place)))

    def test_an_unfinished_one_has_no_file(
        self, trainer: Client, archive: AttestationArchive
    ) -> None:
        AttestationArchive.objects.update(state=WorkState.WORKING, done=3)
        assert trainer.get(file(archive)).status_code == 404
        page = text(trainer.get(progress(archive)))
        assert "3 sur 7 attestations" in page
        assert "data-unfinished" in page
        assert 'value="42"' in page

    @pytest.mark.parametrize(
        ("state", "said"),
        [("queued", "En attente"), ("failed", "interrompue"), ("expired", "effacé")],
    )
    def test_every_state_has_its_words(
        self, state: str, said: str, trainer: Client, archive: AttestationArchive
    ) -> None:
        AttestationArchive.objects.update(state=state)
        assert said in text(trainer.get(progress(archive)))

    def test_an_old_one_is_gone(self, trainer: Client, archive: AttestationArchive) -> None:
        old = timezone.now() - KEPT - dt.timedelta(hours=1)
        AttestationArchive.objects.update(requested_at=old)
        assert trainer.get(file(archive)).status_code == 404
        assert "Ce fichier a été effacé" in text(trainer.get(progress(archive)))

    def test_a_dropped_one_goes_on_when_its_page_is_opened(
        self, trainer: Client, archive: AttestationArchive
    ) -> None:
        past = timezone.now() - dt.timedelta(seconds=1)
        AttestationArchive.objects.update(
            state=WorkState.WORKING, done=0, attestation_ids=None, lease_until=past
        )
        trainer.get(progress(archive))
        assert "Votre fichier est prêt" in text(trainer.get(progress(archive)))


def test_somebody_who_learns_only_is_refused(client: Client, house: House) -> None:
    client.force_login(PersonFactory(with_account=True).user or AccountFactory())
    assert "organisent la formation" in text(client.get(address(house.place)))
