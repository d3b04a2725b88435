"""«As it was known at»: a history made by hand, read by those who may."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.services import appointment_end, appointment_start, headcount_declare
from reporting.models import CoverageMonth
from reporting.revisions.selectors import Changes, changes_since
from reporting.services import snapshots_freeze
from tests.organisation.factories import GrantFactory, PersonFactory, RegionFactory
from tests.reporting.cases.conftest import YEAR, Case
from training.services import requirement_create

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MAY = dt.date(2026, 5, 31)


@pytest.fixture
def case(db: None) -> Case:
    return Case()


def page(client, case: Case, **query: str) -> str:
    client.force_login(GrantFactory(establishment=case.house).user)
    response = client.get(reverse("reporting:establishment_revision", args=[case.house.uid]), query)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def frozen(case: Case) -> tuple[CoverageMonth, list, str]:
    """Six nurses, two of them covered; the month; the appointments; the id of a completion."""
    requirement_create(trainable=case.module, starts_on=YEAR)
    held = [case.works() for _ in range(6)]
    case.completes(held[0].person, "2026-02-01T10:00:00Z")
    evidence = case.completes(held[1].person, "2026-02-01T10:00:00Z")
    return snapshots_freeze(month_end=MAY), held, evidence


def test_what_was_told_since_is_counted_if_it_counts_on_that_day(case: Case) -> None:
    month, held, evidence = frozen(case)
    assert changes_since(month=month, establishment=case.house) == Changes(0, 0, 0, 0, 0)
    case.voids(evidence)
    case.completes(held[2].person, "2026-05-31T20:00:00Z")
    case.completes(held[3].person, "2026-05-31T22:30:00Z")  # 1 June in Paris: not of that day
    case.works(starts_on=dt.date(2026, 5, 31))
    case.works(starts_on=dt.date(2026, 6, 1))
    appointment_end(appointment=held[4], ends_on=dt.date(2026, 5, 1))
    appointment_end(appointment=held[5], ends_on=dt.date(2026, 6, 15))
    headcount_declare(establishment=case.house, role=case.nurse, as_of=MAY, people=9)
    headcount_declare(
        establishment=case.house, role=case.nurse, as_of=dt.date(2026, 6, 1), people=10
    )
    requirement_create(trainable=case.module, starts_on=MAY, place=case.house)
    requirement_create(trainable=case.module, starts_on=dt.date(2026, 6, 1))
    requirement_create(trainable=case.module, starts_on=YEAR, place=RegionFactory(code="11"))
    # And elsewhere, which does not concern this house.
    appointment_start(
        person=PersonFactory(), establishment=case.other, role=case.nurse, starts_on=YEAR
    )
    headcount_declare(establishment=case.other, role=case.nurse, as_of=YEAR, people=9)
    requirement_create(trainable=case.module, starts_on=YEAR, place=case.other)
    assert changes_since(month=month, establishment=case.house) == Changes(
        completions=1, voided=1, appointments=2, headcounts=1, rules=1
    )


def test_the_page_has_both_and_says_what_changed(client, case: Case) -> None:
    _month, held, evidence = frozen(case)
    text = page(client, case)
    assert text.count("2 / 6 (33 %)") >= 4
    assert "Le total est le même" in text
    assert "Rien n’a été enregistré depuis" in text
    case.voids(evidence)
    appointment_end(appointment=held[5], ends_on=MAY)
    headcount_declare(establishment=case.house, role=case.nurse, as_of=MAY, people=7)
    text = page(client, case, mois="2026-05-31")
    assert "2 / 6 (33 %)" in text  # as it was
    assert "1 / 7 (14 %), 2 non recensés" in text  # 5 known, 7 declared, 1 covered
    for words in (
        "1 personne de moins : à jour",
        "1 personne de moins : attendues",
        "2 personnes de plus : non recensées",
        "<strong>1</strong> formation validée, annulée depuis",
        "<strong>1</strong> affectation saisie, terminée ou corrigée depuis",
        "<strong>1</strong> effectif déclaré ou corrigé depuis",
    ):
        assert words in " ".join(text.split())


def test_a_small_house_reads_its_own_figures(client, case: Case) -> None:
    requirement_create(trainable=case.module, starts_on=YEAR)
    case.works()
    snapshots_freeze(month_end=MAY)
    assert "0 / 1 (0 %)" in page(client, case)


def test_without_a_frozen_month_it_says_so(client, case: Case) -> None:
    assert "Aucun mois n’est encore arrêté." in page(client, case)


def test_region_and_nation_read_the_frozen_figures_and_how_many_were_heard_since(
    client, case: Case
) -> None:
    _month, held, _evidence = frozen(case)
    for person in held[2:]:
        case.completes(person.person, "2026-03-01T10:00:00Z")
    addresses = [
        (GrantFactory(for_region=True, region=case.house.region), ["region_revision", "53"]),
        (GrantFactory(for_nation=True), ["nation_revision"]),
    ]
    case.works(establishment=case.other)
    for grant, (name, *args) in addresses:
        client.force_login(grant.user)
        response = client.get(reverse(f"reporting:{name}", args=args))
        text = " ".join(response.content.decode().replace("\xa0", " ").split())
        assert "2 / 6 (33 %)" in text
        assert "6 / 6" not in text
        assert "1 établissement alors silencieux est renseigné depuis." in text
        assert "Ces chiffres sont arrêtés" in text


def test_the_number_of_queries_stands(client, case: Case) -> None:
    frozen(case)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            page(client, case)
        return len(context)

    case.completes(case.works().person, "2026-03-01T10:00:00Z")
    page(client, case)
    before = queries()
    for _ in range(5):
        case.completes(case.works(role=case.porter).person, "2026-03-01T10:00:00Z")
    assert queries() == before
