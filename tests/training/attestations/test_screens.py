"""The screens of attestations in a real browser, on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.organisation.factories import AppointmentFactory, PersonFactory
from tests.reporting.factories import RequirementFactory
from training.attestations.codes import code_shown
from training.models import Attestation

from .world import complete, issue, void

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [1280, 390, 320]
VERIFY = reverse("training:attestation_verify")


@pytest.fixture
def attestations() -> dict[str, Attestation]:
    """One of each finding."""
    found = {}
    for finding, months in (("valid", 240), ("expired", 1), ("withdrawn", 12)):
        appointment = AppointmentFactory(person__first_name="Aurélie", person__last_name="Lefèvre")
        requirement = RequirementFactory(
            trainable__title="Reconnaître un message d’hameçonnage", validity_months=months
        )
        found[finding] = issue(appointment.person, requirement.trainable)
    void(found["withdrawn"].statement_id)
    return found


def fits(page: Any, width: int) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_the_check_is_accessible_whatever_it_finds(
    width: int, attestations: Any, page_factory: Any, axe_check: Any
) -> None:
    page = page_factory(width)
    codes = [one.code for one in attestations.values()]
    for query in ("", "?code=AAAA-AAAA-AAAA", *(f"?code={code}" for code in codes)):
        page.goto(VERIFY + query)
        axe_check(page)
        assert fits(page, width)


def test_the_check_works_without_javascript(attestations: Any, page_factory: Any) -> None:
    page = page_factory(390, javascript=False)
    page.goto(VERIFY)
    page.get_by_label("Code de vérification").fill(code_shown(attestations["valid"].code).lower())
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=2, name="Attestation authentique").wait_for()
    expect(page.get_by_text("A… L…")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_learner_downloads_from_her_space(
    width: int, page_factory: Any, login: Any, axe_check: Any
) -> None:
    person = PersonFactory(with_account=True, last_name="Lefèvre", first_name="Aurélie")
    complete(person, RequirementFactory(trainable__title="Mots de passe").trainable)
    page = page_factory(width)
    login(page, person.user)
    page.goto("/mon-espace/")
    axe_check(page)
    assert fits(page, width)
    with page.expect_download() as download:
        page.get_by_role("link", name="Attestation (PDF) Mots de passe").click()
    assert download.value.suggested_filename == "attestation_LEFEVRE_Aurelie_mots-de-passe.pdf"
