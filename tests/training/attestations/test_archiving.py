"""Archives of many attestations: what is in them, and that a kill loses and doubles nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents import work
from documents.archives.packing import private_storage
from documents.enums import WorkState
from organisation.models import Establishment
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
)
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from tests.support.pdf import pdf_text
from training.attestations import archiving, packing
from training.attestations.archiving import (
    ArchiveChoice,
    archive_request,
    archive_run,
    archive_wake,
    archives_expire,
)
from training.models import Attestation, AttestationArchive, Completion, Trainable
from users.models import AuditEntry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.usefixtures("private_folder"),
]

MARCH, MAY = dt.date(2026, 3, 15), dt.date(2026, 5, 15)


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory(name="CHU d’Essai")


@pytest.fixture
def training() -> Trainable:
    return RequirementFactory(trainable__title="Mots de passe", validity_months=12).trainable


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What would be worked on next; nothing is."""
    archives: list[int] = []
    monkeypatch.setattr(
        work.LeasedWork, "enqueue", lambda self, archive_id: archives.append(archive_id)
    )
    return archives


def staff(house: Establishment, training: Trainable, *names: tuple[str, str], **where: Any) -> None:
    for last, first in names:
        appointment = AppointmentFactory(
            establishment=house, person__last_name=last, person__first_name=first, **where
        )
        completed(appointment.person, training, MARCH)


def request_archive(place: Any, **choice: Any) -> AttestationArchive:
    return archive_request(
        user=AccountFactory(), place=place, choice=ArchiveChoice(**choice), now=timezone.now()
    )


def made(place: Any, **choice: Any) -> AttestationArchive:
    archive = request_archive(place, **choice)
    archive_run(archive_id=archive.pk)
    archive.refresh_from_db()
    assert archive.state == WorkState.READY
    return archive


def content(archive: AttestationArchive) -> zipfile.ZipFile:
    with private_storage().open(archive.file) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def listed(archive: AttestationArchive) -> list[dict[str, str]]:
    text = content(archive).read(packing.LIST_NAME).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_zip_holds_a_pdf_each_and_a_list(house, training, tmp_path) -> None:
    staff(house, training, ("Lefèvre", "Aurélie"), ("Martin", "Camille"), ("Martin", "Camille"))
    archive = made(house)
    assert sorted(content(archive).namelist()) == [
        "0_liste.csv",
        "LEFEVRE_Aurelie_mots-de-passe.pdf",
        "MARTIN_Camille_mots-de-passe.pdf",
        "MARTIN_Camille_mots-de-passe_2.pdf",
    ]
    row = listed(archive)[0]
    attestation = Attestation.objects.get(person__last_name="Lefèvre")
    assert row["Nom"] == "Lefèvre"
    assert row["Validée le"] == "15/03/2026"
    assert row["Compte jusqu’au"] == "14/03/2027"
    assert row["Code de vérification"].replace("-", "") == attestation.code
    (tmp_path / "one.pdf").write_bytes(content(archive).read(row["Fichier"]))
    assert "Aurélie Lefèvre" in pdf_text(tmp_path / "one.pdf")


def test_no_score_leaves_the_learner_s_own_copy(house, training, tmp_path) -> None:
    staff(house, training, ("Lefèvre", "Aurélie"))
    Completion.objects.update(score_scaled=0.77)
    archive = made(house)
    text = content(archive).read(packing.LIST_NAME).decode()
    (tmp_path / "one.pdf").write_bytes(content(archive).read(listed(archive)[0]["Fichier"]))
    text += pdf_text(tmp_path / "one.pdf")
    assert "77" not in text.replace(Attestation.objects.get().code, "")
    assert "Score" not in text


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "\t=1"])
def test_a_name_never_becomes_a_formula(name, house, training) -> None:
    staff(house, training, (name, name))
    row = listed(made(house))[0]
    assert row["Nom"].startswith("'")
    assert row["Prénom"].startswith("'")


def test_a_name_never_becomes_a_path(house, training) -> None:
    staff(house, training, ("../../../tmp/x", "..\\y"), ("/etc/passwd", "C:"))
    for name in content(made(house)).namelist():
        assert not {"/", "\\", ":"} & set(name)
        assert not name.startswith(".")


class TestChoice:
    def test_a_scope_a_module_and_a_period(self, house) -> None:
        ward = DepartmentFactory(establishment=house)
        one, other = TrainableFactory(title="Un"), TrainableFactory(title="Autre")
        inside = AppointmentFactory(establishment=house, department=ward).person
        beside = AppointmentFactory(establishment=house).person
        stranger = AppointmentFactory().person
        gone = AppointmentFactory(establishment=house, ended=True).person
        for person in (inside, beside, stranger, gone):
            completed(person, one, MARCH)
            completed(person, other, MAY)

        def got(place: Any, **choice: Any) -> set[tuple[int, str]]:
            made(place, **choice)
            ids = AttestationArchive.objects.latest("pk").attestation_ids
            rows = Attestation.objects.filter(pk__in=ids)
            return set(rows.values_list("person_id", "title"))

        assert got(house) == {(p.pk, t) for p in (inside, beside) for t in ("Un", "Autre")}
        assert got(ward) == {(inside.pk, "Un"), (inside.pk, "Autre")}
        assert got(house, trainable=one) == {(inside.pk, "Un"), (beside.pk, "Un")}
        assert got(ward, since=MAY, until=MAY) == {(inside.pk, "Autre")}
        assert got(ward, until=MAY - dt.timedelta(1)) == {(inside.pk, "Un")}

    def test_of_several_completions_the_latest(self, house, training) -> None:
        person = AppointmentFactory(establishment=house).person
        for day in (MAY, MARCH):
            completed(person, training, day)
        assert [row["Validée le"] for row in listed(made(house))] == ["15/05/2026"]

    def test_what_is_withdrawn_meanwhile_is_left_out(self, house, training, queued) -> None:
        staff(house, training, ("A", "A"), ("B", "B"))
        archive = request_archive(house)
        archive_run(archive_id=archive.pk, seconds=-1)  # fixes the content, and no more
        Completion.objects.filter(person__last_name="A").delete()
        archive_run(archive_id=archive.pk)
        archive.refresh_from_db()
        assert [row["Nom"] for row in listed(archive)] == ["B"]


class TestRequest:
    def test_it_is_on_record_without_names(self, house, training) -> None:
        staff(house, training, ("Lefèvre", "Aurélie"))
        archive = request_archive(house, trainable=training)
        entry = AuditEntry.objects.get(action="attestations.export")
        assert entry.actor == archive.requested_by
        assert entry.target == f"establishment:{house.uid}"
        assert entry.details["trainable"] == str(training.uid)
        assert "Lefèvre" not in str(entry.details)

    def test_asking_twice_makes_one(self, house, training) -> None:
        user = AccountFactory()
        first, again, other = (
            archive_request(user=user, place=house, choice=choice, now=timezone.now())
            for choice in (ArchiveChoice(), ArchiveChoice(), ArchiveChoice(trainable=training))
        )
        assert first == again != other

    def test_the_work_begins_with_the_commit(
        self, house, training, django_capture_on_commit_callbacks
    ) -> None:
        staff(house, training, ("A", "A"))
        with django_capture_on_commit_callbacks(execute=True):
            archive = request_archive(house)
        archive.refresh_from_db()
        assert archive.state == WorkState.READY


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


class TestResuming:
    @pytest.fixture(autouse=True)
    def small_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archiving, "BATCH", 2)

    @pytest.fixture
    def archive(self, house: Establishment, training: Trainable) -> AttestationArchive:
        staff(house, training, *((f"Nom{n}", "X") for n in range(7)))
        return request_archive(house)

    def lease_out(self, archive: AttestationArchive) -> None:
        """The time that the next worker waits for."""
        past = timezone.now() - dt.timedelta(seconds=1)
        AttestationArchive.objects.filter(pk=archive.pk).update(lease_until=past)

    @pytest.mark.parametrize("step", ["part_store", "archive_store", "parts_delete"])
    @pytest.mark.parametrize("after", [False, True])
    def test_a_kill_at_any_step_loses_and_doubles_nothing(
        self, step: str, after: bool, archive: AttestationArchive, private_folder: Path
    ) -> None:
        real = getattr(archiving, step)
        calls = []

        def killed(**arguments: Any) -> Any:
            calls.append(arguments)
            if len(calls) == (2 if step == "part_store" else 1):
                if after:
                    real(**arguments)
                raise Killed
            return real(**arguments)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archiving, step, killed)
            # A killed worker gives its lease back to nobody.
            patch.setattr(work.Lease, "release", lambda self: None)
            with pytest.raises(Killed):
                archive_run(archive_id=archive.pk)
        archive_run(archive_id=archive.pk)  # the lease still stands: nothing happens
        self.lease_out(archive)
        archive_run(archive_id=archive.pk)
        archive.refresh_from_db()
        assert archive.state == WorkState.READY
        assert (archive.done, archive.total) == (7, 7)
        assert [row["Nom"] for row in listed(archive)] == [f"Nom{n}" for n in range(7)]
        assert Attestation.objects.count() == 7

    def test_whoever_looks_wakes_a_dropped_archive(self, archive: AttestationArchive) -> None:
        now = timezone.now()
        AttestationArchive.objects.update(
            state=WorkState.WORKING, lease_until=now - dt.timedelta(seconds=1)
        )
        archive_wake(archive_id=archive.pk, now=now)
        archive.refresh_from_db()
        assert archive.state == WorkState.READY

    def test_nobody_wakes_one_that_is_worked_on(self, archive: AttestationArchive) -> None:
        now = timezone.now()
        AttestationArchive.objects.update(
            state=WorkState.WORKING, lease_until=now + dt.timedelta(seconds=60)
        )
        archive_wake(archive_id=archive.pk, now=now)
        archive.refresh_from_db()
        assert archive.done == 0

    def test_a_run_stops_after_its_time_and_queues_the_rest(
        self, archive: AttestationArchive, queued: list[int]
    ) -> None:
        archive_run(archive_id=archive.pk, seconds=-1)
        assert queued == [archive.pk]
        archive.refresh_from_db()
        assert (archive.state, archive.done, archive.total) == (WorkState.WORKING, 0, 7)

    def test_what_fails_again_and_again_is_given_up(
        self, archive: AttestationArchive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(**arguments: Any) -> None:
            raise OSError("no space left on device")

        monkeypatch.setattr(archiving, "part_store", full)
        for _ in range(work.ATTEMPTS):
            with pytest.raises(OSError, match="no space"):
                archive_run(archive_id=archive.pk)
        archive.refresh_from_db()
        assert archive.state == WorkState.FAILED
        archive_run(archive_id=archive.pk)  # and stays so

    def test_queries_for_each_part_stay(
        self,
        archive: AttestationArchive,
        house: Establishment,
        training: Trainable,
        queued: list[int],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def queries(archive: AttestationArchive) -> int:
            archive_run(archive_id=archive.pk, seconds=-1)
            with CaptureQueriesContext(connection) as captured:
                archive_run(archive_id=archive.pk)
            return len(captured)

        monkeypatch.setattr(archiving, "BATCH", 100)
        few = queries(archive)
        staff(house, training, *((f"Plus{n}", "Y") for n in range(14)))
        assert queries(request_archive(house)) == few


class TestFiles:
    def test_they_are_for_the_site_s_process_alone(self, house, training, private_folder) -> None:
        staff(house, training, ("A", "A"))
        archive = made(house)
        files = [file for file in private_folder.rglob("*") if file.is_file()]
        assert [file.name for file in files] == ["attestations.zip"]
        assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
        assert Client().get(f"/media/{archive.file}").status_code == 404
        assert Client().get(f"/media/../private/{archive.file}").status_code in (400, 404)

    def test_they_are_deleted_after_a_week(self, house, training, private_folder) -> None:
        staff(house, training, ("A", "A"))
        archive = made(house)
        archives_expire(now=archive.requested_at + dt.timedelta(days=6))
        assert private_storage().exists(archive.file)
        archives_expire(now=archive.requested_at + dt.timedelta(days=8))
        archive.refresh_from_db()
        assert (archive.state, archive.file) == (WorkState.EXPIRED, "")
        assert not [file for file in private_folder.rglob("*") if file.is_file()]
        assert Attestation.objects.count() == 1

    def test_parts_of_one_never_finished_go_too(self, house, training, private_folder) -> None:
        staff(house, training, ("A", "A"))
        archive = request_archive(house)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(archiving, "archive_store", lambda **arguments: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                archive_run(archive_id=archive.pk)
        assert list(private_folder.rglob("part-*"))
        archives_expire(now=archive.requested_at + dt.timedelta(days=8))
        assert not list(private_folder.rglob("part-*"))
        archive_run(archive_id=archive.pk)  # too late: nothing
        archive.refresh_from_db()
        assert archive.state == WorkState.EXPIRED
