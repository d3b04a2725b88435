"""The «dossier de preuve»: what it says and hides, that it is the same for ever, and its check."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from organisation.models import Establishment, StaffRole
from reporting.counting import ALL, Cell, CoverageTable
from reporting.counting.matrix import TOTAL
from reporting.evidence.content import canonical, checksum, content_of_establishment
from reporting.evidence.hiding import shown_cells
from reporting.evidence.issuing import evidence_issue, evidence_pdf, evidence_revoke
from reporting.evidence.paper import evidence_data, evidence_pdf_render
from reporting.models import CoverageSnapshot, EvidenceFile
from reporting.suppression import THRESHOLD
from tests.organisation.factories import (
    AccountFactory,
    AppointmentFactory,
    EstablishmentFactory,
    GrantFactory,
    StaffRoleFactory,
)
from tests.reporting import world as worlds
from tests.reporting.factories import RequirementFactory, TrainableFactory, completed
from tests.support.pdf import pdf_codes, pdf_info, pdf_structure, pdf_text
from training.enums import Provenance
from users.models import AuditEntry

pytestmark = pytest.mark.django_db

JUNE = worlds.JUNE
NOW = dt.datetime(2026, 7, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def world() -> worlds.World:
    return worlds.build(people=60)


def issued(world: worlds.World, place: Any = ..., **over: Any) -> EvidenceFile:
    wanted: dict[str, Any] = {
        "place": world.house if place is ... else place,
        "user": world.users["ciso"],
        "day": JUNE,
        "month": world.month,
        "now": NOW,
    }
    return evidence_issue(**wanted | over)


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "dossier.pdf"
    file.write_bytes(pdf)
    return plain(pdf_text(file))


def main_of(client: Client, address: str, **post: Any) -> str:
    response = client.post(address, post) if post else client.get(address)
    assert response.status_code == 200
    return plain(response.content.decode().split("<main")[1].split("</main>")[0])


def test_it_says_scope_date_rules_requirements_figures_and_provenance(
    world: worlds.World, tmp_path: Path
) -> None:
    person = AppointmentFactory(establishment=world.house, role=StaffRoleFactory(code="medecin"))
    completed(person.person, world.modules[1], dt.date(2026, 5, 1), Provenance.TEAM)
    file = issued(world)
    text = text_of(evidence_pdf(file=file), tmp_path)
    assert "CHU d’Essai" in text
    assert "30 juin 2026" in text
    assert file.number in text
    # Ten of 61 people did both, and HR declares 48 nurses more than are known.
    assert "10 / 109 (9 %), 48 non recensés" in text
    assert "Obligations de formation en vigueur" in text
    assert "90 jours" in text
    assert "12 mois" in text
    assert "Déclarée : séance d’équipe" in text
    assert "1 à 4" in plain(file.content)
    assert "Personnes distinctes à qui une obligation demande le module ce jour-là." in text
    assert "tous-cyber-vigilant" in text


def test_it_holds_no_name(world: worlds.World) -> None:
    appointment = AppointmentFactory(
        establishment=world.house, person__first_name="Quitterie", person__last_name="Zyxwvut"
    )
    completed(appointment.person, world.modules[0], dt.date(2026, 5, 1))
    file = issued(world)
    assert "Quitterie" not in file.content
    assert "Zyxwvut" not in file.content
    assert world.users["ciso"].email not in file.content


def test_groups_under_five_are_hidden_and_cannot_be_subtracted(world: worlds.World) -> None:
    role = StaffRoleFactory(code="directeur")
    AppointmentFactory.create_batch(3, establishment=world.house, role=role)
    content = content_of_establishment(establishment=world.house, day=JUNE)
    for table in content["tables"]:
        shown = [row["figures"] for row in table["rows"] if row["figures"]]
        assert all(one["expected"] + one["unknown"] >= THRESHOLD for one in shown)
        small = [row for row in table["rows"] if row["title"] == role.name]
        assert [row["figures"] for row in small] == [None]
        # Its family is of these three alone, and the whole minus the other families would give it.
        families = [row for row in table["rows"] if row["level"] == "family"]
        assert sum(row["figures"] is None for row in families) >= 2


@given(
    roles=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=7),
    wards=st.lists(st.integers(1, 30), max_size=3),
)
def test_what_a_paper_prints_gives_no_hidden_group(
    roles: list[tuple[int, int]], wards: list[int]
) -> None:
    """A curious auditor: each total minus what is printed of its members leaves nothing, or five
    people or more in two rows or more."""
    cells: dict[tuple[Any, int], Cell] = {}
    family_of = {}
    for pk, (family, people) in enumerate(roles):
        family_of[pk] = family
        cells[("role", pk), ALL] = Cell(expected=people)
        before = cells.get((("family", family), ALL), Cell()).expected
        cells[("family", family), ALL] = Cell(expected=before + people)
    cells[TOTAL, ALL] = Cell(expected=sum(people for _family, people in roles))
    # Rows of the table that the paper does not print.
    cells |= {(("department", pk), ALL): Cell(expected=people) for pk, people in enumerate(wards)}
    named = [StaffRole(pk=pk, family_id=family) for pk, family in family_of.items()]
    shown = shown_cells(table=CoverageTable(cells), roles=named)
    assert not any(row[0] == "department" for row, _training in shown)
    families = set(family_of.values())
    lines: list[tuple[Any, list[Any]]] = [(TOTAL, [("family", family) for family in families])]
    lines += [
        (("family", family), [("role", role) for role, of in family_of.items() if of == family])
        for family in families
    ]
    for total, members in lines:
        hidden = [row for row in members if shown[row, ALL] is None]
        if shown[total, ALL] is not None and hidden:
            assert len(hidden) >= 2
            assert sum(cells[row, ALL].people for row in hidden) >= THRESHOLD
    assert all(cell is None or cell.people >= THRESHOLD for cell in shown.values())


def test_a_total_under_five_is_hidden(tmp_path: Path) -> None:
    house = EstablishmentFactory()
    RequirementFactory()
    AppointmentFactory.create_batch(3, establishment=house)
    content = content_of_establishment(establishment=house, day=JUNE)
    assert content["total"] is None
    assert "masqué" in content["total_words"]


def test_a_house_of_which_nothing_is_known_has_a_paper_that_says_so(tmp_path: Path) -> None:
    house = EstablishmentFactory()
    file = evidence_issue(place=house, user=AccountFactory(), day=JUNE, month=None, now=NOW)
    assert "Aucune formation n’est demandée dans ce périmètre" in text_of(
        evidence_pdf(file=file), tmp_path
    )


@pytest.mark.parametrize("name", ["region", "nation"])
def test_above_a_house_only_the_frozen_grid_is_read(name: str, world: worlds.World) -> None:
    place = world.region if name == "region" else None
    before = json.loads(issued(world, place).content)
    AppointmentFactory.create_batch(50, establishment=world.house)
    after = json.loads(issued(world, place).content)
    assert before == after
    assert before["is_frozen"]
    assert before["provenance"] == []


def test_what_the_grid_hides_is_hidden_in_the_paper_of_a_region(world: worlds.World) -> None:
    CoverageSnapshot.objects.filter(kind="region", trainable=None).update(is_suppressed=True)
    content = json.loads(issued(world, world.region).content)
    assert content["total"] is None
    assert {row["figures"] for row in content["tables"][0]["rows"]} == {None}


def test_the_same_record_makes_the_same_bytes(world: worlds.World) -> None:
    file = issued(world)
    first = evidence_pdf(file=file)
    AppointmentFactory.create_batch(5, establishment=world.house)
    world.house.name = "Un autre nom"
    world.house.save()
    again = EvidenceFile.objects.get(pk=file.pk)
    assert evidence_pdf(file=again) == first
    assert again.editions == [checksum(first)]


def test_the_checksum_is_of_the_content_and_stands_on_the_paper(
    world: worlds.World, tmp_path: Path
) -> None:
    file = issued(world)
    assert file.sha256 == checksum(file.content)
    assert canonical(json.loads(file.content)) == file.content
    assert file.sha256 in text_of(evidence_pdf(file=file), tmp_path).replace(" ", "")


def test_any_figure_changes_the_checksum(world: worlds.World) -> None:
    content = json.loads(issued(world).content)
    known = {checksum(canonical(content))}
    count = 1
    for table in content["tables"]:
        for row in table["rows"]:
            for name, value in (row["figures"] or {}).items():
                row["figures"][name] = (value or 0) + 1
                known.add(checksum(canonical(content)))
                row["figures"][name] = value
                count += 1
    assert len(known) == count > 50


@given(
    content=st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_the_canonical_text_says_all_and_in_one_way(content: Any) -> None:
    text = canonical({"content": content})
    assert json.loads(text) == {"content": content}
    assert canonical(json.loads(text)) == text


def test_it_is_a_tagged_paper_with_heads_of_tables_and_a_code(
    world: worlds.World, tmp_path: Path
) -> None:
    file = issued(world)
    pdf = evidence_pdf(file=file)
    path = tmp_path / "dossier.pdf"
    path.write_bytes(pdf)
    assert pdf_info(path)["Tagged"] == "yes"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    kinds = [line.split()[0].strip(":") for line in pdf_structure(path) if line]
    assert kinds.count("H1") == 1
    assert "TH" in kinds
    assert kinds.count("Figure") == 1
    (code,) = pdf_codes(pdf)
    assert code.endswith(reverse("reporting:evidence_verify", args=[file.uid]))


def test_long_names_stay_on_the_paper(tmp_path: Path) -> None:
    house = EstablishmentFactory(name="Centre-hospitalier-" * 13)
    training = TrainableFactory(title="Motsdepasse" * 20)
    RequirementFactory(trainable=training)
    AppointmentFactory.create_batch(6, establishment=house)
    file = evidence_issue(place=house, user=AccountFactory(), day=JUNE, month=None, now=NOW)
    path = tmp_path / "dossier.pdf"
    path.write_bytes(evidence_pdf(file=file))
    words = pdf_text(path).replace("\u200b", "").replace("\n", "").replace(" ", "")
    assert "Motsdepasse" * 20 in words
    assert pdf_info(path)["Tagged"] == "yes"


def test_every_word_of_the_paper_comes_from_the_record(world: worlds.World) -> None:
    file = issued(world)
    before = evidence_data(file)
    RequirementFactory(trainable=world.modules[0], scope="establishment", establishment=world.house)
    world.modules[0].title = "Autre titre"
    world.modules[0].save()
    assert evidence_data(EvidenceFile.objects.get(pk=file.pk)) == before


def test_queries_stay_with_more_people(world: worlds.World) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            content_of_establishment(establishment=world.house, day=JUNE)
        return len(seen)

    before = queries()
    for one in AppointmentFactory.create_batch(40, establishment=world.house):
        completed(one.person, world.modules[0], dt.date(2026, 2, 1))
    assert queries() == before


# Asking for it -------------------------------------------------------------------------------


def test_a_manager_establishes_takes_and_revokes_one(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ciso"])
    address = reverse("reporting:establishment_evidence", args=[world.house.uid])
    assert "Aucun pour l’instant" in main_of(client, address)
    response = client.post(address, {"date": "2026-06-30"}, follow=True)
    file = EvidenceFile.objects.get()
    assert (file.day, file.requested_by) == (JUNE, world.users["ciso"])
    assert file.number in response.content.decode()
    pdf = client.get(reverse("reporting:evidence_pdf", args=[file.uid]))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content == evidence_pdf_render(file)
    revoke = reverse("reporting:evidence_revoke", args=[file.uid])
    assert "C’est définitif" in main_of(client, revoke)
    assert not EvidenceFile.objects.get().is_revoked
    client.post(revoke)
    client.post(revoke)
    assert EvidenceFile.objects.get().is_revoked
    acts = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["evidence.issue", "evidence.download", "evidence.revoke"]


@pytest.mark.parametrize("day", ["", "hier", "2999-01-01", "1999-12-31"])
def test_a_wrong_day_is_told_and_issues_nothing(
    day: str, world: worlds.World, client: Client
) -> None:
    client.force_login(world.users["ciso"])
    address = reverse("reporting:establishment_evidence", args=[world.house.uid])
    response = client.post(address, {"date": day})
    assert "fr-error-text" in response.content.decode()
    assert not EvidenceFile.objects.exists()


def test_a_region_chooses_a_frozen_month(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["region"])
    address = reverse("reporting:region_evidence", args=["53"])
    client.post(address, {"mois": "2026-05-31"})
    assert not EvidenceFile.objects.exists()
    client.post(address, {"mois": "2026-06-30"})
    assert EvidenceFile.objects.get().region == world.region


def test_before_the_first_month_the_nation_has_none(client: Client) -> None:
    client.force_login(GrantFactory(for_nation=True).user)
    address = reverse("reporting:nation_evidence")
    assert "Aucun mois n’est encore arrêté" in main_of(client, address)
    client.post(address, {"mois": "2026-06-30"})
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("who", "places"),
    [
        ("ciso", {"house"}),
        ("ward manager", set()),
        ("other ciso", set()),
        ("former ciso", set()),
        ("communications", set()),
        ("learner", set()),
        ("superuser", set()),
        ("region", {"region"}),
        ("other region", set()),
        ("nation", {"region", "nation"}),
    ],
)
def test_a_file_is_there_only_for_who_reads_its_place(
    who: str, places: set[str], world: worlds.World, client: Client
) -> None:
    files = {
        "house": issued(world),
        "region": issued(world, world.region),
        "nation": issued(world, None),
    }
    client.force_login(world.users[who])
    for name, file in files.items():
        expected = 200 if name in places else 404
        for view in ("evidence_pdf", "evidence_revoke"):
            address = reverse(f"reporting:{view}", args=[file.uid])
            assert client.get(address).status_code == expected, (view, name)
        if name not in places:
            revoke = reverse("reporting:evidence_revoke", args=[file.uid])
            assert client.post(revoke).status_code == 404
            assert not EvidenceFile.objects.get(pk=file.pk).is_revoked


# The public check -----------------------------------------------------------------------------


def check_address(file: EvidenceFile) -> str:
    return reverse("reporting:evidence_verify", args=[file.uid])


def test_anybody_with_the_paper_reads_what_it_takes_to_compare(
    world: worlds.World, client: Client
) -> None:
    file = issued(world)
    response = client.get(check_address(file))
    text = main_of(client, check_address(file))
    for told in (file.number, "CHU d’Essai", "30 juin 2026", "10 / 108 (9 %), 48 non recensés"):
        assert told in text, told
    assert file.sha256 in text.replace(" ", "").replace("<span>", "").replace("</span>", "")
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


def test_the_public_page_tells_no_row_no_name_and_not_who_asked(
    world: worlds.World, client: Client
) -> None:
    world.users["ciso"].first_name = "Quitterie"
    world.users["ciso"].save()
    text = main_of(client, check_address(issued(world)))
    assert "Quitterie" not in text
    assert world.users["ciso"].email not in text
    for role in worlds.ROLES:
        assert StaffRoleFactory(code=role).name not in text
    assert world.modules[0].title not in text
    assert text.count("%") == 1


def test_the_pdf_and_both_checksums_are_known_and_others_are_not(
    world: worlds.World, client: Client
) -> None:
    file = issued(world)
    pdf = evidence_pdf(file=file)
    address = check_address(file)
    good = "Ce PDF est bien celui qui a été remis"
    assert good in main_of(client, address, fichier=SimpleUploadedFile("a.pdf", pdf))
    assert good in main_of(client, address, empreinte=checksum(pdf))
    spaced = " ".join(file.sha256[at : at + 8] for at in range(0, 64, 8)).upper()
    assert "bien celle du dossier" in main_of(client, address, empreinte=spaced)
    bad = "Ce n’est pas le dossier qui a été remis"
    assert bad in main_of(client, address, fichier=SimpleUploadedFile("a.pdf", pdf + b"\n"))
    assert bad in main_of(client, address, empreinte="0" * 64)
    assert "incomplète" in main_of(client, address, empreinte="x")
    other = evidence_pdf(file=issued(world, world.region))
    assert bad in main_of(client, address, fichier=SimpleUploadedFile("a.pdf", other))


def test_an_older_edition_is_still_known(world: worlds.World, client: Client) -> None:
    """The program that draws may change; what was handed out before stays ours."""
    file = issued(world)
    file.editions = [checksum(b"%PDF drawn by an older typst")]
    file.save()
    evidence_pdf(file=file)
    assert len(EvidenceFile.objects.get(pk=file.pk).editions) == 2
    sent = SimpleUploadedFile("a.pdf", b"%PDF drawn by an older typst")
    assert "bien celui" in main_of(client, check_address(file), fichier=sent)


def test_sending_nothing_or_too_much_is_told(
    world: worlds.World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = check_address(issued(world))
    assert "Choisissez le fichier PDF" in main_of(client, address, empreinte="")
    monkeypatch.setattr("reporting.evidence.verifying.MAX_BYTES", 10)
    big = SimpleUploadedFile("a.pdf", b"x" * 11)
    assert "trop lourd" in main_of(client, address, fichier=big)


def test_a_revoked_file_says_so_and_shows_no_figure(world: worlds.World, client: Client) -> None:
    file = issued(world)
    pdf = evidence_pdf(file=file)
    evidence_revoke(file=file, user=world.users["ciso"], now=timezone.now())
    text = main_of(client, check_address(file))
    assert "est révoqué" in text
    assert "%" not in text
    sent = io.BytesIO(pdf)
    sent.name = "a.pdf"
    assert "ne vous y fiez plus" in main_of(client, check_address(file), fichier=sent)


def test_an_address_that_nobody_was_given_is_not_there(client: Client) -> None:
    unknown = reverse("reporting:evidence_verify", args=["00000000-0000-4000-8000-000000000000"])
    assert client.get(unknown).status_code == 404


def test_what_was_issued_stands_although_the_house_is_gone(world: worlds.World) -> None:
    file = issued(world)
    Establishment.objects.filter(pk=world.house.pk).update(closed_on=dt.date(2026, 6, 1))
    assert json.loads(file.content)["scope"]["name"] == "CHU d’Essai"
    assert evidence_pdf(file=file)
