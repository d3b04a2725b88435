"""In the background: resumed after a kill, all or nothing, and from the command line."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents.archives.packing import private_storage
from documents.enums import WorkState
from documents.work import LeasedWork
from organisation.enums import RosterStage
from organisation.models import Appointment, Establishment, Person, RosterImport, RosterLine
from organisation.rosters import applying, flow, reading
from organisation.rosters.work import roster_run, roster_wake
from organisation.sheets.layouts import Layout
from tests.organisation.factories import EstablishmentFactory, SiteFactory

from .generators import excel, semicolons, staff_drawn
from .running import confirm, go_on, preview, state, upload

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def house() -> Establishment:
    return EstablishmentFactory()


class Killed(BaseException):
    """The worker is gone; nothing cleans up after it."""


def queued(roster: RosterImport) -> RosterImport:
    layout = Layout.of_json(roster.layout)
    flow.roster_columns_set(roster=roster, columns=layout.columns, day_order=layout.day_order)
    roster.refresh_from_db()
    return roster


def let_lease_end(roster: RosterImport) -> None:
    RosterImport.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    roster_wake(roster_id=roster.pk)


def test_reading_goes_on_where_it_was_killed(
    house: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 10)
    roster = queued(upload(house, excel(staff_drawn(35)), "liste.xlsx"))
    honest = reading._line
    seen: list[int] = []

    def once(roster: Any, number: int, *rest: Any) -> Any:
        if number > 20 and not seen:
            seen.append(number)
            raise Killed
        return honest(roster, number, *rest)

    monkeypatch.setattr(reading, "_line", once)
    with pytest.raises(Killed):
        roster_run(roster_id=roster.pk)
    kept = set(RosterLine.objects.values_list("pk", flat=True))
    assert 0 < len(kept) < 35
    let_lease_end(roster)
    roster_run(roster_id=roster.pk)
    assert RosterLine.objects.count() == 35
    assert kept < set(RosterLine.objects.values_list("pk", flat=True))


def test_reading_takes_turns_with_other_work(
    house: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue: list[int] = []
    roster = queued(upload(house, semicolons(staff_drawn(1500))))
    monkeypatch.setattr(LeasedWork, "enqueue", lambda self, pk: queue.append(pk))
    roster_run(roster_id=roster.pk, seconds=-1)
    roster.refresh_from_db()
    assert queue == [roster.pk]
    assert roster.stage == RosterStage.READING
    assert (roster.done, roster.state) == (1000, WorkState.WORKING)
    go_on(roster)
    assert RosterLine.objects.count() == 1500


def test_applying_is_all_or_nothing(house: Establishment, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = preview(house, semicolons(staff_drawn(30)))
    before = state()
    flow.roster_confirm(roster=roster, actor=None)
    with monkeypatch.context() as patch:

        def killed(*args: Any) -> None:
            raise Killed

        patch.setattr(applying._Application, "_keep", killed)
        with pytest.raises(Killed):
            roster_run(roster_id=roster.pk)
    assert state() == before
    let_lease_end(roster)
    go_on(roster)
    assert roster.stage == RosterStage.APPLIED
    assert Appointment.objects.count() == 30


def test_what_keeps_failing_stops_and_can_be_taken_up(
    house: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = preview(house, semicolons(staff_drawn(3)))
    flow.roster_confirm(roster=roster, actor=None)
    with monkeypatch.context() as patch:

        def broken(*args: Any) -> None:
            raise RuntimeError

        patch.setattr(applying._Application, "_keep", broken)
        for _attempt in range(3):
            with pytest.raises(RuntimeError):
                roster_run(roster_id=roster.pk)
    roster.refresh_from_db()
    assert roster.state == WorkState.FAILED
    flow.roster_retry(roster=roster)
    go_on(roster)
    assert roster.stage == RosterStage.APPLIED


def test_what_is_given_up_leaves_nothing(
    house: Establishment, django_capture_on_commit_callbacks: Any
) -> None:
    roster = preview(house, semicolons(staff_drawn(3)))
    assert private_storage().exists(roster.file)
    with django_capture_on_commit_callbacks(execute=True):
        flow.roster_discard(roster=roster, actor=None)
    assert not private_storage().exists(roster.file)
    assert not RosterLine.objects.exists()
    assert not Person.objects.exists()


def test_what_is_applied_keeps_no_file_and_no_lines(
    house: Establishment, django_capture_on_commit_callbacks: Any
) -> None:
    roster = preview(house, semicolons(staff_drawn(3)))
    name = roster.file
    with django_capture_on_commit_callbacks(execute=True):
        confirm(roster)
    assert not private_storage().exists(name)
    assert not RosterLine.objects.exists()


class TestCommand:
    def run(self, *args: Any) -> str:
        out = StringIO()
        call_command("import_roster", *map(str, args), stdout=out, stderr=out)
        return out.getvalue()

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "liste.csv"
        path.write_bytes(semicolons(staff_drawn(12)))
        return path

    def test_shows_and_changes_nothing(self, house: Establishment, file: Path) -> None:
        told = self.run(house.finess_ej, file, "--accept-proposals")
        assert "Nouveaux : 12" in told.replace("\xa0", " ")
        assert "--apply" in told
        assert not Person.objects.exists()
        assert not RosterLine.objects.exists()

    def test_applies(self, house: Establishment, file: Path) -> None:
        site = SiteFactory(establishment=house)
        self.run(site.finess_et, file, "--accept-proposals", "--apply", "--date=2026-11-01")
        assert Appointment.objects.filter(establishment=house).count() == 12
        assert "Nouveaux : 0" in self.run(house.finess_ej, file).replace("\xa0", " ")

    def test_refuses_in_words(self, house: Establishment, file: Path) -> None:
        with pytest.raises(CommandError, match="FINESS"):
            self.run("000000000", file)
        with pytest.raises(CommandError, match="ouvert"):
            self.run(house.finess_ej, file.with_name("rien.csv"))
        with pytest.raises(CommandError, match="Cardiologie"):
            self.run(house.finess_ej, file)
        assert set(RosterImport.objects.values_list("stage", flat=True)) == {RosterStage.DISCARDED}

    def test_asks_how_many_leave(self, house: Establishment, file: Path) -> None:
        self.run(house.finess_ej, file, "--accept-proposals", "--apply")
        file.write_bytes(semicolons(staff_drawn(12)[6:]))
        with pytest.raises(CommandError, match="saisissez le nombre"):
            self.run(house.finess_ej, file, "--apply")
        self.run(house.finess_ej, file, "--apply", "--leaving", 6)
        assert Appointment.objects.filter(ends_on__lte=timezone.localdate()).count() == 6
