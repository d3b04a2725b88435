"""What becomes of the assets: who counts, who does not, and what is said of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaign_assets.enums import ReachKind
from campaign_assets.models import PosterPage, ReachEvent, ResourcesIndexPage, ShortLink, VideoPage
from campaign_assets.reach import services
from campaign_assets.reach.selectors import ReachFilter, events_by
from campaign_assets.reach.services import reach_record
from campaign_assets.reach.statements import reached
from campaign_assets.workshop.services import adaptation_delete, adaptation_save
from lrs.models import Statement
from lrs.services import PLATFORM, statements_store
from lrs.xapi.jsontext import loads
from organisation.models import Establishment
from organisation.services import establishments_merge
from tests.organisation.factories import AccountFactory, AppointmentFactory, EstablishmentFactory
from tests.support.pdf import pdf_codes
from users.models import User

from .factories import DrawnPosterFactory, PosterPageFactory, VideoPageFactory

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ROBOTS = [
    "",
    "curl/8.15.0",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "WhatsApp/2.23.20.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "HeadlessChrome/140.0.0.0 Safari/537.36",
]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def reader() -> Client:
    return Client(headers={"user-agent": FIREFOX})


@pytest.fixture
def poster(gallery: ResourcesIndexPage) -> PosterPage:
    page: PosterPage = PosterPageFactory(parent=gallery, slug="verrouiller")
    return page


@pytest.fixture
def film(gallery: ResourcesIndexPage) -> VideoPage:
    page: VideoPage = VideoPageFactory(parent=gallery)
    return page


def take(client: Client, page: Any, method: str = "get", **headers: str) -> Any:
    response = getattr(client, method)(f"/telechargements/{page.pk}/a4.pdf", headers=headers)
    if response.streaming:
        b"".join(response.streaming_content)
    for close in response._resource_closers:  # and no signal, which would end the transaction
        close()
    return response


def statement_of(event: ReachEvent) -> dict[str, Any]:
    statement = Statement.objects.get(statement_id=reached(event)["id"])
    found: dict[str, Any] = loads(statement.payload)
    return found


def test_a_download_is_counted_and_said_of_nobody(reader: Client, poster: PosterPage) -> None:
    assert take(reader, poster).status_code == 200
    event = ReachEvent.objects.get()
    assert (event.kind, event.asset_id, event.file) == (ReachKind.DOWNLOAD, poster.pk, "a4.pdf")
    assert event.establishment is None
    said = statement_of(event)
    assert said["actor"]["account"]["name"] == "anonymous"
    assert said["verb"]["id"] == "http://id.tincanapi.com/verb/downloaded"
    assert str(poster.translation_key) in said["object"]["id"]
    assert dt.datetime.fromisoformat(said["timestamp"]) == event.at


def test_of_a_signed_in_reader_it_says_where_she_works_and_never_who(
    poster: PosterPage, client_of: Callable[[Any], Client]
) -> None:
    person = AppointmentFactory(person__user=AccountFactory()).person
    client = client_of(person.user)
    client.defaults["HTTP_USER_AGENT"] = FIREFOX
    take(client, poster)
    event = ReachEvent.objects.get()
    assert event.establishment == person.appointments.get().establishment
    text = Statement.objects.latest("pk").payload
    assert str(person.uid) not in text
    assert person.user.email not in text
    assert str(event.establishment.uid) in text


@pytest.mark.parametrize("agent", ROBOTS)
def test_robots_reach_nobody(poster: PosterPage, agent: str) -> None:
    client = Client(headers={"user-agent": agent})
    assert take(client, poster).status_code == 200
    assert not ReachEvent.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-purpose": "prefetch"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-dest": "image"},
        {"range": "bytes=0-1"},
        {"range": "bytes=20-"},
    ],
)
def test_looking_ahead_and_second_parts_are_no_downloads(
    reader: Client, poster: PosterPage, headers: dict[str, str]
) -> None:
    assert take(reader, poster, **headers).status_code in (200, 206)
    assert not ReachEvent.objects.exists()


def test_what_the_browser_has_already_is_no_download(reader: Client, poster: PosterPage) -> None:
    etag = take(reader, poster)["ETag"]
    cache.clear()
    assert take(reader, poster, **{"if-none-match": etag}).status_code == 304
    assert take(reader, poster, "head").status_code == 200
    assert ReachEvent.objects.count() == 1


def test_a_click_that_was_doubled_counts_once(reader: Client, poster: PosterPage) -> None:
    take(reader, poster)
    take(reader, poster, range="bytes=0-")
    assert ReachEvent.objects.count() == 1


def test_a_whole_ward_behind_one_address_is_counted(poster: PosterPage) -> None:
    """Browsers of several kinds, one address."""
    for version in range(3):
        take(Client(headers={"user-agent": f"{FIREFOX} {version}"}), poster)
    assert ReachEvent.objects.count() == 3


def test_those_who_make_the_campaign_are_not_its_reach(
    poster: PosterPage, client_of: Callable[[Any], Client], django_user_model: type[User]
) -> None:
    editor = django_user_model.objects.create_superuser("redaction@demo.test", "x")
    client = client_of(editor)
    client.defaults["HTTP_USER_AGENT"] = FIREFOX
    take(client, poster)
    assert not ReachEvent.objects.exists()


def test_a_file_is_given_though_it_cannot_be_counted(
    reader: Client, poster: PosterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(services, "reach_record", full)
    assert take(reader, poster).status_code == 200


def test_a_film_that_is_started_is_counted(reader: Client, film: VideoPage) -> None:
    address = reverse("campaign_assets:played", args=[film.pk])
    page = reader.get(film.get_url()).content.decode()
    assert f'data-starts="{address}"' in page
    assert reader.post(address, headers={"sec-fetch-site": "same-origin"}).status_code == 204
    assert ReachEvent.objects.get().kind == ReachKind.PLAY
    said = statement_of(ReachEvent.objects.get())
    assert said["verb"]["id"] == "https://w3id.org/xapi/video/verbs/played"
    assert said["object"]["definition"]["type"].endswith("activity-type/video")


def test_another_site_cannot_have_films_counted(reader: Client, film: VideoPage) -> None:
    address = reverse("campaign_assets:played", args=[film.pk])
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.test"}, {}):
        assert reader.post(address, headers=headers).status_code == 204
    assert not ReachEvent.objects.exists()


def test_a_poster_plays_nothing(reader: Client, poster: PosterPage) -> None:
    address = reverse("campaign_assets:played", args=[poster.pk])
    assert reader.post(address, headers={"sec-fetch-site": "same-origin"}).status_code == 404


class TestOnAWall:
    @pytest.fixture
    def drawn(self, gallery: ResourcesIndexPage) -> PosterPage:
        page: PosterPage = DrawnPosterFactory(parent=gallery)
        return page

    @pytest.fixture
    def link(self, drawn: PosterPage, house: Establishment, officer: User) -> Any:
        adaptation = adaptation_save(
            page=drawn,
            establishment=house,
            texts={},
            placement="salle de pause, 3e étage",
            actor=officer,
            now=timezone.now(),
        )
        return adaptation.short_link

    def test_a_code_that_is_followed_is_counted_for_its_wall(
        self, reader: Client, link: Any, house: Establishment, drawn: PosterPage
    ) -> None:
        assert reader.get(f"/a/{link.code}/").status_code == 302
        event = ReachEvent.objects.get()
        assert (event.kind, event.establishment, event.short_link) == ("code", house, link)
        assert event.asset_id == drawn.pk
        said = statement_of(event)
        assert said["actor"]["account"]["name"] == str(house.uid)
        assert "salle de pause, 3e étage" in said["context"]["extensions"].values()

    def test_machines_that_look_ahead_are_led_on_and_not_counted(self, link: Any) -> None:
        for agent in ROBOTS:
            client = Client(headers={"user-agent": agent})
            assert client.get(f"/a/{link.code}/").status_code == 302
        assert not ReachEvent.objects.exists()

    def test_the_wall_goes_on_counting_when_the_adaptation_is_forgotten(
        self, reader: Client, link: Any, officer: User, drawn: PosterPage
    ) -> None:
        adaptation_delete(adaptation=link.adaptation, actor=officer)
        assert reader.get(f"/a/{link.code}/").status_code == 302
        assert ReachEvent.objects.get().asset_id == drawn.pk

    def test_a_hospitals_own_file_counts_for_it(
        self, link: Any, officer: User, house: Establishment, client_of: Callable[[Any], Client]
    ) -> None:
        client = client_of(officer)
        client.defaults["HTTP_USER_AGENT"] = FIREFOX
        address = reverse(
            "campaign_assets:adaptation_file", args=[link.adaptation.uid, "affiche-a5.pdf"]
        )
        assert client.get(address).status_code == 200
        event = ReachEvent.objects.get()
        assert (event.kind, event.establishment, event.file) == ("telechargement", house, "a5.pdf")

    def test_what_reached_a_hospital_follows_it_into_a_merger(
        self, reader: Client, link: Any, house: Establishment
    ) -> None:
        reader.get(f"/a/{link.code}/")
        joined = EstablishmentFactory()
        establishments_merge(targets={house.pk: joined.pk}, on=timezone.localdate())
        assert ReachEvent.objects.get().establishment == joined


def test_rows_outlive_their_asset(reader: Client, poster: PosterPage) -> None:
    take(reader, poster)
    PosterPage.objects.get(pk=poster.pk).delete()
    assert ReachEvent.objects.get().asset is None


def test_counts_by_anything_are_one_query(
    poster: PosterPage, film: VideoPage, django_assert_num_queries: Any
) -> None:
    monday = timezone.make_aware(dt.datetime(2026, 11, 2))
    houses = [EstablishmentFactory(), None]
    for day in range(14):
        for page, kind in ((poster, ReachKind.DOWNLOAD), (film, ReachKind.PLAY)):
            reach_record(
                kind=kind,
                asset=page,
                now=monday + dt.timedelta(days=day),
                establishment=houses[day % 2],
            )
    wanted = ReachFilter(since=monday, until=monday + dt.timedelta(days=7))
    with django_assert_num_queries(1):
        assert events_by("asset", wanted) == {
            (poster.pk, "telechargement"): 7,
            (film.pk, "lecture"): 7,
        }
    assert houses[0] is not None
    by_region = events_by("region", wanted)
    assert by_region[houses[0].region_id, "lecture"] == 4
    assert by_region[None, "lecture"] == 3
    weeks = events_by("week", ReachFilter(monday, monday + dt.timedelta(days=14)))
    assert weeks == {
        (monday + dt.timedelta(days=days), kind): 7
        for days in (0, 7)
        for kind in ("telechargement", "lecture")
    }


def test_saying_it_again_is_harmless(poster: PosterPage) -> None:
    event = reach_record(kind=ReachKind.DOWNLOAD, asset=poster, now=timezone.now())
    before = Statement.objects.count()
    statements_store(statements=[reached(event)], source=PLATFORM)
    assert Statement.objects.count() == before


def test_editors_see_how_often_an_asset_was_taken(admin_client: Client, poster: PosterPage) -> None:
    for _time in range(3):
        reach_record(kind=ReachKind.DOWNLOAD, asset=poster, now=timezone.now())
    report = admin_client.get(reverse("asset_report:index")).content.decode()
    assert "Télécharg." in report
    export = admin_client.get(reverse("asset_report:index") + "?export=csv")
    assert b"".join(export.streaming_content).decode().rstrip().endswith(",3")


class TestTheCampaignsOwnPrint:
    """Posters in nobody's name bear a code too."""

    @pytest.fixture
    def drawn(self, gallery: ResourcesIndexPage) -> PosterPage:
        page: PosterPage = DrawnPosterFactory(parent=gallery)
        page.save_revision().publish()
        return PosterPage.objects.get(pk=page.pk)

    def test_its_code_is_read_at_print_size_and_leads_to_the_page(
        self, reader: Client, drawn: PosterPage
    ) -> None:
        content = take(reader, drawn)
        assert content.status_code == 200
        pdf = reader.get(f"/telechargements/{drawn.pk}/a5.pdf")
        [address] = pdf_codes(b"".join(pdf.streaming_content))
        assert address.endswith(f"/a/{drawn.campaign_code}/")
        assert reader.get(address).headers["Location"].startswith(drawn.get_url())
        event = ReachEvent.objects.get(kind=ReachKind.SCAN)
        assert (event.asset_id, event.establishment) == (drawn.pk, None)

    def test_published_again_it_keeps_its_code_and_follows_the_page(
        self, gallery: ResourcesIndexPage, drawn: PosterPage
    ) -> None:
        other = PosterPageFactory(parent=gallery)
        drawn.leads_to = other
        drawn.save_revision().publish()
        link = ShortLink.objects.get(asset=drawn.pk)
        assert link.code == drawn.campaign_code
        assert link.target_id == other.pk

    def test_a_copy_has_a_code_of_its_own(self, drawn: PosterPage) -> None:
        copied = drawn.copy(update_attrs={"slug": "copie"}, keep_live=False)
        assert copied.specific.campaign_code == ""
        copied.specific.save_revision().publish()
        assert PosterPage.objects.get(pk=copied.pk).campaign_code not in ("", drawn.campaign_code)
