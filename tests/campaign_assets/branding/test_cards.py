"""The brand card on the site: who edits it, what it refuses, what it remembers."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from campaign_assets.branding.selectors import brand_of
from campaign_assets.models import BrandState
from tests.organisation.factories import EstablishmentFactory, GrantFactory
from users.models import AuditEntry

from . import samples


def words(**changed):
    return {
        "name": "CH de Vannes",
        "accent": "#0b4da2",
        "hotline": "02 97 11 22 33",
        "security_contact_name": "RSSI",
        "security_contact_email": "",
        "intranet": "intranet.ch-vannes.fr",
        "seen": "0",
        **changed,
    }


def address(house, name="brand", *arguments):
    return reverse(f"campaign_assets:{name}", args=[house.uid, *arguments])


def logo_file(content=None, name="logo.svg"):
    return SimpleUploadedFile(name, content or samples.GOOD_SVG)


@pytest.fixture
def client(officer, client_of):
    return client_of(officer)


def errors_of(response, name):
    return " ".join(response.context["form"].errors.get(name, []))


class TestSaving:
    def test_a_card_is_the_brand_of_the_house(self, client, house):
        response = client.post(address(house), {**words(), "logo": logo_file()})
        assert response.status_code == 302
        house.refresh_from_db()
        brand = brand_of(house)
        assert (brand.name, brand.accent, brand.intranet) == (
            "CH de Vannes",
            "#0b4da2",
            "intranet.ch-vannes.fr",
        )
        assert (brand.hotline, brand.security_contact) == ("02 97 11 22 33", "RSSI")
        assert brand.logo_type == "svg"
        assert b"#0b4da2" in brand.logo

    def test_without_a_card_the_register_speaks(self, house):
        brand = brand_of(house)
        assert (brand.name, brand.logo, brand.hotline) == (house.name, None, house.hotline)

    def test_contacts_are_the_establishments_own(self, client, house):
        client.post(address(house), words())
        house.refresh_from_db()
        assert house.hotline == "02 97 11 22 33"
        assert AuditEntry.objects.filter(action="establishment.contacts").count() == 1

    def test_saving_the_same_twice_is_one_state(self, client, house):
        client.post(address(house), words())
        client.post(address(house), words(seen="1"))
        assert BrandState.objects.count() == 1

    def test_the_logo_stays_unless_one_removes_it(self, client, house):
        client.post(address(house), {**words(), "logo": logo_file()})
        client.post(address(house), words(seen="1", name="CHBA"))
        assert brand_of(house).logo is not None
        client.post(address(house), words(seen="2", name="CHBA", remove_logo="on"))
        assert brand_of(house).logo is None

    def test_who_comes_second_is_told_and_loses_nothing(self, client, house):
        client.post(address(house), words())
        response = client.post(address(house), words(name="CHBA"))
        assert response.status_code == 409
        form = response.context["form"]
        assert "pendant votre saisie" in " ".join(form.non_field_errors())
        assert form["name"].value() == "CHBA"
        assert brand_of(house).name == "CH de Vannes"
        client.post(address(house), words(name="CHBA", seen=form["seen"].value()))
        assert brand_of(house).name == "CHBA"


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "requis"),
            ("name", "H" * 200, "120"),
            ("name", "CH \N{HOSPITAL} de Vannes", "U+1F3E5"),
            ("name", "مستشفى فان", "n’existe pas dans la police"),
            ("name", "CH de \N{RIGHT-TO-LEFT OVERRIDE}Vannes", "invisible"),
            ("accent", "rouge", "six signes"),
            ("accent", "#808080", "La plus proche qui convient"),
            ("intranet", "javascript:alert(1)", "adresse seule"),
            ("intranet", "mon intranet", "adresse seule"),
            ("hotline", "appelez-nous", "numéro"),
            ("security_contact_email", "rssi", "valide"),
        ],
    )
    def test_each_has_a_clear_answer(self, client, house, field, value, said):
        response = client.post(address(house), words(**{field: value}))
        assert response.status_code == 422
        assert said in errors_of(response, field)
        assert response.context["form"]["hotline"].value() == words(**{field: value})["hotline"]
        assert not BrandState.objects.exists()

    def test_a_name_that_does_not_fit_is_told_beside_it(self, client, house):
        response = client.post(address(house), words(name="Hospitalo" * 13))
        assert response.status_code == 422
        assert "trop long" in errors_of(response, "name")

    def test_a_logo_is_judged_by_its_bytes(self, client, house):
        html = logo_file(b"<html><script>alert(1)</script></html>", name="logo.png")
        response = client.post(address(house), {**words(), "logo": html})
        assert "dessin SVG" in errors_of(response, "logo")

    def test_a_gigapixel_is_refused(self, client, house):
        bomb = logo_file(samples.gigapixel_png(), name="logo.png")
        response = client.post(address(house), {**words(), "logo": bomb})
        assert "trop de pixels" in errors_of(response, "logo")

    @pytest.mark.parametrize("view", ["brand", "brand_preview"])
    def test_a_heavy_logo_is_refused_while_it_arrives(self, client, house, view):
        heavy = logo_file(samples.GOOD_SVG + b" " * 3_000_000)
        response = client.post(address(house, view), {"logo": heavy, **words(name="CH d’ici")})
        assert response.status_code == 422
        assert not response.wsgi_request.FILES
        assert response.wsgi_request.POST["name"] == "CH d’ici"  # it comes after the file
        assert "envoyez une version plus l" in response.text

    def test_the_token_of_the_form_is_still_asked_for(self, officer, house):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(officer)
        assert strict.post(address(house), words()).status_code == 403
        assert not BrandState.objects.exists()

    def test_a_logo_is_kept_while_another_field_is_put_right(self, client, house):
        response = client.post(address(house), {**words(accent="x"), "logo": logo_file()})
        kept = response.context["form"]["logo_sent"].value()
        assert kept in response.content.decode()
        client.post(address(house), words(logo_sent=kept))
        assert brand_of(house).logo_type == "svg"

    @pytest.mark.parametrize("name", ["../../etc/passwd", "logos/" + "0" * 40 + ".svg", "x.svg"])
    def test_no_other_file_can_be_named_as_a_logo(self, client, house, name):
        client.post(address(house), words(logo_sent=name))
        assert brand_of(house).logo is None


class TestPreview:
    def test_it_is_a_picture_of_the_band(self, client, house):
        response = client.post(address(house, "brand_preview"), {**words(), "logo": logo_file()})
        assert response["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(response.content)).width == 909
        assert not BrandState.objects.exists()

    def test_what_is_wrong_comes_by_field(self, client, house):
        response = client.post(address(house, "brand_preview"), words(accent="#808080"))
        assert response.status_code == 422
        assert list(response.json()["errors"]) == ["accent"]

    def test_the_saved_band_is_shown_to_who_has_no_script(self, client, house):
        response = client.get(address(house, "brand_band"))
        assert response["Content-Type"] == "image/png"


class TestHistory:
    @pytest.fixture
    def two_states(self, client, house):
        client.post(address(house), {**words(), "logo": logo_file()})
        client.post(address(house), words(seen="1", name="CHBA", remove_logo="on"))

    def test_it_says_who_and_what(self, client, house, officer, two_states):
        page = client.get(address(house, "brand_history")).content.decode()
        assert page.count(str(officer)) >= 2
        assert "CHBA" in page

    def test_one_goes_back_and_the_way_is_kept(self, client, house, two_states):
        page = client.get(address(house, "brand_restore", 1)).content.decode()
        assert "CHBA" in page
        client.post(address(house, "brand_restore", 1))
        assert brand_of(house).name == "CH de Vannes"
        assert brand_of(house).logo_type == "svg"
        assert list(BrandState.objects.values_list("number", "restored_from__number")) == [
            (3, 1),
            (2, None),
            (1, None),
        ]

    def test_the_logo_of_a_state_does_nothing_by_itself(self, client, house, two_states):
        response = client.get(address(house, "brand_logo", 1))
        assert b"#0b4da2" in b"".join(response.streaming_content)
        assert response["Content-Type"] == "image/svg+xml"
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        again = client.get(
            address(house, "brand_logo", 1), headers={"If-None-Match": response["ETag"]}
        )
        assert again.status_code == 304
        assert client.get(address(house, "brand_logo", 2)).status_code == 404


class TestWho:
    def test_another_hospital_is_refused(self, client):
        assert client.get(address(EstablishmentFactory())).status_code == 403

    def test_one_house_is_opened_straight_away(self, client, house):
        assert client.get("/marque/")["Location"] == address(house)

    def test_a_nation_searches(self, client_of, house):
        EstablishmentFactory.create_batch(3)
        nation = client_of(GrantFactory(to_communicate=True, for_nation=True).user)
        assert "Vannes" in nation.get("/marque/").content.decode()
        found = nation.get("/marque/", {"q": "vannes hospitalier"}).content.decode()
        assert address(house) in found
        assert "n° " not in found
        assert nation.get("/marque/", {"q": "nulle part"}).status_code == 200

    def test_a_department_does_not_speak_for_the_house(self, client_of, db):
        user = GrantFactory(to_communicate=True, for_department=True).user
        assert client_of(user).get("/marque/").status_code == 403


@pytest.mark.parametrize("name", ["brand", "brand_history"])
def test_queries_do_not_grow_with_the_history(client, house, name):
    def saved(*numbers):
        for number in numbers:
            client.post(address(house), words(name=f"CH {number}", seen=str(number)))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(house, name)).status_code == 200
        return len(queries)

    saved(0, 1)
    client.get(address(house, name))  # the frame of the page is kept from now on, messages are said
    before = asked()
    saved(2, 3)
    client.get(address(house, name))
    assert asked() == before
