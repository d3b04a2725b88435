"""«Portée»: counts put together by hand, who reads which, and a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaign_assets.enums import ReachKind
from campaign_assets.models import PosterPage, ReachEvent, ShortLink
from campaign_assets.reach.services import reach_record
from campaign_assets.workshop.services import adaptation_save
from courses.models import LearningSession
from organisation.enums import ScopeKind
from organisation.models import Establishment
from reporting.reach.counting import Reach
from tests.campaign_assets.factories import (
    CampaignFactory,
    DrawnPosterFactory,
    VideoPageFactory,
    resources_index,
)
from tests.courses.factories import make_module
from tests.organisation.factories import EstablishmentFactory, GrantFactory, RegionFactory
from users.models import User

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client(headers={"user-agent": FIREFOX})
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


class World:
    """Two hospitals of two regions, a poster on a wall of the first, and a film."""

    def __init__(self) -> None:
        self.gallery = resources_index()
        self.module = make_module()
        self.poster: PosterPage = DrawnPosterFactory(
            parent=self.gallery,
            title="Je verrouille",
            leads_to=self.module,
            campaign=CampaignFactory(code="automne"),
        )
        self.film = VideoPageFactory(parent=self.gallery, title="Le film")
        self.house: Establishment = EstablishmentFactory(name="Centre hospitalier de Vannes")
        self.other: Establishment = EstablishmentFactory(
            name="Centre hospitalier de Lens", region=RegionFactory(code="32")
        )
        self.officer: User = GrantFactory(to_communicate=True, establishment=self.house).user
        self.link = self.hang("Salle de pause")

    def hang(self, placement: str) -> ShortLink:
        adaptation = adaptation_save(
            page=self.poster,
            establishment=self.house,
            texts={},
            placement=placement,
            actor=self.officer,
            now=timezone.now(),
        )
        link: ShortLink = adaptation.short_link
        return link

    def happens(self, kind: ReachKind, *, days_ago: int = 0, **more: Any) -> ReachEvent:
        asset = more.pop("asset", self.poster)
        now = timezone.now() - dt.timedelta(days=days_ago)
        return reach_record(kind=kind, asset=asset, now=now, **more)

    def learns(self, link: ShortLink, *, is_finished: bool) -> LearningSession:
        now = timezone.now()
        session: LearningSession = LearningSession.objects.create(
            trainable=self.module.trainable,
            revision="1",
            started_at=now,
            completed_at=now if is_finished else None,
            came_by=link,
        )
        return session


@pytest.fixture
def world() -> World:
    world = World()
    world.happens(ReachKind.DOWNLOAD, establishment=world.house)
    world.happens(ReachKind.DOWNLOAD, establishment=world.house, days_ago=9)
    world.happens(ReachKind.DOWNLOAD, establishment=world.other)
    world.happens(ReachKind.DOWNLOAD, establishment=world.house, days_ago=400)
    world.happens(ReachKind.PLAY, asset=world.film)
    for _time in range(4):
        world.happens(ReachKind.SCAN, establishment=world.house, short_link=world.link)
    world.learns(world.link, is_finished=True)
    world.learns(world.link, is_finished=False)
    return world


def shown(client: Client, **query: str) -> Any:
    response = client.get(reverse("reporting:reach"), query)
    assert response.status_code == 200
    return response.context


def test_an_officer_reads_her_own_hospital_first(
    world: World, client_of: Callable[[User], Client]
) -> None:
    context = shown(client_of(world.officer))
    assert context["place"].establishment == world.house
    assert context["figures"] == Reach(downloads=2, scans=4, begun=2, finished=1)
    page = context["page_of_reach"]
    assert [(line.title, line.reach.scans) for line in page.walls] == [("Salle de pause", 4)]
    assert [line.title for line in page.assets] == ["Je verrouille"]
    assert page.places == []
    assert [step["share"] for step in page.steps] == ["", "50\u00a0%", "25\u00a0%"]


def test_the_whole_campaign_by_region(world: World, client_of: Callable[[User], Client]) -> None:
    context = shown(client_of(world.officer), lieu="tout")
    assert context["figures"] == Reach(downloads=3, plays=1, scans=4, begun=2, finished=1)
    places = {line.title: line.reach for line in context["page_of_reach"].places}
    assert world.house.region is not None
    assert world.other.region is not None
    assert places == {
        world.house.region.name: Reach(downloads=2, scans=4, begun=2, finished=1),
        world.other.region.name: Reach(downloads=1),
        "Sans établissement connu": Reach(plays=1),
    }


def test_weeks_begin_on_monday_and_none_is_left_out(
    world: World, client_of: Callable[[User], Client]
) -> None:
    weeks = shown(client_of(world.officer), periode="4")["page_of_reach"].weeks
    assert len(weeks) == 4
    assert all(timezone.localtime(week).weekday() == 0 for week, _reach in weeks)
    assert sum(reach.downloads for _week, reach in weeks) == 2
    assert weeks[-1][1].scans == 4
    year = shown(client_of(world.officer), periode="52")
    assert year["figures"].downloads == 2


def test_of_one_campaign_only(world: World, client_of: Callable[[User], Client]) -> None:
    CampaignFactory(code="hiver")
    client = client_of(world.officer)
    assert shown(client, lieu="tout", campagne="automne")["figures"].plays == 0
    nothing = client.get(reverse("reporting:reach"), {"campagne": "hiver"})
    assert "Rien n’a encore été compté" in nothing.content.decode()


def test_another_hospitals_walls_are_not_hers_to_read(
    world: World, client_of: Callable[[User], Client]
) -> None:
    stranger: User = GrantFactory(to_communicate=True, establishment=world.other).user
    context = shown(client_of(stranger), lieu=f"e-{world.house.uid}")
    assert context["place"].establishment == world.other
    assert context["page_of_reach"].walls == []
    assert context["figures"] == Reach(downloads=1)


def test_a_region_reads_its_hospitals_and_the_nation_every_region(
    world: World, client_of: Callable[[User], Client]
) -> None:
    region = world.house.region
    ars: User = GrantFactory(
        to_communicate=True, scope=ScopeKind.REGION, establishment=None, region=region
    ).user
    context = shown(client_of(ars))
    assert [line.title for line in context["page_of_reach"].places] == [world.house.name]
    nation: User = GrantFactory(
        to_communicate=True, scope=ScopeKind.NATION, establishment=None
    ).user
    assert region is not None
    context = shown(client_of(nation), lieu=f"r-{region.code}")
    assert context["figures"].downloads == 2


def test_without_a_hospital_to_speak_for_it_is_refused_in_words(
    client_of: Callable[[User], Client], django_user_model: type[User]
) -> None:
    nobody = django_user_model.objects.create_user("agent@demo.test", "x")
    response = client_of(nobody).get(reverse("reporting:reach"))
    assert response.status_code == 403
    assert "réservée aux personnes" in response.content.decode()


@pytest.mark.parametrize("query", [{"periode": "99"}, {"lieu": "x"}, {"campagne": "' or 1"}])
def test_what_makes_no_sense_in_the_address_is_no_error(
    world: World, client_of: Callable[[User], Client], query: dict[str, str]
) -> None:
    shown(client_of(world.officer), **query)


def test_the_file_says_the_same(world: World, client_of: Callable[[User], Client]) -> None:
    client = client_of(world.officer)
    response = client.get(reverse("reporting:reach_file", args=["csv"]))
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert "Ressource;Je verrouille;Affiche;2;0;4;2;1" in lines
    assert "Emplacement;Salle de pause;Je verrouille;0;0;4;2;1" in lines
    assert client.get(reverse("reporting:reach_file", args=["xlsx"])).status_code == 200
    assert client.get(reverse("reporting:reach_file", args=["pdf"])).status_code == 404


def test_the_page_costs_the_same_whatever_happened(
    world: World,
    client_of: Callable[[User], Client],
    django_assert_num_queries: Any,
) -> None:
    client = client_of(world.officer)
    for _warm in range(2):
        shown(client, lieu="tout")
    with CaptureQueriesContext(connection) as before:
        shown(client, lieu="tout")
        count = len(before)
    for number in range(6):
        asset = DrawnPosterFactory(parent=world.gallery)
        world.happens(ReachKind.DOWNLOAD, asset=asset, establishment=EstablishmentFactory())
        world.learns(world.hang(f"Mur {number}"), is_finished=True)
    shown(client, lieu="tout")
    with django_assert_num_queries(count):
        shown(client, lieu="tout")
    own = f"e-{world.house.uid}"
    shown(client, lieu=own)
    with CaptureQueriesContext(connection) as of_house:
        shown(client, lieu=own)
        count = len(of_house)
    for number in range(6):
        world.hang(f"Autre mur {number}")
    with django_assert_num_queries(count):
        shown(client, lieu=own)


def test_from_a_wall_to_a_finished_module(
    world: World, client_of: Callable[[User], Client]
) -> None:
    """Somebody scans, begins without saying who she is, and the officer sees it."""
    phone = Client(headers={"user-agent": FIREFOX})
    landing = phone.get(f"/a/{world.link.code}/", follow=True)
    assert f'name="affiche" value="{world.link.code}"' in landing.content.decode()
    start = reverse("courses:module_start", args=[world.module.trainable.uid])
    assert phone.post(start, {"affiche": world.link.code}).status_code == 302
    session = LearningSession.objects.latest("pk")
    assert session.came_by == world.link
    assert session.person is None
    context = shown(client_of(world.officer))
    assert context["figures"] == Reach(downloads=2, scans=5, begun=3, finished=1)


@pytest.mark.parametrize("code", ["1", "INCONNU", "x" * 500, "\x00", "' or 1=1"])
def test_a_code_of_no_wall_begins_the_module_all_the_same(world: World, code: str) -> None:
    phone = Client(headers={"user-agent": FIREFOX})
    start = reverse("courses:module_start", args=[world.module.trainable.uid])
    assert phone.post(start, {"affiche": code}).status_code == 302
    assert LearningSession.objects.latest("pk").came_by is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_is_accessible_and_fits(
    width: int, world: World, page_factory: Any, login: Any, axe_check: Any
) -> None:
    page = page_factory(width)
    login(page, world.officer)
    for query in ("", "?lieu=tout", "?campagne=rien"):
        page.goto(reverse("reporting:reach") + query)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query
