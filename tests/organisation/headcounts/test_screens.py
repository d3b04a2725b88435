"""The screens of headcounts, and a house's part of the audit log."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.models import Headcount, HeadcountImport
from organisation.roles_of_access import RoleKey
from organisation.scopes import Scope
from organisation.services import names_read
from tests.organisation.access.world import holder
from tests.organisation.factories import AppointmentFactory, EstablishmentFactory, StaffRoleFactory
from tests.training.attestations.conftest import private_folder  # noqa: F401
from users.models import AuditEntry
from users.services import audit_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


@pytest.fixture
def house() -> Any:
    return EstablishmentFactory(name="CH d’ici")


@pytest.fixture
def referent(client: Client, house: Any) -> Client:
    client.force_login(
        holder(RoleKey.REFERENT, Scope.establishment(house)),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def place_page(house: Any) -> str:
    return reverse("organisation:headcounts_place", args=[house.uid])


def test_the_only_house_opens_at_once(referent: Client, house: Any) -> None:
    assert referent.get(reverse("organisation:headcounts"))["Location"] == place_page(house)


def test_figures_are_entered_by_hand(referent: Client, house: Any) -> None:
    nurse = StaffRoleFactory()
    AppointmentFactory(establishment=house, role=nurse)
    assert "aucun effectif déclaré" in referent.get(place_page(house)).content.decode()
    day = timezone.localdate().isoformat()
    answer = referent.post(
        place_page(house),
        {"as_of": day, "people_infirmier": "12", "other": "brancardier", "other_people": "3"},
    )
    assert answer.status_code == 302
    assert set(Headcount.objects.values_list("role__code", "people")) == {
        ("infirmier", 12),
        ("brancardier", 3),
    }


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"people_infirmier": "12,5"}, "équivalent temps plein"),
        ({"people_infirmier": "-1"}, "négatif"),
        ({"people_infirmier": "9", "as_of": "2099-01-01"}, "à venir"),
        ({"people_infirmier": "9999999"}, "trop grand"),
        ({"people_infirmier": ""}, "au moins un nombre"),
        ({"other": "brancardier"}, "combien de personnes"),
        ({"other_people": "4"}, "Choisissez le métier"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(
    referent: Client, house: Any, fields: dict[str, str], told: str
) -> None:
    AppointmentFactory(establishment=house, role=StaffRoleFactory())
    data = {"as_of": timezone.localdate().isoformat(), **fields}
    answer = referent.post(place_page(house), data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    for text in fields.values():
        assert f'value="{text}"' in page or not text
    assert not Headcount.objects.exists()


def test_a_file_goes_from_upload_to_undo(referent: Client, house: Any) -> None:
    content = "Métiers;Nb personnes\nIDE;12\nMagicien;2\n".encode()
    answer = referent.post(
        reverse("organisation:headcounts_upload"),
        {
            "place": str(house.uid),
            "as_of": timezone.localdate().isoformat(),
            "file": SimpleUploadedFile("effectifs.csv", content),
        },
    )
    page = answer["Location"]
    counts = HeadcountImport.objects.get()
    assert "titre proche" in referent.get(page).content.decode()
    referent.post(f"{page}colonnes/", {"role": "0", "people": "1", "day_order": "dmy"})
    words = referent.get(page)
    assert "Magicien" in words.content.decode()
    referent.post(f"{page}mots/", {"word:ide": "infirmier", "word:magicien": ""})
    preview = referent.get(page)
    assert "laissée de côté" in preview.content.decode()
    referent.post(f"{page}confirmer/", {"digest": preview.context["digest"]})
    assert Headcount.objects.get().people == 12
    assert "Ces effectifs sont déclarés" in referent.get(page).content.decode()
    referent.post(f"{page}annuler/")
    assert not Headcount.objects.exists()
    counts.refresh_from_db()
    assert counts.stage == "undone"


def test_the_models_can_be_read_again(referent: Client) -> None:
    for kind in ("csv", "xlsx"):
        answer = referent.get(reverse("organisation:headcounts_sample", args=[kind]))
        assert answer.status_code == 200
    answer = referent.get(reverse("organisation:headcounts_sample", args=["exe"]))
    assert answer.status_code == 404


@pytest.mark.parametrize("roles", [1, 6])
def test_the_page_asks_the_same_number_of_questions(
    referent: Client, house: Any, roles: int, django_assert_num_queries: Any
) -> None:
    codes = ("infirmier", "brancardier", "medecin", "sage-femme", "interne", "dieteticien")
    for code in codes[:roles]:
        AppointmentFactory(establishment=house, role=StaffRoleFactory(code=code))
    referent.get(place_page(house))
    with django_assert_num_queries(PAGE_QUERIES):
        referent.get(place_page(house))


PAGE_QUERIES = 12


class TestJournal:
    def entries(self, house: Any) -> None:
        reader = holder(RoleKey.MANAGER, Scope.establishment(house))
        names_read(actor=reader, place=house, how="search", rows=7)
        audit_record(
            actor=reader,
            action="grant.give",
            target="grant:1",
            details={"user": reader.pk, "right": "read_coverage", "ends_on": "2027-01-31"},
            place=house.uid,
        )
        names_read(actor=reader, place=EstablishmentFactory(), how="grants", rows=9)

    def test_only_the_houses_own_acts_in_words(self, referent: Client, house: Any) -> None:
        self.entries(house)
        page = referent.get(reverse("organisation:journal", args=[house.uid]))
        text = page.content.decode()
        assert len(page.context["lines"]) == 2
        assert "Lire la couverture des formations" in text
        assert "31/01/2027" in text
        assert "recherche" in text
        assert "read_coverage" not in text
        assert "{&quot;" not in text

    def test_filters_and_wrong_ones(self, referent: Client, house: Any) -> None:
        self.entries(house)
        address = reverse("organisation:journal", args=[house.uid])
        found = referent.get(address, {"nature": "names"})
        assert [line.entry.action for line in found.context["lines"]] == ["people.names_read"]
        wrong = referent.get(address, {"du": "2026-02-01", "au": "2026-01-01"})
        assert not wrong.context["lines"]
        assert "précède son début" in wrong.content.decode()

    def test_the_export_is_safe_and_on_record(self, referent: Client, house: Any) -> None:
        audit_record(
            actor=None,
            action="roster.upload",
            target="roster:1",
            details={"file": "=cmd()"},
            place=house.uid,
        )
        address = reverse("organisation:journal_file", args=[house.uid, "csv"])
        answer = referent.get(address)
        text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        assert ";=" not in text
        assert "=cmd()" in text
        assert AuditEntry.objects.filter(action="audit.export", place=house.uid).count() == 1
