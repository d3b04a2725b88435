"""The editors’ way: many files become drafts, are completed, reviewed, published, looked after."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from campaign_assets.checks import asset_gaps
from campaign_assets.models import AssetPage, PosterPage, ResourcesIndexPage
from campaign_assets.services import uploads
from cms.models import EditorialApprovalTask
from content.checks import blocking_gaps
from content.models import SiteImage
from tests.content.test_uploads import picture
from tests.support.pdf import pdf_sample
from users.models import User

from .factories import (
    PDF,
    CampaignFactory,
    KitItemFactory,
    KitPageFactory,
    PdfFactory,
    PosterPageFactory,
    SiteImageFactory,
    VideoFactory,
    VideoPageFactory,
)

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/ressources/envoi/"
REPORT = "/admin/ressources/suivi/"


@pytest.fixture
def editor(gallery: ResourcesIndexPage) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("redaction@campagne.test"))
    return client


def send(client: Client, *files: tuple[str, bytes], **changes: Any) -> Any:
    form = {
        "uploads": [SimpleUploadedFile(name, content) for name, content in files],
        "format": "affiche",
        "theme": "cle-usb",
        "language": "fr",
        "licence": "etalab-2.0",
        "credit": "CH d’Essai",
        **changes,
    }
    return client.post(UPLOAD, form)


class TestUpload:
    def test_each_file_becomes_a_draft_filed_as_was_said(
        self, editor: Client, gallery: ResourcesIndexPage
    ) -> None:
        campaign = CampaignFactory()
        response = send(
            editor, ("cle_usb-trouvee.png", picture()), ("deux.pdf", PDF), campaign=campaign.pk
        )
        assert response.status_code == 200
        pages = list(PosterPage.objects.order_by("title"))
        assert [page.title for page in pages] == ["Cle usb trouvee", "Deux"]
        for page in pages:
            assert not page.live
            assert page.latest_revision is not None
            assert (page.theme, page.campaign, page.credit) == ("cle-usb", campaign, "CH d’Essai")
        assert (pages[0].preview is None, pages[0].pdf is None) == (False, True)
        assert (pages[1].preview is None, pages[1].pdf is None) == (True, False)

    def test_a_pdf_and_a_picture_of_one_name_are_one_asset(self, editor: Client) -> None:
        send(editor, ("affiche.pdf", PDF), ("Affiche.PNG", picture()))
        page = PosterPage.objects.get()
        assert page.pdf is not None
        assert page.preview is not None

    def test_what_is_refused_takes_nothing_with_it(self, editor: Client) -> None:
        html = send(
            editor,
            ("virus.pdf", b"MZ"),
            ("bon.png", picture()),
            ("page.html", b"<html>"),
            ("photo.png", b"\x89PNG but not really"),
        ).content.decode()
        assert PosterPage.objects.get().title == "Bon"
        assert "n’est pas un PDF" in html
        assert "Seuls les PDF et les images" in html
        assert "ne se lit pas" in html

    def test_the_same_names_again_make_drafts_of_their_own(self, editor: Client) -> None:
        for _ in range(2):
            send(editor, ("a.png", picture()))
        assert sorted(PosterPage.objects.values_list("slug", flat=True)) == ["a", "a-2"]

    def test_too_many_or_too_heavy_says_so_and_makes_nothing(
        self, editor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        many = [(f"{n}.png", picture()) for n in range(uploads.MOST_FILES + 1)]
        assert "Quarante fichiers" in send(editor, *many).content.decode()
        monkeypatch.setattr(uploads, "MOST_BYTES", 10)
        assert "200 Mo ensemble" in send(editor, ("a.png", picture())).content.decode()
        assert not PosterPage.objects.exists()
        assert not SiteImage.objects.exists()

    def test_no_file_says_so(self, editor: Client) -> None:
        assert send(editor).context["form"].errors["uploads"]

    def test_draft_says_at_once_what_it_lacks(self, editor: Client) -> None:
        html = send(editor, ("a.png", picture())).content.decode()
        assert "n’a pas de texte alternatif" in html
        image = SiteImage.objects.get()
        assert reverse("wagtailimages:edit", args=[image.pk]) in html

    def test_upload_is_for_who_may_add_pages(self, gallery: ResourcesIndexPage) -> None:
        writers = Group.objects.create(name="Plume")
        user = User.objects.create_user("plume@campagne.test")
        user.groups.add(writers)
        writers.permissions.add(*_admin_access())
        client = Client()
        client.force_login(user)
        assert client.get(UPLOAD).status_code == 302
        _grant(writers, gallery, "add_page")
        assert client.get(UPLOAD).status_code == 200


def status(client: Client, address: str) -> int:
    response: Any = client.get(address)
    if response.streaming:
        list(response)  # reads the file to its end, which closes it
    return int(response.status_code)


def _admin_access() -> list[Any]:
    return list(Permission.objects.filter(codename="access_admin"))


def _grant(group: Group, page: Page, codename: str) -> None:
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)


class TestCheck:
    def told(self, page: AssetPage) -> str:
        return "\n".join(gap.message for gap in blocking_gaps(asset_gaps(page)))

    def test_a_complete_asset_lacks_nothing(self, gallery: ResourcesIndexPage) -> None:
        assert asset_gaps(PosterPageFactory(parent=gallery)) == []
        assert asset_gaps(VideoPageFactory(parent=gallery)) == []

    def test_what_leaves_readers_out_is_named(self, gallery: ResourcesIndexPage) -> None:
        image = SiteImageFactory(title="Œil")
        page = PosterPageFactory(parent=gallery, preview=image)
        SiteImage.objects.update(description="")
        page.refresh_from_db()
        assert "« Œil » n’a pas de texte alternatif" in self.told(page)
        video = VideoPageFactory(parent=gallery)
        video.video = VideoFactory(captions="", transcript="")
        assert "sous-titres" in self.told(video)

    def test_required_fields_are_asked_for(self, gallery: ResourcesIndexPage) -> None:
        page = PosterPage(title="Vide", slug="vide", live=False)
        gallery.add_child(instance=page)
        for name in ("Thème", "Aperçu", "Crédit"):
            assert f"{name}\N{NO-BREAK SPACE}: " in self.told(page)

    def test_a_kit_needs_steps_and_holds_no_kit(self, gallery: ResourcesIndexPage) -> None:
        kit = KitPageFactory(parent=gallery)
        assert "pas encore d’étape" in self.told(kit)
        KitItemFactory(kit=kit, asset=KitPageFactory(parent=gallery, title="Autre"))
        assert "« Autre » est un kit" in self.told(kit)
        KitItemFactory(kit=kit, asset=PosterPageFactory(parent=gallery, title="Tôt", live=False))
        warned = [gap.message for gap in asset_gaps(kit) if not gap.is_blocking]
        assert "« Tôt » n’est pas publiée : le kit paraîtra sans elle." in warned

    def test_publishing_several_waits_until_each_may_be(
        self, editor: Client, gallery: ResourcesIndexPage
    ) -> None:
        send(editor, ("a.png", picture()))
        draft = AssetPage.objects.get()
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        html = editor.post(f"{address}?id={draft.pk}", follow=True).content.decode()
        assert "n’est pas prêt" in html
        draft.refresh_from_db()
        assert not draft.live

    def test_an_asset_does_not_replace_itself(self, gallery: ResourcesIndexPage) -> None:
        one = PosterPageFactory(parent=gallery)
        two = PosterPageFactory(parent=gallery, superseded_by=one)
        one.superseded_by = two
        assert "se remplacerait elle-même" in self.told(one)


class TestReview:
    def test_only_the_named_reviewer_approves(self, gallery: ResourcesIndexPage) -> None:
        task = EditorialApprovalTask.objects.create(name="Relecture")
        group = Group.objects.create(name="Relecteurs")
        task.groups.add(group)
        named, other = (User.objects.create_user(f"{n}@campagne.test") for n in "ab")
        for user in (named, other):
            user.groups.add(group)
        _grant(group, gallery, "publish_page")
        page = PosterPageFactory(parent=gallery, reviewer=named)

        def offered(user: User) -> list[str]:
            return [name for name, *_ in task.get_actions(page, user)]

        assert "approve" in offered(named)
        assert offered(other) == ["reject"]
        page.reviewer = None
        assert "approve" in offered(other)

    def test_reviewers_to_choose_from_are_those_who_publish(
        self, gallery: ResourcesIndexPage
    ) -> None:
        group = Group.objects.create(name="Relecteurs")
        _grant(group, gallery, "publish_page")
        _grant(group, Page.get_first_root_node(), "publish_page")
        reviewer = User.objects.create_user("relecture@campagne.test")
        reviewer.groups.add(group)
        User.objects.create_user("agent@hopital.test")
        form = PosterPage.get_edit_handler().get_form_class()()
        assert list(form.fields["reviewer"].queryset) == [reviewer]


class TestSchedule:
    def test_it_appears_and_disappears_by_itself(
        self, client: Client, gallery: ResourcesIndexPage
    ) -> None:
        now = timezone.now()
        page = PosterPageFactory(parent=gallery, live=False)
        page.go_live_at = now - dt.timedelta(minutes=1)
        revision = page.save_revision(approved_go_live_at=now - dt.timedelta(minutes=1))
        assert revision.approved_go_live_at
        address = f"/telechargements/{page.pk}/a4.pdf"
        assert status(client, address) == 404
        call_command("publish_scheduled")
        assert status(client, address) == 200
        PosterPage.objects.update(expire_at=now - dt.timedelta(seconds=1))
        assert status(client, address) == 404  # before anything has taken it down
        assert status(client, page.url) == 404
        assert page.title not in client.get(gallery.url).content.decode()
        call_command("publish_scheduled")
        page.refresh_from_db()
        assert not page.live


class TestFirstPage:
    """A PDF of other makers is its own preview."""

    def published(self, gallery: ResourcesIndexPage, **fields: Any) -> PosterPage:
        usual = {"parent": gallery, "live": False, "words": "Bonjour\nà tous", "preview": None}
        page = PosterPageFactory(**{**usual, **fields})
        assert blocking_gaps(asset_gaps(page)) == []
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    def test_it_is_drawn_when_the_page_is_published(self, gallery: ResourcesIndexPage) -> None:
        page = self.published(gallery)
        assert page.preview is not None
        assert page.preview.description == "Bonjour à tous"
        assert (page.preview.width, page.preview.height) == (910, 1286)
        assert page.get_latest_revision_as_object().preview == page.preview

    def test_another_pdf_is_drawn_into_it_and_better_words_stay(
        self, gallery: ResourcesIndexPage
    ) -> None:
        page = self.published(gallery)
        image = page.preview
        assert image is not None
        image.description = "Une main salue."
        image.save()
        page.pdf = PdfFactory(file=ContentFile(pdf_sample(width=297, height=210), name="b.pdf"))
        page.save_revision().publish()
        page.refresh_from_db()
        assert page.preview == image
        assert (page.preview.width, page.preview.height) == (1286, 910)
        assert page.preview.description == "Une main salue."

    def test_one_that_an_editor_chose_is_left_alone(self, gallery: ResourcesIndexPage) -> None:
        image = SiteImageFactory()
        name = image.file.name
        page = self.published(gallery, preview=image)
        assert (page.preview, page.preview.file.name) == (image, name)

    def test_without_a_pdf_a_picture_is_asked_for(self, gallery: ResourcesIndexPage) -> None:
        page = PosterPageFactory(parent=gallery, preview=None, pdf=None, live=False)
        assert any("Aperçu" in gap.message for gap in blocking_gaps(asset_gaps(page)))


class TestReport:
    def test_says_state_dates_and_where_it_is_used(
        self, editor: Client, gallery: ResourcesIndexPage
    ) -> None:
        poster = PosterPageFactory(parent=gallery, title="Affiche suivie")
        kit = KitPageFactory(parent=gallery)
        KitItemFactory(kit=kit, asset=poster)
        kit.save()
        html = editor.get(REPORT).content.decode()
        assert "Affiche suivie" in html
        assert reverse("wagtailadmin_pages:usage", args=[poster.pk]) in html
        assert "1 fois" in html
        assert "Nulle part" in html

    def test_is_exported_as_a_table(self, editor: Client, gallery: ResourcesIndexPage) -> None:
        PosterPageFactory(parent=gallery, title="Affiche suivie")
        response = editor.get(REPORT, {"export": "csv"})
        assert b"Affiche suivie" in b"".join(response.streaming_content)

    def test_queries_stay_with_twice_the_assets(
        self, editor: Client, gallery: ResourcesIndexPage
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                editor.get(REPORT)
            return len(captured)

        for _ in range(2):
            PosterPageFactory(parent=gallery, campaign=CampaignFactory())
        queries()
        few = queries()
        for _ in range(4):
            PosterPageFactory(parent=gallery, campaign=CampaignFactory())
        assert queries() == few


class TestDocuments:
    def test_a_pdf_is_not_found_under_its_own_address_before_its_page_is_published(
        self, client: Client, editor: Client, gallery: ResourcesIndexPage
    ) -> None:
        page = PosterPageFactory(parent=gallery, live=False)
        assert status(client, page.pdf.url) == 404
        assert status(editor, page.pdf.url) == 200
        page.save_revision().publish()
        assert status(client, page.pdf.url) == 200
        page.refresh_from_db()
        page.unpublish()
        assert status(client, page.pdf.url) == 404

    def test_a_document_of_other_pages_is_as_wagtail_has_it(self, client: Client) -> None:
        assert status(client, PdfFactory().url) == 200
