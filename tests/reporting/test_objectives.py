"""Objectives: the arithmetic by hand, what pages say of them, and who sets them where."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from organisation.scopes import Scope
from reporting.counting import Cell
from reporting.models import CoverageMonth, CoverageSnapshot, Objective
from reporting.objectives.presenters import line_of
from reporting.objectives.progress import Pace, month_end_before, progress_of
from reporting.objectives.selectors import followed_frozen
from reporting.objectives.services import Target, objective_change, objective_end, objective_set
from tests.organisation.factories import AccountFactory, GrantFactory, StaffRoleFactory
from tests.reporting import world as worlds
from users.models import AuditEntry

JUNE = dt.date(2026, 6, 30)
MARCH = dt.date(2026, 3, 31)
LATER = dt.date(2029, 6, 30)


def cell(covered: int, expected: int, unknown: int = 0) -> Cell:
    return Cell(expected=expected, covered=covered, unknown=unknown)


class TestProgress:
    def test_missing_people_by_hand(self) -> None:
        # 80 % of 610 people is 488; 412 are there.
        progress = progress_of(cell=cell(412, 560, 50), percent=80, day=JUNE, months={})
        assert progress.missing == 76
        assert progress.pace is Pace.UNKNOWN

    def test_part_of_a_person_is_a_person(self) -> None:
        # 80 % of 7 is 5.6: five do not make it, six do.
        assert progress_of(cell=cell(5, 7), percent=80, day=JUNE, months={}).missing == 1
        assert progress_of(cell=cell(6, 7), percent=80, day=JUNE, months={}).is_reached

    def test_what_rounds_up_to_the_objective_does_not_reach_it(self) -> None:
        one = cell(799, 1000)
        assert one.percent == 80
        assert progress_of(cell=one, percent=80, day=JUNE, months={}).missing == 1

    @given(st.integers(1, 400), st.integers(1, 100), st.data())
    def test_so_many_more_reach_it_and_one_less_does_not(
        self, people: int, percent: int, data: Any
    ) -> None:
        covered = data.draw(st.integers(0, people))
        progress = progress_of(cell=cell(covered, people), percent=percent, day=JUNE, months={})
        assert progress.is_reached == (100 * covered >= percent * people)
        if not progress.is_reached:
            more = covered + progress.missing
            assert 100 * more >= percent * people > 100 * (more - 1)
            assert more <= people

    def test_the_pace_of_three_months_by_hand(self) -> None:
        # From 50 % to 56 % in three months: 2 points a month. 24 points are left: 12 months.
        months = {MARCH: cell(50, 100), JUNE: cell(56, 100)}
        progress = progress_of(cell=cell(56, 100), percent=80, day=JUNE, months=months)
        assert progress.pace is Pace.REACHES
        assert progress.reached_in == dt.date(2027, 6, 30)

    def test_a_part_of_a_month_is_a_month(self) -> None:
        # 3 points a month, 10 points left: three and a third.
        months = {MARCH: cell(61, 100), JUNE: cell(70, 100)}
        progress = progress_of(cell=cell(70, 100), percent=80, day=JUNE, months=months)
        assert progress.reached_in == dt.date(2026, 10, 30)

    @pytest.mark.parametrize(
        ("before", "now", "pace"),
        [
            (cell(60, 100), cell(60, 100), Pace.STALLS),
            (cell(60, 100), cell(50, 100), Pace.STALLS),
            (cell(50, 1000), cell(53, 1000), Pace.FAR),
            (None, cell(60, 100), Pace.UNKNOWN),  # hidden then
            (cell(50, 100), None, Pace.UNKNOWN),
            (cell(0, 0), cell(60, 100), Pace.UNKNOWN),  # not asked of anybody then
        ],
    )
    def test_what_months_allow_to_say(
        self, before: Cell | None, now: Cell | None, pace: Pace
    ) -> None:
        months = {MARCH: before, JUNE: now}
        progress = progress_of(cell=cell(60, 1000), percent=80, day=JUNE, months=months)
        assert progress.pace is pace
        assert progress.reached_in is None

    def test_old_months_say_nothing_of_today(self) -> None:
        months = {MARCH: cell(50, 100), JUNE: cell(56, 100)}
        day = JUNE + dt.timedelta(days=63)
        progress = progress_of(cell=cell(56, 100), percent=80, day=day, months=months)
        assert progress.pace is Pace.UNKNOWN

    def test_a_hidden_cell_says_nothing_at_all(self) -> None:
        months = {MARCH: cell(50, 100), JUNE: cell(56, 100)}
        progress = progress_of(cell=None, percent=80, day=JUNE, months=months)
        assert (progress.missing, progress.is_reached, progress.pace) == (0, False, Pace.UNKNOWN)

    def test_month_ends(self) -> None:
        assert month_end_before(JUNE, 3) == MARCH
        assert month_end_before(dt.date(2026, 2, 28), 3) == dt.date(2025, 11, 30)
        assert month_end_before(dt.date(2026, 5, 31), 3) == dt.date(2026, 2, 28)
        assert month_end_before(JUNE, 0) == JUNE


@pytest.fixture
def world(db: None) -> worlds.World:
    world = worlds.build()
    scopes: dict[str, dict[str, Any]] = {
        "trainer": {"establishment": world.house},
        "ward trainer": {"for_department": True, "department": world.ward},
    }
    for name, scope in scopes.items():
        world.users[name] = GrantFactory(**scope).user
        GrantFactory(**scope, user=world.users[name], to_train=True)
    return world


@pytest.fixture
def trainer(world: worlds.World, client: Client) -> Client:
    client.force_login(world.users["trainer"])
    return client


def house(world: worlds.World) -> list[str]:
    return ["etablissement", str(world.house.uid)]


def text_of(response: Any) -> str:
    assert response.status_code == 200
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\xa0", " ").replace("\u202f", " "))


def press(client: Client, address: str, data: dict[str, str]) -> Any:
    """Send a form, then the page that confirms it, as it stands there."""
    page = client.post(address, data)
    assert page.status_code == 200
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    posted = dict(fields)
    assert "counted_as" in posted, text_of(page)
    return client.post(address, posted)


def made(scope: Scope, percent: int = 80, **fields: Any) -> Objective:
    return objective_set(
        scope=scope,
        target=Target(**fields),
        percent=percent,
        due_on=LATER,
        actor=AccountFactory(),
        now=timezone.now(),
    )


def test_it_is_saved_once_confirmed_and_on_record(world: worlds.World, trainer: Client) -> None:
    new = reverse("reporting:objective_new", args=house(world))
    role = StaffRoleFactory(code="medecin")
    data = {"role": role.code, "percent": "80", "due_on": str(LATER)}
    text = text_of(trainer.post(new, data))
    assert not Objective.objects.exists()
    assert f"{role.name}, tous les modules : 80 % avant le 30 juin 2029" in text
    assert press(trainer, new, data).status_code == 302
    objective = Objective.objects.get()
    assert (objective.establishment, objective.role) == (world.house, role)
    entry = AuditEntry.objects.get(action="objective.set")
    assert entry.details["percent"] == 80
    assert entry.actor == world.users["trainer"]


def test_the_page_says_who_is_missing(world: worlds.World, trainer: Client) -> None:
    # 12 people known and 9 more nurses declared: 4 of 21 did the first module; 80 % is 17.
    made(Scope.establishment(world.house), trainable=world.modules[0])
    page = trainer.get(reverse("reporting:establishment", args=[world.house.uid]), {"date": JUNE})
    assert "4 / 21 (19 %), 9 non recensés ; il manque 13 personnes." in text_of(page)
    assert '<svg class="tcv-bar"' in page.content.decode()


def test_a_department_follows_its_own(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["ward trainer"])
    made(Scope.department(world.ward), percent=50, trainable=world.modules[0])
    address = reverse("reporting:department", args=[world.ward.uid])
    # Six people; the first and the seventh of the hospital did it in February.
    text = text_of(client.get(address, {"date": "2026-06-30"}))
    assert "2 / 6 (33 %) ; il manque 1 personne." in text
    text = text_of(client.get(address, {"date": "2026-01-31"}))
    assert "0 / 6 (0 %) ; il manque 3 personnes." in text


def test_changed_with_confirmation_and_what_was_before(
    world: worlds.World, trainer: Client
) -> None:
    objective = made(Scope.establishment(world.house))
    edit = reverse("reporting:objective_edit", args=[*house(world), objective.uid])
    data = {"percent": "10", "due_on": "2028-01-31"}
    text = text_of(trainer.post(edit, data))
    assert "Jusqu’ici : Tous les métiers, tous les modules : 80 %" in text
    assert press(trainer, edit, data).status_code == 302
    objective.refresh_from_db()
    assert (objective.percent, objective.due_on) == (10, dt.date(2028, 1, 31))
    details = AuditEntry.objects.get(action="objective.change").details
    assert details["before"] == {"percent": 80, "due_on": "2029-06-30"}
    assert details["after"] == {"percent": 10, "due_on": "2028-01-31"}


def test_ended_it_stays_in_the_history(world: worlds.World, trainer: Client) -> None:
    objective = made(Scope.establishment(world.house))
    stop = reverse("reporting:objective_stop", args=[*house(world), objective.uid])
    assert "Mettre fin à cet objectif" in text_of(trainer.get(stop))
    assert trainer.post(stop).status_code == 302
    objective.refresh_from_db()
    assert objective.ended_by == world.users["trainer"]
    listing = trainer.get(reverse("reporting:objectives", args=house(world)))
    assert "Objectifs terminés" in text_of(listing)
    page = trainer.get(reverse("reporting:establishment", args=[world.house.uid]))
    assert "80 % avant" not in text_of(page)
    assert trainer.post(stop).status_code == 404
    with pytest.raises(ValidationError):
        objective_change(objective=objective, percent=1, due_on=LATER, actor=AccountFactory())
    with pytest.raises(ValidationError):
        objective_end(objective=objective, actor=AccountFactory(), now=timezone.now())
    made(Scope.establishment(world.house))  # and another may be set


def test_one_stands_for_the_same_people(world: worlds.World, trainer: Client) -> None:
    made(Scope.establishment(world.house))
    new = reverse("reporting:objective_new", args=house(world))
    page = trainer.post(new, {"percent": "70", "due_on": str(LATER)})
    assert "porte déjà sur ces personnes" in text_of(page)
    with pytest.raises(ValidationError):
        made(Scope.establishment(world.house), percent=70)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("percent", "0", "supérieure ou égale à 1"),
        ("percent", "101", "inférieure ou égale à 100"),
        ("percent", "beaucoup", "nombre entier"),
        ("due_on", "2020-01-01", "Choisissez une date à venir"),
        ("due_on", "2999-01-01", "dans les cinq ans"),
        ("due_on", "", "Champ requis"),
        ("module", "x", "n’est pas un UUID valide"),
    ],
)
def test_bad_input_is_told_and_nothing_lost(
    world: worlds.World, trainer: Client, field: str, value: str, words: str
) -> None:
    data = {"percent": "77", "due_on": str(LATER), "filiere": "medicale", field: value}
    page = trainer.post(reverse("reporting:objective_new", args=house(world)), data)
    assert words in text_of(page)
    assert f'value="{data["percent"]}"' in page.content.decode()
    assert not Objective.objects.exists()


def test_a_role_and_a_family_at_once_are_refused(world: worlds.World, trainer: Client) -> None:
    role = StaffRoleFactory(code="medecin")
    data = {"role": role.code, "filiere": role.family.code, "percent": "80", "due_on": str(LATER)}
    page = trainer.post(reverse("reporting:objective_new", args=house(world)), data)
    assert "pas les deux" in text_of(page)


def test_a_region_has_no_single_role(world: worlds.World, client: Client) -> None:
    client.force_login(world.users["region"])
    args = ["region", world.region.code]
    form = client.get(reverse("reporting:objective_new", args=args)).content.decode()
    assert 'name="filiere"' in form
    assert 'name="role"' not in form
    with pytest.raises(ValidationError):
        made(Scope.region(world.region), role=StaffRoleFactory(code="medecin"))


class TestFrozen:
    def test_a_region_reads_its_cell_of_the_grid(self, world: worlds.World, client: Client) -> None:
        objective = made(Scope.region(world.region), trainable=world.modules[0])
        snapshot = CoverageSnapshot.objects.get(
            kind="region", region=world.region, role_family=None, trainable=world.modules[0]
        )
        assert not snapshot.is_suppressed
        found = frozen(world, objective)
        assert found.progress.cell == snapshot.cell
        client.force_login(world.users["region"])
        page = client.get(reverse("reporting:region", args=[world.region.code]))
        assert line_of(found).sentence.replace("\xa0", " ") in text_of(page)

    def test_a_hidden_cell_hides_the_progress(self, world: worlds.World, client: Client) -> None:
        family = StaffRoleFactory(code="medecin").family
        snapshots = CoverageSnapshot.objects.filter(
            kind="region", region=world.region, role_family=family, trainable=None
        )
        assert snapshots.update(is_suppressed=True) == 1
        objective = made(Scope.region(world.region), role_family=family)
        found = frozen(world, objective)
        assert found.progress.cell is None
        line = line_of(found)
        assert line.state == "hidden"
        assert not line.bar
        assert not re.search(r"\d", line.sentence)
        client.force_login(world.users["region"])
        code = world.region.code
        for name, args in (("region", [code]), ("objectives", ["region", code])):
            text = text_of(client.get(reverse(f"reporting:{name}", args=args)))
            assert "Masqué : le groupe est trop petit" in text

    def test_a_hidden_month_hides_the_pace(self, world: worlds.World) -> None:
        objective = made(Scope.region(world.region))
        march = CoverageMonth.objects.create(ends_on=MARCH, computed_at=timezone.now())
        before = CoverageSnapshot.objects.create(
            month=march,
            kind="region",
            region=world.region,
            expected=10,
            covered=10,
            overdue=0,
            unknown=0,
        )
        assert frozen(world, objective).progress.pace is Pace.STALLS
        CoverageSnapshot.objects.filter(pk=before.pk).update(is_suppressed=True)
        assert frozen(world, objective).progress.pace is Pace.UNKNOWN

    def test_the_nation_before_any_month(self, db: None, client: Client) -> None:
        made(Scope.nation())
        client.force_login(GrantFactory(for_nation=True).user)
        page = client.get(reverse("reporting:objectives", args=["pays", "france"]))
        assert "Aucun mois n’est encore arrêté" in text_of(page)


def frozen(world: worlds.World, objective: Objective) -> Any:
    month = CoverageMonth.objects.get(ends_on=JUNE)
    (found,) = followed_frozen(region=world.region, month=month, objectives=[objective])
    return found


# kind of place -> kind of user -> (reads, sets)
WALK = {
    "etablissement": {"ciso": (True, False), "trainer": (True, True)},
    "service": {
        "ciso": (True, False),
        "trainer": (True, True),
        "ward manager": (True, False),
        "ward trainer": (True, True),
    },
    "region": {"region": (True, True), "nation": (True, True)},
    "pays": {"nation": (True, True)},
}


@pytest.mark.parametrize("kind", sorted(WALK))
def test_who_reads_and_sets_where(world: worlds.World, kind: str) -> None:
    places: dict[str, tuple[object, Scope]] = {
        "etablissement": (world.house.uid, Scope.establishment(world.house)),
        "service": (world.ward.uid, Scope.department(world.ward)),
        "region": (world.region.code, Scope.region(world.region)),
        "pays": ("france", Scope.nation()),
    }
    ref, scope = places[kind]
    args = [kind, str(ref)]
    own = [*args, str(made(scope).uid)]
    for name, user in world.users.items():
        reads, sets = WALK[kind].get(name, (False, False))
        client = Client()
        client.force_login(user)
        listing = client.get(reverse("reporting:objectives", args=args))
        assert listing.status_code == (200 if reads else 403), name
        if reads:
            assert ("Fixer un objectif" in text_of(listing)) == sets, name
        views = {"objective_new": args, "objective_edit": own, "objective_stop": own}
        for view, target in views.items():
            address = reverse(f"reporting:{view}", args=target)
            assert client.get(address).status_code == (200 if sets else 403), (name, view)
            if not sets:
                assert client.post(address).status_code == 403, (name, view)


@pytest.mark.parametrize(
    "args", [("pays", "x"), ("region", "999"), ("etablissement", "x"), ("lune", "france")]
)
def test_an_unknown_place_is_not_found(world: worlds.World, client: Client, args: Any) -> None:
    client.force_login(world.users["nation"])
    assert client.get(reverse("reporting:objectives", args=args)).status_code == 404


def test_another_places_objective_is_not_found(world: worlds.World, trainer: Client) -> None:
    objective = made(Scope.establishment(world.small))
    for view in ("objective_edit", "objective_stop"):
        address = reverse(f"reporting:{view}", args=[*house(world), objective.uid])
        assert trainer.get(address).status_code == 404


def test_queries_do_not_grow_with_the_objectives(world: worlds.World, trainer: Client) -> None:
    def cost(address: str) -> int:
        trainer.get(address)
        with CaptureQueriesContext(connection) as queries:
            trainer.get(address)
        return len(queries)

    addresses = [
        reverse("reporting:establishment", args=[world.house.uid]),
        reverse("reporting:objectives", args=house(world)),
    ]
    scope = Scope.establishment(world.house)
    made(scope)
    few = [cost(address) for address in addresses]
    made(scope, trainable=world.modules[0])
    made(scope, trainable=world.modules[1], role=StaffRoleFactory(code="medecin"))
    assert [cost(address) for address in addresses] == few
