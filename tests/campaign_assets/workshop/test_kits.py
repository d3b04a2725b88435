"""A whole kit in a hospital's name: its brand on what is drawn, a code for each place."""

from __future__ import annotations

import io
import threading
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, Site

from campaign_assets.branding.logos import logo_read
from campaign_assets.branding.services import BrandDraft, brand_save
from campaign_assets.kits import services as making
from campaign_assets.kits.contents import kit_contents
from campaign_assets.kits.services import kit_archive_run, kit_archive_wake, kit_house_request
from campaign_assets.models import Adaptation, KitArchive, KitPage, ResourcesIndexPage, ShortLink
from documents import work
from documents.archives.packing import private_storage
from documents.enums import WorkState
from organisation.models import Establishment
from organisation.services import Contacts
from tests.campaign_assets.branding.samples import GOOD_SVG
from tests.campaign_assets.factories import (
    DrawnPosterFactory,
    KitItemFactory,
    KitPageFactory,
    TextAssetPageFactory,
)
from tests.organisation.factories import EstablishmentFactory, GrantFactory
from tests.support.pdf import pdf_text
from users.models import AuditEntry, User

from .test_making import DrawnVisualFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]

REST, HALL = "Salle de pause, 3e étage", "Hall d’accueil"
"""Two places; the same poster hangs at both."""


@pytest.fixture
def module(gallery: ResourcesIndexPage) -> Page:
    page = Page(title="Reconnaître l’hameçonnage", slug="hameconnage")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=page)
    return page


@pytest.fixture
def kit(gallery: ResourcesIndexPage, module: Page) -> KitPage:
    kit: KitPage = KitPageFactory(parent=gallery, title="Kit de lancement", slug="kit")
    poster = DrawnPosterFactory(
        parent=gallery, title="Je verrouille", slug="je-verrouille", leads_to=module
    )
    KitItemFactory(kit=kit, asset=poster, place=REST)
    KitItemFactory(kit=kit, asset=TextAssetPageFactory(parent=gallery, title="Message"))
    KitItemFactory(kit=kit, asset=poster, place=HALL)
    KitItemFactory(kit=kit, asset=DrawnVisualFactory(parent=gallery, title="Visuel"))
    return kit


@pytest.fixture
def card(house: Establishment, officer: User) -> None:
    save_card(house, officer)


@pytest.fixture
def client(officer: User, client_of: Any) -> Client:
    client: Client = client_of(officer)
    return client


def save_card(
    house: Establishment, officer: User, name: str = "CH de Vannes", seen: int = 0, **more: Any
) -> None:
    draft = BrandDraft(name, "", "#0b4da2", Contacts(hotline=house.hotline), **more)
    brand_save(establishment=house, draft=draft, seen=seen, actor=officer, now=timezone.now())


def request(kit: KitPage, house: Establishment, actor: User) -> KitArchive:
    return kit_house_request(kit=kit, establishment=house, actor=actor, now=timezone.now())


def made(kit: KitPage, house: Establishment, actor: User) -> KitArchive:
    archive = request(kit, house, actor)
    kit_archive_run(archive_id=archive.pk)
    archive.refresh_from_db()
    return archive


def content(archive: KitArchive) -> bytes:
    with private_storage().open(archive.file) as file:
        whole: bytes = file.read()
    return whole


def unpacked(archive: KitArchive) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content(archive)))


def readme(archive: KitArchive) -> str:
    text = unpacked(archive).read("LISEZ-MOI.txt").decode("utf-8-sig")
    return text.replace("\N{NO-BREAK SPACE}", " ")


def address(kit: KitPage, house: Establishment, file: str = "") -> str:
    return f"/atelier/kits/{kit.pk}/{house.uid}/{file}"


@pytest.mark.usefixtures("card")
class TestContents:
    def test_a_pdf_of_it_says_the_name_and_the_number(
        self, kit: KitPage, house: Establishment, officer: User, tmp_path: Path
    ) -> None:
        archive = made(kit, house, officer)
        assert archive.state == WorkState.READY
        sheet = unpacked(archive).read("01_je-verrouille/je-verrouille_a4.pdf")
        with pikepdf.open(io.BytesIO(sheet)) as pdf:
            assert pdf.Root.MarkInfo.Marked
        (tmp_path / "a4.pdf").write_bytes(sheet)
        said = pdf_text(tmp_path / "a4.pdf")
        assert "CH de Vannes" in said
        assert "02 97 00 00 00" in said
        assert "Un doute ? Appelez." in said

    def test_each_place_has_a_code_of_its_own_that_leads_to_the_module(
        self, kit: KitPage, house: Establishment, officer: User, module: Page, client: Client
    ) -> None:
        files = unpacked(made(kit, house, officer))
        found = {}
        for folder in ("01_je-verrouille", "03_je-verrouille"):
            picture = Image.open(io.BytesIO(files.read(f"{folder}/je-verrouille_a4.png")))
            (code,) = zxingcpp.read_barcodes(picture)
            found[folder] = ShortLink.objects.get(code=code.text.rstrip("/").rpartition("/")[2])
            assert code.text.endswith(f"/a/{found[folder].code}/")
        first, second = found.values()
        assert (first.placement, second.placement) == (REST, HALL)
        assert first.establishment == second.establishment == house
        response = client.get(f"/a/{first.code}/")
        assert response["Location"].startswith(module.get_url())

    def test_everything_else_is_as_in_everybodys(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        plain = making.kit_archive_request(kit=kit, now=timezone.now())
        kit_archive_run(archive_id=plain.pk)
        plain.refresh_from_db()
        own, everybodys = unpacked(made(kit, house, officer)), unpacked(plain)
        text = "02_message/message_texte.odt"
        assert own.read(text) == everybodys.read(text)
        same_place = "01_je-verrouille/je-verrouille_a3.pdf"
        assert own.read(same_place) != everybodys.read(same_place)
        visual = "04_visuel/visuel_1080x1080.png"
        assert own.read(visual) != everybodys.read(visual)

    def test_readme_names_the_hospital_and_where_each_poster_hangs(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        text = readme(made(kit, house, officer))
        first, second = ShortLink.objects.order_by("placement").values_list("code", flat=True)
        for line in (
            "Kit de lancement, au nom de : CH de Vannes",
            f"Affiche : {REST}",
            f"Affiche : {HALL}",
            "Les affiches sont sans logo.",
        ):
            assert line in text
        assert text.index(f"/a/{second}/") < text.index(f"/a/{first}/")  # Salle, then Hall

    def test_a_place_longer_than_a_placement_keeps_its_code(
        self, kit: KitPage, house: Establishment, officer: User, gallery: ResourcesIndexPage
    ) -> None:
        poster = DrawnPosterFactory(parent=gallery, title="Long")
        KitItemFactory(kit=kit, asset=poster, place="Près du téléphone " * 8)
        made(kit, house, officer)
        contents = kit_contents(kit=kit, establishment=house)
        assert contents.steps[-1].code


@pytest.mark.usefixtures("card")
class TestOnce:
    def test_asked_again_it_is_the_same_with_the_same_codes(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        colleague = GrantFactory(to_communicate=True, establishment=house).user
        assert made(kit, house, officer) == request(kit, house, colleague)
        assert Adaptation.objects.count() == ShortLink.objects.count() == 2
        assert AuditEntry.objects.filter(action="adaptation.create", actor=officer).count() == 2

    def test_equal_input_gives_equal_bytes(
        self, kit: KitPage, house: Establishment, officer: User, private_folder: Path
    ) -> None:
        first = content(made(kit, house, officer))
        KitArchive.objects.all().delete()
        for file in (private_folder / "designs").rglob("*"):
            if file.is_file():
                file.unlink()
        assert content(made(kit, house, officer)) == first

    def test_a_new_logo_makes_another_with_the_same_codes(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        old = made(kit, house, officer)
        save_card(house, officer, seen=1, logo=logo_read(SimpleUploadedFile("logo.svg", GOOD_SVG)))
        new = made(kit, house, officer)
        assert new != old
        assert content(new) != content(old)
        assert ShortLink.objects.count() == 2
        assert "sans logo" not in readme(new)

    def test_a_new_logo_while_it_is_made_ends_the_work(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        archive = request(kit, house, officer)
        KitArchive.objects.update(state=WorkState.QUEUED)
        save_card(house, officer, name="Hôpital de Vannes", seen=1)
        kit_archive_run(archive_id=archive.pk)
        archive.refresh_from_db()
        assert archive.state == WorkState.EXPIRED

    def test_another_hospitals_older_one_stays_and_a_forgotten_one_goes(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        other = EstablishmentFactory(name="CH de Lorient")
        theirs = made(kit, other, officer)
        KitArchive.objects.update(finished_at=timezone.now() - making.KEPT * 2)
        made(kit, house, officer)
        theirs.refresh_from_db()
        assert theirs.state == WorkState.READY
        KitArchive.objects.filter(pk=theirs.pk).update(
            finished_at=timezone.now() - making.HOUSE_KEPT * 2
        )
        made(kit, EstablishmentFactory(), officer)
        theirs.refresh_from_db()
        assert (theirs.state, theirs.file) == (WorkState.EXPIRED, "")


class TestTooLong:
    """A hospital's name that fits no poster."""

    def test_the_officer_is_told_and_gets_the_rest(
        self, kit: KitPage, house: Establishment, officer: User, client: Client
    ) -> None:
        Establishment.objects.filter(pk=house.pk).update(name="M" * 240)
        house.refresh_from_db()
        archive = made(kit, house, officer)
        assert archive.state == WorkState.READY
        names = unpacked(archive).namelist()
        assert "02_message/message_texte.odt" in names
        assert "01_je-verrouille/je-verrouille_a4.pdf" not in names
        text = readme(archive)
        assert "! 01_je-verrouille/je-verrouille_a4.pdf n’a pas pu être dessiné." in text
        assert "« Nom de l’établissement » est trop long" in text
        page = client.get(address(kit, house)).content.decode()
        assert "Tout le reste du kit est là." in page
        assert f'<a href="/marque/{house.uid}/">Corriger la carte de marque</a>' in page
        assert "« Nom de l’établissement » est trop long" in page.replace("\xa0", " ")

    def test_what_was_refused_before_a_kill_is_still_told_after_it(
        self, kit: KitPage, house: Establishment, officer: User
    ) -> None:
        Establishment.objects.filter(pk=house.pk).update(name="M" * 240)
        house.refresh_from_db()
        archive = killed_at(kit, house, officer, "_put_together")
        assert "n’a pas pu être dessiné" in readme(archive)


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


def killed_at(kit: KitPage, house: Establishment, officer: User, step: str) -> KitArchive:
    """The archive that another worker finished after one was killed at the second `step`."""
    calls: list[int] = []
    real = getattr(making, step)

    def killed(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == (2 if step == "_prepare" else 1):
            raise Killed
        return real(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work.LeasedWork, "enqueue", lambda self, pk: None)
        archive = request(kit, house, officer)
        patch.setattr(making, step, killed)
        patch.setattr(work.Lease, "release", lambda self: None)
        with pytest.raises(Killed):
            kit_archive_run(archive_id=archive.pk)
    KitArchive.objects.update(lease_until=timezone.now() - work.PAUSE)
    kit_archive_wake(archive_id=archive.pk, now=timezone.now())
    archive.refresh_from_db()
    return archive


@pytest.mark.parametrize("step", ["_prepare", "_put_together", "private_store"])
def test_a_killed_worker_loses_nothing(
    step: str, kit: KitPage, house: Establishment, officer: User
) -> None:
    archive = killed_at(kit, house, officer, step)
    assert archive.state == WorkState.READY
    assert unpacked(archive).testzip() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_two_officers_at_the_same_moment_get_one_archive(
    kit: KitPage, house: Establishment, officer: User
) -> None:
    start = threading.Barrier(2)
    found: list[int] = []

    def ask() -> None:
        start.wait()
        try:
            found.append(request(kit, house, officer).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _turn in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == 1
    assert Adaptation.objects.count() == ShortLink.objects.count() == 2


def test_queries_stay_with_twice_the_steps(
    kit: KitPage, house: Establishment, officer: User, gallery: ResourcesIndexPage
) -> None:
    def queries(house: Establishment) -> tuple[int, int]:
        fresh = KitPage.objects.get(pk=kit.pk)
        with CaptureQueriesContext(connection) as asking:
            request(fresh, house, officer)
        with CaptureQueriesContext(connection) as reading:
            assert kit_contents(kit=fresh, establishment=house).digest
        return len(asking), len(reading)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making.transaction, "on_commit", lambda work: None)
        queries(EstablishmentFactory())  # remembers where the site is
        few = queries(house)
        for place in range(4):
            poster = DrawnPosterFactory(parent=gallery)
            KitItemFactory(kit=kit, asset=poster, place=f"Étage {place}")
            KitItemFactory(kit=kit, asset=poster, place=f"Hall {place}")
            KitItemFactory(kit=kit, asset=TextAssetPageFactory(parent=gallery))
            KitItemFactory(kit=kit, asset=DrawnVisualFactory(parent=gallery))
        assert queries(EstablishmentFactory(hotline="1")) == few


class TestScreens:
    def test_one_click_from_the_kits_page_to_the_file(
        self,
        kit: KitPage,
        house: Establishment,
        client: Client,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        page = client.get(kit.url).content.decode()
        assert f"Télécharger ce kit au nom de\N{NO-BREAK SPACE}: {house.name}" in page
        assert "sans logo, au nom que donne le registre" in page
        assert f'action="{address(kit, house)}"' in page
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(address(kit, house))
        assert response["Location"] == address(kit, house)
        page = client.get(address(kit, house)).content.decode()
        assert "Votre kit est prêt" in page
        file = client.get(address(kit, house, "kit.zip"))
        assert file["Content-Type"] == "application/zip"
        assert file["Content-Disposition"] == (
            'attachment; filename="kit-centre-hospitalier-de-vannes.zip"'
        )
        assert file["Cache-Control"] == "private, no-cache"
        assert zipfile.ZipFile(io.BytesIO(b"".join(file.streaming_content))).testzip() is None
        again = client.get(address(kit, house, "kit.zip"), headers={"if-none-match": file["ETag"]})
        assert again.status_code == 304

    def test_before_it_is_asked_for_it_says_what_will_be_missing(
        self, kit: KitPage, gallery: ResourcesIndexPage, client_of: Any
    ) -> None:
        bare = EstablishmentFactory(name="CH sans numéro", hotline="")
        client = client_of(GrantFactory(to_communicate=True, establishment=bare).user)
        page = client.get(address(kit, bare)).content.decode()
        assert "sans logo, sans numéro à appeler" in page
        assert "La compléter" in page
        assert KitArchive.objects.count() == Adaptation.objects.count() == 0

    def test_a_file_that_is_not_there_leads_to_where_it_is_asked_for(
        self, kit: KitPage, house: Establishment, client: Client
    ) -> None:
        response = client.get(address(kit, house, "kit.zip"))
        assert response["Location"] == address(kit, house)

    def test_an_older_one_is_not_given_as_todays(
        self, kit: KitPage, house: Establishment, officer: User, client: Client
    ) -> None:
        made(kit, house, officer)
        save_card(house, officer, name="Hôpital de Vannes")
        page = client.get(address(kit, house)).content.decode()
        assert "Le kit ou votre carte de marque a changé" in page
        assert client.get(address(kit, house, "kit.zip")).status_code == 302

    def test_who_speaks_for_several_chooses(
        self, kit: KitPage, house: Establishment, officer: User, client: Client
    ) -> None:
        other = EstablishmentFactory(name="CH de Lorient")
        GrantFactory(to_communicate=True, establishment=other, user=officer)
        assert "au nom de mon établissement" in client.get(kit.url).content.decode()
        page = client.get(f"/atelier/kits/{kit.pk}/").content.decode()
        for one in (house, other):
            assert f'href="{address(kit, one)}"' in page

    def test_others_see_nothing_of_it(
        self, kit: KitPage, house: Establishment, officer: User, client_of: Any
    ) -> None:
        archive = made(kit, house, officer)
        elsewhere = GrantFactory(to_communicate=True, establishment=EstablishmentFactory()).user
        stranger = client_of(elsewhere)
        for where in (address(kit, house), address(kit, house, "kit.zip")):
            assert stranger.get(where).status_code == 404
            assert "/accounts/login/" in Client().get(where)["Location"]
        assert stranger.post(address(kit, house)).status_code == 404
        assert Client().get(f"/telechargements/kits/{archive.uid}/").status_code == 404
        assert Client().get(f"/telechargements/{kit.pk}/kit.zip").status_code == 404

    def test_the_workshop_leads_to_it_and_holds_its_posters(
        self, kit: KitPage, house: Establishment, officer: User, client: Client
    ) -> None:
        made(kit, house, officer)
        page = client.get("/atelier/").content.decode()
        assert f'href="/atelier/kits/{kit.pk}/"' in page
        assert REST in page

    def test_a_kit_that_cannot_be_made_says_why(
        self, gallery: ResourcesIndexPage, house: Establishment, client: Client
    ) -> None:
        empty = KitPageFactory(parent=gallery)
        page = client.post(address(empty, house), follow=True)
        assert "pas encore publiées" in page.content.decode()
