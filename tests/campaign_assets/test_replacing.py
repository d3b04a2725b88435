"""Another file at the same address: by whom, with which checks, and the way back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page, Revision, Workflow, WorkflowPage, WorkflowTask

from campaign_assets.models import PosterPage, ResourcesIndexPage, VideoPage
from cms.models import EditorialApprovalTask
from starter.assets.video import VIDEO
from tests.content.test_uploads import picture, zipped
from tests.content.videos import mp4, webm
from tests.support.pdf import PDF, pdf_sample
from users.models import User

from .factories import (
    DrawnPosterFactory,
    KitPageFactory,
    PdfFactory,
    PosterPageFactory,
    SiteImageFactory,
    VideoPageFactory,
)

pytestmark = pytest.mark.django_db
NEW = pdf_sample("Au revoir")


@pytest.fixture
def chief(gallery: ResourcesIndexPage) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


@pytest.fixture
def writer(gallery: ResourcesIndexPage) -> Client:
    """Who may change assets and not publish them."""
    group = Group.objects.create(name="Plumes")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    allow(group, gallery, "change_page")
    user = User.objects.create_user("plume@campagne.test")
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def poster(gallery: ResourcesIndexPage) -> PosterPage:
    page: PosterPage = PosterPageFactory(parent=gallery)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def allow(group: Group, page: Page, codename: str) -> None:
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)


def files_of(page: Page) -> str:
    return reverse("asset_report:files", args=[page.pk])


def replace(client: Client, page: Page, key: str, content: bytes, name: str) -> Any:
    address = reverse("asset_report:replace", args=[page.pk, key])
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def public(page: Page, name: str) -> tuple[bytes, str]:
    response: Any = Client().get(f"/telechargements/{page.pk}/{name}")
    assert response.status_code == 200
    return b"".join(response.streaming_content), response["ETag"]


class TestAtOnce:
    def test_same_address_new_file_new_tag(self, chief: Client, poster: PosterPage) -> None:
        before = public(poster, "a4.pdf")
        response = replace(chief, poster, "pdf", NEW, "nouvelle.pdf")
        assert "en ligne, à la même adresse" in response.text
        after = public(poster, "a4.pdf")
        assert (before[0], after[0]) == (PDF, NEW)
        assert before[1] != after[1]

    def test_the_old_one_is_put_back(self, chief: Client, poster: PosterPage) -> None:
        old = poster.pdf
        replace(chief, poster, "pdf", NEW, "nouvelle.pdf")
        address = reverse("asset_report:put_back", args=[poster.pk, "pdf", old.pk])
        assert address in chief.get(files_of(poster)).text
        chief.post(address)
        assert public(poster, "a4.pdf")[0] == PDF

    def test_of_a_picture_words_stay_and_only_the_file_changes(
        self, chief: Client, gallery: ResourcesIndexPage
    ) -> None:
        image = SiteImageFactory(file=ContentFile(picture("JPEG"), name="a.jpeg"))
        image.tags.add("mur")
        page = PosterPageFactory(parent=gallery, preview=image, pdf=None)
        page.save_revision().publish()
        new = picture("JPEG", (80, 60))
        replace(chief, page, "image", new, "b.jpg")
        page.refresh_from_db()
        assert page.preview != image
        assert page.preview.description == image.description
        assert list(page.preview.tags.names()) == ["mur"]
        assert (page.preview.width, page.preview.height) == (80, 60)
        assert public(page, "image.jpeg")[0] == new

    def test_captions_change_and_the_film_stays(
        self, chief: Client, gallery: ResourcesIndexPage
    ) -> None:
        page: VideoPage = VideoPageFactory(parent=gallery)
        page.save_revision().publish()
        film, old = public(page, "video.mp4")[0], page.video
        words = VIDEO.captions.read_bytes() + b"\n00:59.000 --> 01:00.000\nFin\n"
        replace(chief, page, "sous-titres", words, "fr.vtt")
        assert public(page, "sous-titres.vtt")[0] == words
        old.file.storage.delete(old.file.name)  # as the library does with a row that goes
        assert public(page, "video.mp4")[0] == film

    def test_a_film_says_anew_how_long_it_is(
        self, chief: Client, gallery: ResourcesIndexPage
    ) -> None:
        page: VideoPage = VideoPageFactory(parent=gallery)
        page.save_revision().publish()
        replace(chief, page, "video", mp4(61.5), "neu.mp4")
        page.refresh_from_db()
        assert page.video.duration == 61.5

    def test_unpublished_changes_are_not_published_along(
        self, chief: Client, poster: PosterPage
    ) -> None:
        poster.title = "Pas encore"
        poster.save_revision()
        response = replace(chief, poster, "pdf", NEW, "b.pdf")
        assert "publiez-la pour qu’il paraisse" in response.text
        assert public(poster, "a4.pdf")[0] == PDF
        poster.refresh_from_db()
        assert poster.title != "Pas encore"
        poster.latest_revision.publish()
        assert public(poster, "a4.pdf")[0] == NEW

    def test_a_draft_stays_a_draft(self, chief: Client, gallery: ResourcesIndexPage) -> None:
        page = PosterPageFactory(parent=gallery, live=False)
        assert "rien n’est publié" in chief.get(files_of(page)).text
        replace(chief, page, "pdf", NEW, "b.pdf")
        page.refresh_from_db()
        assert not page.live
        with page.get_latest_revision_as_object().pdf.open_file() as file:
            assert file.read() == NEW


class TestInTurn:
    def test_without_the_right_to_publish_it_is_a_draft(
        self, writer: Client, poster: PosterPage
    ) -> None:
        replace(writer, poster, "pdf", NEW, "b.pdf")
        assert public(poster, "a4.pdf")[0] == PDF
        poster.refresh_from_db()
        assert poster.has_unpublished_changes

    def test_with_a_workflow_it_waits_for_its_review(
        self, writer: Client, gallery: ResourcesIndexPage, poster: PosterPage
    ) -> None:
        workflow = Workflow.objects.create(name="Relecture")
        task = EditorialApprovalTask.objects.create(name="Relecture")
        task.groups.add(Group.objects.create(name="Relecteurs"))
        WorkflowTask.objects.create(workflow=workflow, task=task)
        WorkflowPage.objects.create(workflow=workflow, page=gallery)
        assert "part en relecture" in writer.get(files_of(poster)).text
        response = replace(writer, poster, "pdf", NEW, "b.pdf")
        assert "attend sa relecture" in response.text
        poster.refresh_from_db()
        assert poster.workflow_in_progress
        assert public(poster, "a4.pdf")[0] == PDF
        poster.latest_revision.publish()
        assert public(poster, "a4.pdf")[0] == NEW

    @pytest.mark.parametrize("name", ["files", "replace", "put_back"])
    def test_others_may_not(self, poster: PosterPage, name: str) -> None:
        more = {"files": [], "replace": ["pdf"], "put_back": ["pdf", 1]}[name]
        address = reverse(f"asset_report:{name}", args=[poster.pk, *more])
        group = Group.objects.create(name="Ailleurs")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user = User.objects.create_user("ailleurs@campagne.test")
        user.groups.add(group)
        client = Client()
        assert "next=" in client.post(address)["Location"]
        client.force_login(user)
        assert client.get(address)["Location"] == reverse("wagtailadmin_home")
        client.post(address, {"file": SimpleUploadedFile("a.pdf", NEW)})
        assert public(poster, "a4.pdf")[0] == PDF

    def test_nor_anybody_while_it_is_locked(self, chief: Client, poster: PosterPage) -> None:
        PosterPage.objects.update(locked=True, locked_by=User.objects.create_user("a@b.test"))
        replace(chief, poster, "pdf", NEW, "b.pdf")
        assert public(poster, "a4.pdf")[0] == PDF


class TestRefused:
    @pytest.mark.parametrize(
        ("key", "content", "name", "why"),
        [
            ("pdf", picture(), "a.png", "finit par « .pdf »"),
            ("pdf", picture(), "a.pdf", "n’est pas un PDF"),
            ("pdf", PDF[:200], "a.pdf", "incomplet ou abîmé"),
            ("pdf", PDF[:9] + zipped() + PDF[9:], "a.pdf", "deux choses"),
            ("pdf", b"", "a.pdf", "vide"),
            ("image", PDF, "a.pdf", "finit par"),
            ("image", picture("PNG"), "a.png", "finit par « .jpg »"),
            ("image", picture("PNG"), "a.jpg", "ce que dit son nom"),
        ],
    )
    def test_a_poster_is_told_why_and_keeps_what_it_has(
        self,
        chief: Client,
        gallery: ResourcesIndexPage,
        key: str,
        content: bytes,
        name: str,
        why: str,
    ) -> None:
        image = SiteImageFactory(file=ContentFile(picture("JPEG"), name="a.jpg"))
        page = PosterPageFactory(parent=gallery, preview=image)
        states = Revision.objects.count()
        response = replace(chief, page, key, content, name)
        assert why in response.text.replace("\N{NO-BREAK SPACE}", " ")
        assert Revision.objects.count() == states
        assert public(page, "a4.pdf")[0] == PDF

    @pytest.mark.parametrize(
        ("key", "content", "name", "why"),
        [
            ("video", webm(), "a.webm", "finit par « .mp4 »"),
            ("video", webm(), "a.mp4", "ce que dit son nom"),
            ("video", mp4()[:80], "a.mp4", "incomplète ou abîmée"),
            ("sous-titres", b"1\n00:00:01,000", "a.srt", "finit par « .vtt »"),
            ("sous-titres", b"rien", "a.vtt", "WebVTT"),
        ],
    )
    def test_so_is_a_film(
        self,
        chief: Client,
        gallery: ResourcesIndexPage,
        key: str,
        content: bytes,
        name: str,
        why: str,
    ) -> None:
        page = VideoPageFactory(parent=gallery)
        response = replace(chief, page, key, content, name)
        assert why in response.text.replace("\N{NO-BREAK SPACE}", " ")
        assert VideoPage.objects.get().video == page.video

    def test_what_is_drawn_or_written_has_no_file(
        self, chief: Client, gallery: ResourcesIndexPage
    ) -> None:
        drawn, kit = DrawnPosterFactory(parent=gallery), KitPageFactory(parent=gallery)
        assert "dessiné par une maquette" in chief.get(files_of(drawn)).text
        assert "aucun fichier envoyé" in chief.get(files_of(kit)).text
        for page in (drawn, kit):
            address = reverse("asset_report:replace", args=[page.pk, "pdf"])
            assert chief.get(address).status_code == 404

    def test_a_file_that_was_never_there_is_not_put_back(
        self, chief: Client, poster: PosterPage
    ) -> None:
        other = PdfFactory(file=ContentFile(NEW, name="autre.pdf"))
        address = reverse("asset_report:put_back", args=[poster.pk, "pdf", other.pk])
        assert "n’est plus là" in chief.post(address, follow=True).text
        assert public(poster, "a4.pdf")[0] == PDF


class TestTold:
    def test_where_else_it_serves_and_that_it_stays_there(
        self, chief: Client, gallery: ResourcesIndexPage, poster: PosterPage
    ) -> None:
        other = PosterPageFactory(parent=gallery, pdf=poster.pdf, title="La voisine")
        address = reverse("asset_report:replace", args=[poster.pk, "pdf"])
        response = chief.get(address)
        page = response.text
        assert [str(one) for one, _address in response.context["others"]] == ["La voisine"]
        assert "La voisine" in page
        assert f"/telechargements/{poster.pk}/a4.pdf" in page
        replace(chief, poster, "pdf", NEW, "b.pdf")
        assert public(other, "a4.pdf")[0] == PDF

    def test_one_gets_there_from_the_page_and_from_the_report(
        self, chief: Client, gallery: ResourcesIndexPage, poster: PosterPage
    ) -> None:
        drawn = DrawnPosterFactory(parent=gallery)
        edit = reverse("wagtailadmin_pages:edit", args=[poster.pk])
        assert files_of(poster) in chief.get(edit).text
        assert files_of(poster) in chief.get(reverse("asset_report:index")).text
        edit = reverse("wagtailadmin_pages:edit", args=[drawn.pk])
        assert files_of(drawn) not in chief.get(edit).text

    def test_after_thirty_days_the_old_one_is_left_to_the_library(
        self, chief: Client, poster: PosterPage
    ) -> None:
        replace(chief, poster, "pdf", NEW, "b.pdf")
        assert "Remettre<" in chief.get(files_of(poster)).text.replace("\n", "").replace(" ", "")
        for revision in Revision.objects.all():
            revision.created_at -= dt.timedelta(days=31)
            revision.save(update_fields=["created_at"])
        assert "Rien n’a été remplacé" in chief.get(files_of(poster)).text

    def test_queries_stay_with_twice_the_replacements(
        self, chief: Client, poster: PosterPage
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                chief.get(files_of(poster))
            return len(captured)

        replace(chief, poster, "pdf", NEW, "b.pdf")
        queries()
        few = queries()
        for number in range(3):
            replace(chief, poster, "pdf", pdf_sample(str(number)), "b.pdf")
        assert queries() == few
