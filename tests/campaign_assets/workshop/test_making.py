"""From a hospital's words to its file: the form, the preview, what is kept."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import factory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from campaign_assets.models import Adaptation, ShortLink, VisualPage
from tests.campaign_assets.factories import (
    AssetPageFactory,
    DrawnPosterFactory,
    PosterPageFactory,
)
from tests.organisation.factories import EstablishmentFactory, GrantFactory

GESTURE, CONTACT = "texte-gesture", "texte-contact"


class DrawnVisualFactory(AssetPageFactory):
    design = "visuel"
    figure = "session"
    world = "night-signal"
    texts = factory.LazyFunction(
        lambda: {"headline": "Je verrouille,\nje pars.", "gesture": "Windows + L."}
    )
    alt = "Un cadenas dont la serrure est un œil."

    class Meta:
        model = VisualPage


def words(**changed):
    return {
        GESTURE: "Windows + L,\r\nà chaque pause.",
        CONTACT: "Un doute ? Appelez le 3333.",
        "placement": "Salle de pause, 3e étage",
        "output": "a4.pdf",
        **changed,
    }


@pytest.fixture
def poster(gallery):
    return DrawnPosterFactory(parent=gallery, slug="je-verrouille")


@pytest.fixture
def client(officer, client_of):
    return client_of(officer)


def address(page, house=None, name="workshop"):
    query = f"?etablissement={house.uid}" if house else ""
    return reverse(f"campaign_assets:{name}", args=[page.pk]) + query


class TestSaving:
    def test_the_file_comes_under_a_sensible_name(self, client, poster, house):
        response = client.post(address(poster), words())
        adaptation = Adaptation.objects.get()
        assert response["Location"] == (
            f"/atelier/fichiers/{adaptation.uid}/"
            "affiche-je-verrouille-centre-hospitalier-de-vannes-a4.pdf"
        )
        file = client.get(response["Location"])
        assert file["Content-Type"] == "application/pdf"
        assert file["Content-Disposition"] == (
            'attachment; filename="affiche-je-verrouille-centre-hospitalier-de-vannes-a4.pdf"'
        )
        assert file.content.startswith(b"%PDF-")

    def test_the_same_words_are_the_same_row_and_the_same_bytes(self, client, poster):
        first, second = (client.post(address(poster), words())["Location"] for _turn in "ab")
        assert first == second
        assert Adaptation.objects.count() == ShortLink.objects.count() == 1
        assert client.get(first).content == client.get(second).content

    def test_each_place_has_a_code_of_its_own(self, client, poster):
        client.post(address(poster), words())
        client.post(address(poster), words(placement="Accueil des urgences"))
        codes = dict(ShortLink.objects.values_list("placement", "code"))
        assert len(set(codes.values())) == 2
        assert set(codes) == {"Salle de pause, 3e étage", "Accueil des urgences"}

    def test_for_a_printer_the_sheet_grows(self, client, poster):
        location = client.post(address(poster), words(bleed="on"))["Location"]
        assert location.endswith("-a4-imprimeur.pdf")
        assert client.get(location).status_code == 200

    def test_the_officer_is_kept_as_its_maker(self, client, poster, officer, house):
        client.post(address(poster), words())
        adaptation = Adaptation.objects.get()
        assert (adaptation.created_by, adaptation.establishment) == (officer, house)


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            (GESTURE, "", "requis"),
            (GESTURE, "x" * 200, "caractères"),
            (GESTURE, "un\ndeux\ntrois\nquatre", "lignes"),
            (GESTURE, "Windows \N{LOCK}", "U+1F512"),
            (GESTURE, "اقفل الشاشة", "n’existe pas dans la police"),
            (GESTURE, "M" * 60, "trop long"),
            ("placement", "p" * 200, "80"),
            ("output", "a0.pdf", "choix"),
        ],
    )
    def test_it_is_told_beside_the_field_and_nothing_is_lost(
        self, client, poster, field, value, said
    ):
        response = client.post(address(poster), words(**{field: value}))
        assert response.status_code == 422
        form = response.context["form"]
        assert said in " ".join(form.errors[field])
        assert form[CONTACT].value() == words()[CONTACT]
        assert form[field].value() == value
        assert not Adaptation.objects.exists()

    def test_a_brand_that_does_not_fit_says_where_to_shorten(self, client, poster, house):
        house.name = "Hospitalo" * 20
        house.save()
        response = client.post(address(poster), words())
        assert "carte de marque" in " ".join(response.context["form"].non_field_errors())


class TestPreview:
    def test_without_javascript_a_button_shows_it(self, client, poster):
        response = client.post(address(poster), words(apercu="1"))
        assert 'src="data:image/png;base64,' in response.content.decode()
        assert not Adaptation.objects.exists()

    def test_it_is_a_picture_of_what_was_typed(self, client, poster, house):
        one, other = (
            client.post(address(poster, house, "workshop_preview"), words(**{GESTURE: text}))
            for text in ("Windows + L.", "Je retire ma carte.")
        )
        assert Image.open(io.BytesIO(one.content)).height == 1286
        assert one.content != other.content

    def test_what_is_wrong_comes_by_field(self, client, poster, house):
        response = client.post(
            address(poster, house, "workshop_preview"), words(**{GESTURE: "M" * 60})
        )
        assert response.status_code == 422
        assert list(response.json()["errors"]) == [GESTURE]

    def test_the_first_look_bears_the_house(self, client, poster, house):
        response = client.get(address(poster, house, "workshop_first"))
        assert response["Content-Type"] == "image/png"


def test_a_box_is_not_said_to_be_optional(client, poster):
    label = client.get(address(poster)).text.partition("Pour un imprimeur")[2]
    assert not label.strip().startswith("(Optionnel)")


class TestWhichPage:
    def test_a_draft_is_not_found(self, client, gallery):
        assert (
            client.get(address(DrawnPosterFactory(parent=gallery, live=False))).status_code == 404
        )

    def test_an_expired_page_is_not_found(self, client, gallery):
        yesterday = timezone.now() - dt.timedelta(days=1)
        page = DrawnPosterFactory(parent=gallery, expire_at=yesterday)
        assert client.get(address(page)).status_code == 404

    def test_a_file_of_others_cannot_be_adapted(self, client, gallery):
        assert client.get(address(PosterPageFactory(parent=gallery))).status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_files_go_with_their_page(self, client, poster, method):
        location = client.post(address(poster), words())["Location"]
        poster.unpublish()
        assert client.get(location).status_code == 404
        assert getattr(client, method)(address(poster)).status_code == 404


class TestWho:
    def test_one_house_needs_no_choice(self, client, poster, house):
        assert client.get(address(poster)).context["establishment"] == house

    def test_a_nation_searches_first(self, client_of, poster, house):
        EstablishmentFactory(name="CHU d’ailleurs")
        nation = client_of(GrantFactory(to_communicate=True, for_nation=True).user)
        found = nation.get(address(poster), {"q": "vannes"}).content.decode()
        assert f"etablissement={house.uid}" in found
        assert "ailleurs" not in found
        assert nation.get(address(poster, house)).context["establishment"] == house

    def test_another_house_is_refused(self, client, poster):
        assert client.get(address(poster, EstablishmentFactory())).status_code == 403

    @pytest.mark.parametrize("named", ["x", str(uuid.UUID(int=0))])
    def test_an_unknown_house_is_not_found(self, client, poster, named):
        assert client.get(address(poster), {"etablissement": named}).status_code == 404

    def test_without_account_one_signs_in(self, client_of, poster):
        from django.test import Client

        assert "/accounts/login/" in Client().get(address(poster))["Location"]

    def test_a_file_is_for_those_who_speak_for_the_house(self, client, client_of, poster):
        location = client.post(address(poster), words())["Location"]
        other = client_of(GrantFactory(to_communicate=True).user)
        assert other.get(location).status_code == 403


class TestFiles:
    @pytest.fixture
    def location(self, client, poster):
        return client.post(address(poster), words())["Location"]

    def test_a_browser_asks_whether_it_changed(self, client, location):
        first = client.get(location)
        again = client.get(location, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

    def test_the_address_outlives_a_new_name(self, client, location, house):
        before = client.get(location)
        house.name = "CHBA"
        house.save()
        after = client.get(location)
        assert "je-verrouille-chba-a4.pdf" in after["Content-Disposition"]
        assert before["ETag"] != after["ETag"]

    @pytest.mark.parametrize("ending", ["a3.pdf", "a5.pdf", "x-a3-imprimeur.pdf"])
    def test_every_format_of_the_design_is_there(self, client, location, ending):
        folder = location.rpartition("/")[0]
        assert client.get(f"{folder}/{ending}").content.startswith(b"%PDF-")

    @pytest.mark.parametrize("ending", ["a4.png", "1080x1080.png", "a2.pdf", "a4.exe", "rien"])
    def test_no_other_is(self, client, location, ending):
        folder = location.rpartition("/")[0]
        assert client.get(f"{folder}/{ending}").status_code == 404

    def test_words_that_no_longer_fit_lead_back_to_the_workshop(self, client, location, house):
        house.name = "Hospitalo" * 20
        house.save()
        response = client.get(location, follow=True)
        assert response.status_code == 200
        assert "trop long" in response.content.decode()
        assert response.context["form"][GESTURE].value() == "Windows + L,\nà chaque pause."


class TestOwn:
    def test_the_list_leads_back_with_the_words(self, client, poster, house):
        client.post(address(poster), words())
        row = client.get("/atelier/").context["rows"][0]
        form = client.get(row.edit).context["form"]
        assert form[GESTURE].value() == "Windows + L,\nà chaque pause."
        assert form["placement"].value() == "Salle de pause, 3e étage"
        for _label, file in row.files:
            assert client.get(file).status_code == 200

    def test_an_unpublished_page_says_so(self, client, poster):
        client.post(address(poster), words())
        poster.unpublish()
        assert "n’est plus publié" in client.get("/atelier/").content.decode()

    def test_deleting_asks_once(self, client, poster):
        client.post(address(poster), words())
        adaptation = Adaptation.objects.get()
        delete = reverse("campaign_assets:adaptation_delete", args=[adaptation.uid])
        assert "Supprimer ce support" in client.get(delete).content.decode()
        assert Adaptation.objects.exists()
        client.post(delete)
        assert not Adaptation.objects.exists()
        assert ShortLink.objects.exists()

    def test_nobody_elses_is_shown_or_deleted(self, client, client_of, poster):
        client.post(address(poster), words())
        other = client_of(GrantFactory(to_communicate=True).user)
        assert not other.get("/atelier/").context["rows"]
        delete = reverse("campaign_assets:adaptation_delete", args=[Adaptation.objects.get().uid])
        assert other.post(delete).status_code == 403

    def test_queries_do_not_grow_with_the_list(self, client, gallery):
        def asked():
            with CaptureQueriesContext(connection) as queries:
                client.get("/atelier/")
            return len(queries)

        for number in range(2):
            page = DrawnPosterFactory(parent=gallery)
            client.post(address(page), words(placement=f"lieu {number}"))
        client.get("/atelier/")
        before = asked()
        for number in range(2):
            page = DrawnPosterFactory(parent=gallery)
            client.post(address(page), words(placement=f"autre lieu {number}"))
        client.get("/atelier/")  # publishing forgot the frame of the pages
        assert asked() == before


def test_queries_of_the_workshop_are_as_many_for_a_nation(client, client_of, poster, house):
    def asked(client):
        client.get(address(poster, house))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(poster, house)).status_code == 200
        return len(queries)

    few = asked(client)
    EstablishmentFactory.create_batch(40)
    nation = client_of(GrantFactory(to_communicate=True, for_nation=True).user)
    assert abs(asked(nation) - few) <= 1


class TestScreens:
    @pytest.fixture
    def visual(self, gallery):
        return DrawnVisualFactory(parent=gallery, slug="je-verrouille")

    def test_a_picture_has_neither_place_nor_bleed_nor_code(self, client, visual):
        form = client.get(address(visual)).context["form"]
        assert not {"placement", "bleed"} & set(form.fields)
        client.post(address(visual), {GESTURE: "Windows + L.", "output": "1080x1080.png"})
        assert Adaptation.objects.exists()
        assert not ShortLink.objects.exists()

    @pytest.mark.parametrize("kind", ["png", "webp"])
    @pytest.mark.parametrize("size", ["1080x1080", "1200x630"])
    def test_its_size_is_exact(self, client, visual, size, kind):
        location = client.post(
            address(visual), {GESTURE: "Windows + L.", "output": f"{size}.{kind}"}
        )["Location"]
        assert location.endswith(f"visuel-je-verrouille-centre-hospitalier-de-vannes-{size}.{kind}")
        picture = Image.open(io.BytesIO(client.get(location).content))
        assert "x".join(map(str, picture.size)) == size
        assert picture.format == kind.upper()

    def test_it_is_in_the_list_without_a_code(self, client, visual):
        client.post(address(visual), {GESTURE: "Windows + L.", "output": "1080x1080.png"})
        row = client.get("/atelier/").context["rows"][0]
        assert row.code == ""
        assert ("Carré WebP") in dict(row.files)
