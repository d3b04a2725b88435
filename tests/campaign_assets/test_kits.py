"""Kits: what is in their ZIP, that it is made once, and that a kill loses nothing."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaign_assets.enums import Theme
from campaign_assets.kits import services as making
from campaign_assets.kits.contents import kit_contents
from campaign_assets.kits.services import kit_archive_request, kit_archive_run, kit_archive_wake
from campaign_assets.models import KitArchive, KitItem, KitPage, ResourcesIndexPage
from campaign_assets.services import kit_publish
from documents import work
from documents.archives.packing import private_storage
from documents.enums import WorkState

from .factories import (
    PDF,
    KitItemFactory,
    KitPageFactory,
    PdfFactory,
    PosterPageFactory,
    TextAssetPageFactory,
    VideoPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


@pytest.fixture
def kit(gallery: ResourcesIndexPage) -> KitPage:
    kit: KitPage = KitPageFactory(parent=gallery, title="Kit de lancement", slug="kit")
    poster = PosterPageFactory(parent=gallery, title="Œil: ../../etc", slug="oeil")
    text = TextAssetPageFactory(parent=gallery, title="Message", licence="cc-by-4.0")
    KitItemFactory(kit=kit, asset=poster, place="Salle de pause", note="À hauteur des yeux")
    KitItemFactory(kit=kit, asset=text, moment="Lundi", place="Tous les agents")
    KitItemFactory(kit=kit, asset=poster, moment="Vendredi", place="Vestiaires")
    return kit


def request(kit: KitPage) -> KitArchive:
    return kit_archive_request(kit=kit, now=timezone.now())


def made(kit: KitPage) -> KitArchive:
    archive = request(kit)
    kit_archive_run(archive_id=archive.pk)
    archive.refresh_from_db()
    return archive


def unpacked(archive: KitArchive) -> zipfile.ZipFile:
    with private_storage().open(archive.file) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


class TestContents:
    def test_each_step_has_a_folder_with_safe_names(self, kit: KitPage) -> None:
        names = unpacked(made(kit)).namelist()
        assert names[:2] == ["LISEZ-MOI.txt", "LICENCES.txt"]
        assert names[2].startswith("01_oeil-etc/oeil-etc_a4.pdf")
        assert "02_message/message_texte.odt" in names
        assert not [name for name in names if ".." in name or not name.isascii()]
        assert len(set(names)) == len(names)

    def test_readme_says_what_to_hang_where_and_what_to_send_when(self, kit: KitPage) -> None:
        readme = unpacked(made(kit)).read("LISEZ-MOI.txt").decode("utf-8-sig")
        for line in (
            "Kit de lancement",
            "Une semaine suffit.",
            "Affiche : Salle de pause",
            "   À hauteur des yeux",
            "2. Lundi – Message",
            "   → 02_message/message_texte.txt",
            "3. Vendredi – ",
        ):
            assert line in readme
        assert "\r\n" in readme

    def test_licences_name_each_asset_under_its_own(self, kit: KitPage) -> None:
        text = unpacked(made(kit)).read("LICENCES.txt").decode("utf-8-sig")
        first, second = text.split("Creative Commons")
        assert "Licence Ouverte 2.0" in first
        assert "- Œil: ../../etc (Tous cyber vigilant)" in first
        assert "- Message (Tous cyber vigilant)" in second

    def test_what_is_not_published_stays_out(self, kit: KitPage) -> None:
        kit.items.first().asset.specific.unpublish()
        contents = kit_contents(kit=kit)
        assert [one.step.item.moment for one in contents.steps] == ["Lundi"]

    def test_a_newer_version_takes_the_place_of_the_old_one(
        self, kit: KitPage, gallery: ResourcesIndexPage
    ) -> None:
        old = kit.items.first().asset.specific
        newest = PosterPageFactory(parent=gallery, title="Nouvelle")
        newer = PosterPageFactory(parent=gallery, superseded_by=newest, live=False)
        old.superseded_by = newer
        old.save()
        assert [one.step.asset.title for one in kit_contents(kit=kit).steps] == [
            "Nouvelle",
            "Message",
            "Nouvelle",
        ]

    def test_steps_keep_the_order_in_which_they_were_published(
        self, gallery: ResourcesIndexPage
    ) -> None:
        moments = [f"Semaine {number}" for number in range(12)]
        poster = PosterPageFactory(parent=gallery)
        kit = kit_publish(
            index=gallery,
            slug="ordre",
            title="Ordre",
            theme=Theme.SESSION,
            summary="…",
            plan="<p>…</p>",
            items=[KitItem(asset=poster, moment=moment, place="…") for moment in moments],
            credit="Campagne",
        )
        items = KitPage.objects.get(pk=kit.pk).items.all()
        assert [item.moment for item in items] == moments
        assert [item.sort_order for item in items] == list(range(12))

    def test_queries_stay_with_twice_the_assets(
        self, kit: KitPage, gallery: ResourcesIndexPage
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert kit_contents(kit=KitPage.objects.get(pk=kit.pk)).digest
            return len(captured)

        KitItemFactory(kit=kit, asset=VideoPageFactory(parent=gallery))
        queries()  # remembers where the site is
        few = queries()
        for factory in (PosterPageFactory, TextAssetPageFactory, VideoPageFactory):
            for _ in range(3):
                KitItemFactory(kit=kit, asset=factory(parent=gallery))
        assert queries() == few


class TestOnce:
    def test_the_same_kit_asked_twice_is_made_once(self, kit: KitPage) -> None:
        first, second = made(kit), request(kit)
        assert first == second
        assert second.state == WorkState.READY
        assert KitArchive.objects.count() == 1

    def test_equal_content_gives_equal_bytes(self, kit: KitPage) -> None:
        first = unpacked(made(kit)).fp.getvalue()  # type: ignore[union-attr]
        KitArchive.objects.all().delete()
        assert unpacked(made(kit)).fp.getvalue() == first  # type: ignore[union-attr]

    def test_a_replaced_file_makes_another_and_the_old_one_goes(self, kit: KitPage) -> None:
        old = made(kit)
        KitArchive.objects.update(finished_at=timezone.now() - dt.timedelta(hours=2))
        poster = kit.items.first().asset.specific
        poster.pdf = PdfFactory(file=ContentFile(PDF + b"%%EOF\n", name="neu.pdf"))
        poster.save()
        new = made(kit)
        assert new.pk != old.pk
        assert not private_storage().exists(old.file)
        old.refresh_from_db()
        assert old.state == WorkState.EXPIRED

    def test_an_editor_who_was_faster_ends_the_work(self, kit: KitPage) -> None:
        archive = request(kit)
        kit.items.last().delete()
        kit_archive_run(archive_id=archive.pk)
        archive.refresh_from_db()
        assert (archive.state, archive.file) == (WorkState.EXPIRED, "")

    def test_an_empty_kit_and_one_too_heavy_are_refused(
        self, kit: KitPage, gallery: ResourcesIndexPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(ValidationError, match="pas encore publiées"):
            request(KitPageFactory(parent=gallery))
        monkeypatch.setattr(making, "MOST_BYTES", 10)
        with pytest.raises(ValidationError, match="trop lourd"):
            request(kit)


class Killed(BaseException):
    """What a kill looks like from inside: nothing after it runs."""


class TestResuming:
    @pytest.mark.parametrize("step", ["_prepare", "_put_together", "private_store"])
    def test_a_kill_at_any_step_loses_nothing(self, step: str, kit: KitPage) -> None:
        archive = request(kit)
        calls: list[int] = []
        real = getattr(making, step)

        def killed(*arguments: Any) -> Any:
            calls.append(1)
            if len(calls) == (2 if step == "_prepare" else 1):
                raise Killed
            return real(*arguments)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(making, step, killed)
            patch.setattr(work.Lease, "release", lambda self: None)
            with pytest.raises(Killed):
                kit_archive_run(archive_id=archive.pk)
        past = timezone.now() - dt.timedelta(seconds=1)
        KitArchive.objects.update(lease_until=past)
        kit_archive_wake(archive_id=archive.pk, now=timezone.now())
        archive.refresh_from_db()
        assert archive.state == WorkState.READY
        assert unpacked(archive).testzip() is None

    def test_a_run_stops_after_its_time_and_goes_on_later(
        self, kit: KitPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queued: list[int] = []
        monkeypatch.setattr(work.LeasedWork, "enqueue", lambda self, pk: queued.append(pk))
        archive = request(kit)
        kit_archive_run(archive_id=archive.pk, seconds=-1)
        archive.refresh_from_db()
        assert (archive.state, archive.done) == (WorkState.WORKING, 0)
        assert queued == [archive.pk]

    def test_a_lost_file_fails_and_the_page_says_that_nothing_else_is(
        self, kit: KitPage, client: Client
    ) -> None:
        archive = request(kit)
        KitArchive.objects.update(attempts=work.ATTEMPTS - 1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(making, "_prepare", lambda file: Path("/nowhere/at/all").stat())
            with pytest.raises(FileNotFoundError):
                kit_archive_run(archive_id=archive.pk)
        page = client.get(f"/telechargements/kits/{archive.uid}/").content.decode()
        assert "La préparation s’est interrompue" in page
        assert request(kit).state == WorkState.QUEUED


class TestScreens:
    def test_anybody_gets_the_kit_in_one_click(
        self, kit: KitPage, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        assert "Télécharger le kit (ZIP)" in client.get(kit.url).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(f"/telechargements/kits/{kit.pk}/")
        page = client.get(response["Location"])
        assert "Votre kit est prêt" in page.content.decode()
        address = f"/telechargements/{kit.pk}/kit.zip"
        assert f'href="{address}"' in page.content.decode()
        assert f'href="{address}"' in client.get(kit.url).content.decode()
        file = client.get(address)
        content = b"".join(file.streaming_content)
        assert file["Content-Type"] == "application/zip"
        assert file["Content-Disposition"] == 'attachment; filename="kit.zip"'
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        part = client.get(address, headers={"range": "bytes=0-3"})
        assert (part.status_code, b"".join(part.streaming_content)) == (206, b"PK\x03\x04")

    def test_progress_counts_files(self, kit: KitPage, client: Client) -> None:
        archive = request(kit)
        KitArchive.objects.update(done=1, state=WorkState.WORKING)
        html = client.get(f"/telechargements/kits/{archive.uid}/").content.decode()
        assert f"1 sur {archive.total} fichiers" in html
        assert "data-unfinished" in html

    def test_nothing_of_an_unpublished_kit_is_given(self, kit: KitPage, client: Client) -> None:
        archive = made(kit)
        kit.unpublish()
        for address in (f"{kit.pk}/kit.zip", f"kits/{archive.uid}/"):
            assert client.get(f"/telechargements/{address}").status_code == 404
        assert client.post(f"/telechargements/kits/{kit.pk}/").status_code == 404

    def test_a_kit_is_only_made_on_purpose(self, kit: KitPage, client: Client) -> None:
        assert client.get(f"/telechargements/kits/{kit.pk}/").status_code == 405
        assert client.get(f"/telechargements/{kit.pk}/kit.zip").status_code == 404
        poster = kit.items.first().asset
        assert client.post(f"/telechargements/kits/{poster.pk}/").status_code == 404

    def test_a_kit_that_cannot_be_made_says_why(
        self, gallery: ResourcesIndexPage, client: Client
    ) -> None:
        empty = KitPageFactory(parent=gallery)
        page = client.post(f"/telechargements/kits/{empty.pk}/", follow=True)
        assert "pas encore publiées" in page.content.decode()
