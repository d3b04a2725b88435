"""The board's page of each kind of place, on screen and on paper."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reporting.board.expiring import _count, end_of_next_month, falling_due
from reporting.board.paper import board_pdf_render
from reporting.board.reading import (
    Board,
    Late,
    board_of_establishment,
    board_of_nation,
    board_of_region,
)
from reporting.board.rules import Kind, Proposal
from reporting.charts import Point
from reporting.counting import Cell
from reporting.models import CoverageSnapshot
from reporting.selectors import rows
from reporting.services import snapshots_freeze
from tests.organisation.factories import (
    AppointmentFactory,
    DepartmentFactory,
    EstablishmentFactory,
    GrantFactory,
)
from tests.reporting import world as worlds
from tests.reporting.factories import (
    RequirementFactory,
    RetrainingFactory,
    TrainableFactory,
    completed,
)
from tests.support.pdf import pdf_info, pdf_structure, pdf_text
from users.models import AuditEntry

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 15)
LONG = "Centre hospitalier intercommunal et universitaire de Saint-Symphorien-sur-Coise " * 3


@pytest.fixture
def world() -> worlds.World:
    return worlds.build()


def main_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


def board(place: str = "CHU d’Essai", late: int = 5, word: str = "") -> Board:
    cell = Cell(expected=560, covered=412, overdue=120, unknown=50)
    return Board(
        place=place,
        day=DAY,
        computed_at=dt.datetime(2026, 11, 15, 9, tzinfo=dt.UTC),
        is_live=True,
        has_months=True,
        total=cell,
        late_kind="Par filière, à ce jour.",
        points=[Point(dt.date(2026, 10, 31), cell), Point(dt.date(2026, 11, 30), None)],
        late=[Late(f"Filière {n} {word}", 100 - n, 200) for n in range(late)],
        proposals=[Proposal(Kind.SESSION, f"Prévoir {word}", f"Parce que {word}")] * 3,
    )


def test_an_establishment_reads_today_and_its_months(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ciso"])
    text = main_of(client, reverse("reporting:establishment_board", args=[world.house.uid]))
    # Of 12 people 2 did both modules, in February and March; 9 nurses more are declared.
    assert "2 / 21" in text
    assert "personnes à jour (10 %), 9 non recensés, 10 en retard" in text
    assert "Pas de comparaison : fin mai 2026 n’est pas arrêté." in text
    assert "2 en retard sur 2 attendus" in text  # the doctors
    assert "Compléter la liste du personnel" in text
    assert 'class="tcv-trend"' in text
    assert "style=" not in text


def test_a_department_says_that_months_are_of_the_house(
    world: worlds.World, client: Client
) -> None:
    client.force_login(world.users["ward manager"])
    text = main_of(client, reverse("reporting:department_board", args=[world.ward.uid]))
    assert "Les mois arrêtés ne descendent pas jusqu’au service" in text
    assert "2 / 6" in text
    assert "Dossier de preuve" not in text


def test_a_region_reads_the_frozen_month_and_hides_what_is_hidden(
    world: worlds.World, client: Client
) -> None:
    client.force_login(world.users["region"])
    text = main_of(client, reverse("reporting:region_board", args=["53"]))
    assert "Mois arrêté au 30 juin 2026" in text
    assert "Joindre les établissements silencieux" in text
    # Three people work in the small hospital: it is on no list.
    assert world.small.name not in text
    shown = board_of_region(region=world.region)
    assert shown is not None
    hidden = CoverageSnapshot.objects.filter(is_suppressed=True, establishment__isnull=False)
    assert hidden.exists()
    assert not {one.name for one in shown.late} & set(
        hidden.filter(role_family=None, trainable=None).values_list(
            "establishment__name", flat=True
        )
    )


def test_a_hidden_total_leaves_no_figure(world: worlds.World, client: Client) -> None:
    CoverageSnapshot.objects.filter(kind="region").update(is_suppressed=True)
    client.force_login(world.users["region"])
    text = main_of(client, reverse("reporting:region_board", args=["53"]))
    assert "Le total est masqué." in text
    assert "tcv-board__figure" not in text
    assert "Que décider ?" in text
    # What is hidden is not said to be well.
    CoverageSnapshot.objects.update(is_suppressed=True)
    text = main_of(client, reverse("reporting:region_board", args=["53"]))
    assert "Personne n’est en retard" not in text
    assert "continuez ainsi" not in text


def test_live_figures_never_reach_a_region(world: worlds.World) -> None:
    before = board_of_region(region=world.region)
    AppointmentFactory.create_batch(30, establishment=world.house)
    after = board_of_region(region=world.region)
    assert before == after


def test_before_the_first_month_a_region_is_told_when(client: Client) -> None:
    client.force_login(GrantFactory(for_nation=True).user)
    text = main_of(client, reverse("reporting:nation_board"))
    assert "Aucun mois n’est encore arrêté" in text
    assert board_of_nation() is None
    assert client.get(reverse("reporting:nation_board_pdf")).status_code == 404


def test_a_house_of_which_nothing_is_known_yet(client: Client) -> None:
    house = EstablishmentFactory()
    client.force_login(GrantFactory(establishment=house).user)
    text = main_of(client, reverse("reporting:establishment_board", args=[house.uid]))
    assert "Rien n’est encore demandé ici." in text
    assert "Personne n’est en retard." in text
    pdf = client.get(reverse("reporting:establishment_board_pdf", args=[house.uid]))
    assert pdf["Content-Type"] == "application/pdf"


def test_what_moved_comes_from_frozen_months_alone(world: worlds.World) -> None:
    snapshots_freeze(month_end=dt.date(2026, 7, 31))
    today = timezone.localdate()
    found = board_of_establishment(establishment=world.house, day=today)
    assert "fin juin 2026" in found.moves[0].sentence
    assert "fin juillet 2026" in found.moves[0].sentence
    before = found.moves
    AppointmentFactory.create_batch(5, establishment=world.house)
    assert board_of_establishment(establishment=world.house, day=today).moves == before


def test_months_after_the_day_asked_for_are_not_told(world: worlds.World) -> None:
    found = board_of_establishment(establishment=world.house, day=dt.date(2026, 5, 31))
    assert found.points == []


def test_what_falls_due_is_counted_to_the_last_day_of_next_month() -> None:
    house = EstablishmentFactory()
    module = TrainableFactory(title="Hameçonnage")
    RequirementFactory(trainable=module, validity_months=12)
    # Counts until the day before: to 31 December, to 1 January, over already, to 30 November.
    for day in (
        dt.date(2026, 1, 1),
        dt.date(2026, 1, 2),
        dt.date(2025, 11, 10),
        dt.date(2025, 12, 1),
    ):
        completed(AppointmentFactory(establishment=house).person, module, day)
    (found,) = falling_due(where=Q(establishment=house), day=DAY)
    assert (found.training, found.people) == ("Hameçonnage", 2)


@pytest.mark.parametrize("seed", range(12))
def test_what_falls_due_is_the_same_as_counting_everybody(seed: int) -> None:
    """Windows only leave out who cannot be meant: the whole house, counted, says the same."""
    chance = random.Random(seed)
    house = EstablishmentFactory()
    modules = [TrainableFactory() for _one in range(3)]
    for module in modules:
        for _requirement in range(chance.randint(0, 2)):
            RequirementFactory(trainable=module, validity_months=chance.choice([None, 1, 6, 12]))
    if chance.random() < 0.5:
        RetrainingFactory(
            trainable=modules[0],
            changed_on=dt.date(2026, 6, 1),
            required_from=dt.date(2026, 11, 1) + dt.timedelta(days=chance.randint(0, 90)),
        )
    day = dt.date(2026, chance.choice([1, 2, 8, 11]), chance.choice([28, 15, 1]))
    for _person in range(12):
        person = AppointmentFactory(establishment=house).person
        for _completion in range(chance.randint(0, 4)):
            done = day - dt.timedelta(days=chance.randint(-5, 400))
            completed(person, chance.choice(modules), done)
    where = Q(establishment=house)
    naive = _count(where, rows.rulebook_at(day=day), day, end_of_next_month(day))
    found = falling_due(where=where, day=day)
    assert sorted(found, key=repr) == sorted(naive, key=repr)


@pytest.mark.parametrize("word", ["", "très longuement dit " * 8, "x" * 160])
@pytest.mark.parametrize("place", ["CHU d’Essai", LONG, "X" * 255])
def test_the_paper_is_one_tagged_page_whatever_the_names(
    place: str, word: str, tmp_path: Path
) -> None:
    file = tmp_path / "bilan.pdf"
    file.write_bytes(board_pdf_render(board(place=place, word=word)))
    info = pdf_info(file)
    assert (info["Pages"], info["Tagged"]) == ("1", "yes")
    assert info["Page size"].endswith("(A4)")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in file.read_bytes()


def test_the_paper_asks_four_questions_in_order(tmp_path: Path) -> None:
    file = tmp_path / "bilan.pdf"
    file.write_bytes(board_pdf_render(board()))
    kinds = [line.split()[0].strip(":") for line in pdf_structure(file) if line]
    assert [kind for kind in kinds if kind in ("H1", "H2")] == ["H1", "H2", "H2", "H2", "H2"]
    assert "Table" not in kinds
    text = " ".join(pdf_text(file).replace("\u202f", " ").split())
    assert "412 / 610" in text
    assert "personnes à jour (68 %), 50 non recensés" in text
    assert text.index("Où en sommes-nous ?") < text.index("Qui est en retard ?")


def test_equal_figures_make_equal_papers() -> None:
    assert board_pdf_render(board()) == board_pdf_render(board())
    assert board_pdf_render(board()) != board_pdf_render(board(late=4))


def test_a_paper_that_is_taken_away_is_on_record(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ciso"])
    client.get(reverse("reporting:establishment_board_pdf", args=[world.house.uid]))
    entry = AuditEntry.objects.get(action="coverage.export")
    assert entry.target.startswith("bilan-chu-dessai-")


@pytest.mark.parametrize("who", ["ciso", "region", "nation"])
def test_queries_stay_with_more_people_and_places(
    who: str, world: worlds.World, client: Client
) -> None:
    client.force_login(world.users[who])
    address = {
        "ciso": reverse("reporting:establishment_board", args=[world.house.uid]),
        "region": reverse("reporting:region_board", args=["53"]),
        "nation": reverse("reporting:nation_board"),
    }[who]
    before = queries(client, address)
    ward = DepartmentFactory(establishment=world.house)
    for one in AppointmentFactory.create_batch(40, establishment=world.house, department=ward):
        completed(one.person, world.modules[0], dt.date(2026, 2, 1))
    for _house in range(3):
        AppointmentFactory.create_batch(9, establishment=EstablishmentFactory(region=world.region))
    snapshots_freeze(month_end=dt.date(2026, 7, 31))
    assert queries(client, address) == before


def queries(client: Client, address: str) -> int:
    client.get(address)  # what is kept between two requests
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
