"""The register import as people run it: files in, establishments out."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.folding import fold
from organisation.enums import EstablishmentFamily
from organisation.models import (
    Appointment,
    Department,
    Establishment,
    Grant,
    Headcount,
    RegisterImport,
    Site,
)
from organisation.register import importer
from organisation.signals import (
    EstablishmentsMerge,
    establishments_changed,
    establishments_merged,
)

from .extract import REAL_LINE, extract_line, write_extract
from .factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
    HeadcountFactory,
    SiteFactory,
)

CARRIED = Path("organisation/data/finess_hospitals_2020.csv")
EJ, OTHER_EJ = "350000002", "350000003"

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def run(path: Path, **options) -> tuple[str, str]:
    """Run the command; what it printed on both channels."""
    out, err = StringIO(), StringIO()
    call_command("import_establishments", path, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def counts() -> dict[str, int]:
    return {k: v for k, v in RegisterImport.objects.first().counts.items() if v}


@pytest.fixture
def extract(tmp_path):
    """Write an extract and import it; returns what was printed."""

    def write_and_run(*lines, date=dt.date(2026, 5, 12), encoding="utf-8", **options):
        path = tmp_path / "extract.csv"
        return run(write_extract(path, list(lines), date=date, encoding=encoding), **options)

    return write_and_run


def provisional(finess_et: str, name: str, **fields) -> Site:
    """A site as the list of hospitals leaves it: in an establishment of its own."""
    establishment = EstablishmentFactory(provisional=True, name=name, register_name=name, **fields)
    return SiteFactory(finess_et=finess_et, name=name, establishment=establishment)


class TestCarriedList:
    def test_names_are_folded_for_searching(self):
        run(CARRIED)
        names = Establishment.objects.values_list("name", "folded_name")
        assert all(folded == fold(name) != "" for name, folded in names)

    def test_whole_list_twice(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(300):  # SQLite takes 999 parameters a statement
            out, err = run(CARRIED)
        assert "Sites nouveaux : 5368" in out
        assert err == ""
        assert Site.objects.count() == Establishment.objects.count() == 5368
        assert Establishment.objects.filter(region=None).count() == 2
        assert not Establishment.objects.filter(name="").exists()
        before = list(Establishment.objects.order_by("pk").values())
        with django_assert_max_num_queries(20):
            run(CARRIED)
        assert counts() == {"unchanged": 5368}
        assert list(Establishment.objects.order_by("pk").values()) == before

    def test_attributes_come_from_the_line(self):
        run(CARRIED)
        site = Site.objects.select_related("establishment__region").get(finess_et="010000024")
        establishment = site.establishment
        assert establishment.finess_ej is None
        assert establishment.name == "CENTRE HOSPITALIER DE BOURG-EN-BRESSE FLEYRIAT"
        assert establishment.family == EstablishmentFamily.CH
        assert establishment.region.code == "84"
        assert site.latitude == pytest.approx(46.2222)


class TestExtract:
    def test_sites_of_one_legal_entity_are_one_hospital(self, extract):
        extract(
            extract_line("350000010", EJ, "CHU RENNES PONTCHAILLOU", category="101"),
            extract_line("350000011", EJ, "CHU RENNES HOPITAL SUD", category="101"),
            extract_line("350000012", EJ, "USLD LA TAUVRAIS", category="362"),
            extract_line("350000013", OTHER_EJ, "CLINIQUE DU LAC", category="365", status="Privé"),
        )
        chu = Establishment.objects.get(finess_ej=EJ)
        assert chu.name == "CHU RENNES"
        assert chu.family == EstablishmentFamily.CHU
        assert chu.region.code == "53"
        assert chu.sites.count() == 3
        clinic = Establishment.objects.get(finess_ej=OTHER_EJ)
        assert (clinic.family, clinic.sector) == (EstablishmentFamily.CLINIC, "private")

    def test_latin_1_and_the_real_line(self, extract):
        extract(REAL_LINE, encoding="latin-1")
        site = Site.objects.get()
        assert site.establishment.finess_ej == "010780054"
        assert (site.postcode, site.city) == ("01440", "VIRIAT")

    def test_other_structures_are_out_of_scope(self, extract):
        out, _err = extract(
            REAL_LINE, extract_line("350000010", EJ, "PHARMACIE DU PONT", category="620")
        )
        assert "hors périmètre : 1" in out
        assert Site.objects.count() == 1

    def test_overseas_collectivities_have_no_region(self, extract):
        extract(extract_line("980000001", EJ, "HOPITAL DE SIA", department="9J"))
        assert Establishment.objects.get().region is None

    def test_bad_lines_are_reported_and_the_rest_goes_in(self, extract):
        _out, err = extract("n'importe quoi", REAL_LINE, REAL_LINE)
        assert "Ligne 2 refusée : 1 colonnes au lieu de 32" in err
        assert "Ligne 4 refusée : site déjà donné à la ligne 3" in err
        assert counts() == {"new": 1, "refused": 2}

    def test_unknown_values_do_not_erase_what_is_known(self, extract):
        run(CARRIED)
        latitude = Site.objects.get(finess_et="010000024").latitude
        extract(REAL_LINE, allow_mass_closing=True)
        assert Site.objects.get(finess_et="010000024").latitude == latitude

    def test_the_list_does_not_undo_what_the_extract_told(self, extract):
        extract(REAL_LINE, date=dt.date(2020, 1, 1))
        run(CARRIED)
        assert Site.objects.get(finess_et="010000024").establishment.finess_ej == "010780054"


class TestMerging:
    def test_everything_goes_along(self, extract):
        main = provisional("350000010", "CH DE FOUGERES")
        annexe = provisional("350000011", "ANNEXE DE FOUGERES")
        stays, goes = main.establishment, annexe.establishment
        cardiology = DepartmentFactory(establishment=stays, name="Cardiologie")
        other_cardiology = DepartmentFactory(establishment=goes, name="Cardiologie")
        appointment = AppointmentFactory(establishment=goes, department=other_cardiology)
        at_main = AppointmentFactory(establishment=stays)
        grant = GrantFactory(establishment=goes)
        department_grant = GrantFactory(for_department=True, department=other_cardiology)

        extract(
            extract_line("350000010", EJ, "CH DE FOUGERES"),
            extract_line("350000011", EJ, "ANNEXE DE FOUGERES"),
        )

        for row in (stays, goes, appointment, at_main, grant, cardiology, other_cardiology):
            row.refresh_from_db()
        assert stays.finess_ej == EJ
        assert stays.name == "CH DE FOUGERES"
        assert goes.merged_into == stays
        assert goes.closed_on == dt.date(2026, 5, 12)
        assert not goes.sites.exists()
        assert (appointment.establishment, appointment.site) == (stays, annexe)
        assert at_main.site == main
        assert appointment.department == other_cardiology
        assert other_cardiology.establishment == stays
        assert other_cardiology.name == "Cardiologie (ANNEXE DE FOUGERES)"
        assert cardiology.name == "Cardiologie"
        assert grant.establishment == stays
        department_grant.full_clean()
        assert counts() == {"updated": 2, "merged": 1}

    def test_headcounts_are_added_up_over_time(self, extract):
        one = provisional("350000010", "CH DE FOUGERES").establishment
        two = provisional("350000011", "CH DE VITRE").establishment
        january, march = dt.date(2026, 1, 1), dt.date(2026, 3, 1)
        HeadcountFactory(establishment=one, as_of=january, people=100)
        HeadcountFactory(establishment=two, as_of=january, people=40)
        HeadcountFactory(establishment=two, as_of=march, people=50)

        extract(extract_line("350000010", EJ, "CH"), extract_line("350000011", EJ, "CH"))

        hospital = Establishment.objects.get(finess_ej=EJ)
        rows = Headcount.objects.order_by("as_of").values_list("establishment", "as_of", "people")
        assert list(rows) == [(hospital.pk, january, 140), (hospital.pk, march, 150)]

    def test_the_signal_comes_inside_and_before_closing(self, extract):
        goes = provisional("350000011", "ANNEXE").establishment
        stays = provisional("350000010", "CH DE FOUGERES", family="chu").establishment
        received: list[EstablishmentsMerge] = []

        def receiver(sender, change, **kwargs):
            received.append(change)
            emptied = Establishment.objects.get(pk=goes.pk)
            assert emptied.closed_on is None
            assert emptied.merged_into_id == stays.pk

        establishments_merged.connect(receiver)
        try:
            extract(
                extract_line("350000010", EJ, "CH DE FOUGERES"),
                extract_line("350000011", EJ, "ANNEXE"),
            )
        finally:
            establishments_merged.disconnect(receiver)
        assert [change.targets for change in received] == [{goes.pk: stays.pk}]

    def test_into_a_hospital_that_is_known_already(self, extract):
        hospital = EstablishmentFactory(finess_ej=EJ, name="CHU de Rennes")
        SiteFactory(finess_et="350000010", establishment=hospital)
        appointment = AppointmentFactory(
            establishment=provisional("350000011", "ANNEXE").establishment
        )
        extract(
            extract_line("350000010", EJ, "PONTCHAILLOU"), extract_line("350000011", EJ, "ANNEXE")
        )
        appointment.refresh_from_db()
        hospital.refresh_from_db()
        assert appointment.establishment == hospital
        assert hospital.name == "CHU de Rennes", "a name given by hand stays"

    def test_twice_is_harmless(self, extract):
        site = provisional("350000010", "CH DE FOUGERES")
        AppointmentFactory(establishment=site.establishment)
        provisional("350000011", "ANNEXE")
        lines = [extract_line("350000010", EJ, "CH"), extract_line("350000011", EJ, "ANNEXE")]
        extract(*lines)
        before = [
            list(m.objects.order_by("pk").values()) for m in (Establishment, Site, Appointment)
        ]
        extract(*lines)
        assert counts() == {"unchanged": 2}
        after = [
            list(m.objects.order_by("pk").values()) for m in (Establishment, Site, Appointment)
        ]
        assert after == before

    def test_a_site_sold_takes_its_people_and_leaves_the_others(self, extract):
        seller = EstablishmentFactory(finess_ej=EJ)
        kept = SiteFactory(finess_et="350000010", establishment=seller)
        sold = SiteFactory(finess_et="350000011", establishment=seller)
        stays = AppointmentFactory(establishment=seller, site=kept)
        shared = DepartmentFactory(establishment=seller, name="Cardiologie")
        goes = AppointmentFactory(establishment=seller, site=sold, department=shared)
        extract(
            extract_line("350000010", EJ, "CH"), extract_line("350000011", OTHER_EJ, "CLINIQUE")
        )
        stays.refresh_from_db()
        goes.refresh_from_db()
        assert stays.establishment == seller
        assert goes.establishment.finess_ej == OTHER_EJ
        assert goes.department.establishment == goes.establishment
        assert Department.objects.filter(name="Cardiologie").count() == 2

    def test_two_legal_entities_that_become_one(self, extract):
        first, second = EstablishmentFactory(finess_ej=EJ), EstablishmentFactory(finess_ej=OTHER_EJ)
        SiteFactory(finess_et="350000010", establishment=first)
        SiteFactory(finess_et="350000011", establishment=second)
        lines = [extract_line("350000010", EJ, "A"), extract_line("350000011", EJ, "B")]
        extract(*lines)
        second.refresh_from_db()
        assert second.merged_into == first
        extract(lines[0], extract_line("350000011", OTHER_EJ, "B"), date=dt.date(2026, 6, 1))
        second.refresh_from_db()
        assert (second.merged_into, second.closed_on) == (None, None)
        assert second.sites.get().finess_et == "350000011"

    def test_a_failing_receiver_undoes_the_import(self, extract):
        provisional("350000010", "CH")
        goes = provisional("350000011", "ANNEXE").establishment

        def receiver(sender, change, **kwargs):
            raise RuntimeError("no")

        establishments_merged.connect(receiver)
        try:
            with pytest.raises(RuntimeError):
                extract(extract_line("350000010", EJ, "CH"), extract_line("350000011", EJ, "A"))
        finally:
            establishments_merged.disconnect(receiver)
        goes.refresh_from_db()
        assert goes.merged_into is None
        assert not RegisterImport.objects.exists()

    def test_the_number_of_queries_does_not_grow(self, tmp_path):
        lines: list[str] = []  # each file has what the one before had: nothing is closed
        used = [self._queries_to_merge(tmp_path, lines, count) for count in (5, 10)]
        assert used[0] == used[1]

    def _queries_to_merge(self, tmp_path, lines: list[str], count: int) -> int:
        prefix = f"{count:02d}"
        for n in range(count):
            for part in (0, 1):
                finess = f"{prefix}00{n:03d}0{part}"
                place = provisional(finess, f"CH {n}").establishment
                AppointmentFactory(establishment=place, in_department=True)
                HeadcountFactory(establishment=place)
                GrantFactory(establishment=place)
                lines.append(extract_line(finess, f"{prefix}99{n:03d}00", f"CH {n}"))
        path = write_extract(tmp_path / "extract.csv", lines)
        with CaptureQueriesContext(connection) as queries:
            run(path)
        assert counts()["merged"] == count
        return len(queries)


class TestTime:
    def many(self, count: int) -> list[str]:
        return [extract_line(f"35{n:07d}", EJ, f"HOPITAL {n}") for n in range(count)]

    def test_what_disappears_is_closed_and_what_comes_back_opens(self, extract):
        extract(*self.many(10))
        extract(*self.many(9), date=dt.date(2026, 6, 1))
        gone = Site.objects.get(finess_et="350000009")
        assert gone.closed_on == dt.date(2026, 6, 1)
        assert gone.establishment.closed_on is None
        extract(*self.many(10), date=dt.date(2026, 6, 2))
        gone.refresh_from_db()
        assert gone.closed_on is None
        assert counts() == {"unchanged": 9, "reopened": 1}

    def test_a_hospital_without_open_site_is_closed(self, extract):
        lone = extract_line("990000001", OTHER_EJ, "CLINIQUE DU LAC")
        extract(*self.many(9), lone)
        extract(*self.many(9), date=dt.date(2026, 6, 1))
        assert Establishment.objects.get(finess_ej=OTHER_EJ).closed_on == dt.date(2026, 6, 1)

    def test_those_who_count_hear_of_what_closed_opened_or_moved_and_of_nothing_else(self, extract):
        heard: list[list[str]] = []

        def hear(change, **kwargs):
            places = Establishment.objects.filter(pk__in=change.establishment_ids)
            heard.append(sorted(places.values_list("finess_ej", flat=True)))

        lone = extract_line("990000001", OTHER_EJ, "CLINIQUE DU LAC")
        extract(*self.many(9), lone)
        establishments_changed.connect(hear)
        try:
            extract(*self.many(9), date=dt.date(2026, 6, 1))
            extract(*self.many(9), lone, date=dt.date(2026, 6, 2))
            extract(*self.many(9), lone, date=dt.date(2026, 6, 3))  # nothing new
            Establishment.objects.filter(finess_ej=EJ).update(region=None)
            newer = [extract_line("350000000", EJ, "HOPITAL RENOMMÉ"), *self.many(9)[1:]]
            extract(*newer, lone, date=dt.date(2026, 6, 4))
        finally:
            establishments_changed.disconnect(hear)
        assert heard == [[OTHER_EJ], [OTHER_EJ], [EJ]]

    def test_a_newer_extract_updates(self, extract):
        extract(extract_line("350000010", EJ, "CH DE FOUGERES"))
        extract(extract_line("350000010", EJ, "CH DES MARCHES"), date=dt.date(2026, 6, 1))
        assert Establishment.objects.get().name == "CH DES MARCHES"

    def test_an_older_file_is_refused_unless_forced(self, extract):
        extract(REAL_LINE)
        with pytest.raises(CommandError, match="plus récent"):
            extract(REAL_LINE, date=dt.date(2026, 5, 11))
        extract(REAL_LINE, date=dt.date(2026, 5, 11), allow_older=True)

    def test_a_file_from_the_future_is_refused(self, extract):
        with pytest.raises(CommandError, match="à venir"):
            extract(REAL_LINE, date=timezone.localdate() + dt.timedelta(days=3))

    def test_a_truncated_file_closes_nothing(self, extract):
        extract(*self.many(10))
        with pytest.raises(CommandError, match="fermerait 3 sites sur 10"):
            extract(*self.many(7), date=dt.date(2026, 6, 1))
        assert not Site.objects.exclude(closed_on=None).exists()
        extract(*self.many(7), date=dt.date(2026, 6, 1), allow_mass_closing=True)
        assert Site.objects.exclude(closed_on=None).count() == 3

    def test_a_refused_line_does_not_close_its_site(self, extract):
        extract(*self.many(5))
        broken = extract_line("350000004", EJ, "")
        extract(*self.many(4), broken, date=dt.date(2026, 6, 1))
        assert not Site.objects.exclude(closed_on=None).exists()

    def test_the_list_of_hospitals_closes_no_ehpad(self, extract):
        extract(
            extract_line("350000010", EJ, "EHPAD LES LILAS", category="500"),
            date=dt.date(2020, 1, 1),
        )
        run(CARRIED)
        assert Site.objects.get(category_code="500").closed_on is None

    def test_each_import_is_remembered(self, extract):
        extract(REAL_LINE)
        row = RegisterImport.objects.get()
        assert (row.kind, row.file_date) == ("daily_extract", dt.date(2026, 5, 12))
        assert len(row.sha256) == 64


class TestHostileFiles:
    def test_a_file_too_large(self, extract, monkeypatch):
        monkeypatch.setattr("organisation.register.reading.MAX_BYTES", 10)
        with pytest.raises(CommandError, match="trop gros"):
            extract(REAL_LINE)

    def test_too_many_sites(self, extract, monkeypatch):
        monkeypatch.setattr(importer, "MOST_SITES", 1)
        with pytest.raises(CommandError, match="trop de sites"):
            extract(REAL_LINE, extract_line("350000010", EJ, "CH"))

    def test_another_file(self, tmp_path):
        path = tmp_path / "photo.png"
        path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
        with pytest.raises(CommandError, match="Format inconnu"):
            run(path)

    def test_no_file(self, tmp_path):
        with pytest.raises(CommandError, match="n’existe pas"):
            run(tmp_path / "absent.csv")

    def test_an_empty_file(self, tmp_path):
        path = tmp_path / "empty.csv"
        path.touch()
        with pytest.raises(CommandError, match="Format inconnu"):
            run(path)


def test_grants_keep_their_scope_valid(extract):
    goes = provisional("350000011", "ANNEXE").establishment
    provisional("350000010", "CH", family="chu")
    GrantFactory(establishment=goes)
    extract(extract_line("350000010", EJ, "CH"), extract_line("350000011", EJ, "ANNEXE"))
    Grant.objects.get().full_clean()
