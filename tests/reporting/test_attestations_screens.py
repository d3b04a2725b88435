"""From the coverage to the attestations of a place, in a real browser, on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.enums import WorkState
from tests.organisation.factories import AppointmentFactory, GrantFactory
from tests.training.attestations.conftest import private_folder  # noqa: F401
from training.attestations import archiving
from training.models import AttestationArchive

from .factories import CompletionFactory, RequirementFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_folder"),
]

WIDTHS = [1280, 320]


def fits(page: Any, width: int) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def trainer() -> Any:
    grant = GrantFactory(to_train=True)
    GrantFactory(user=grant.user, establishment=grant.establishment)
    training = RequirementFactory(trainable__title="Mots de passe").trainable
    for _ in range(5):
        person = AppointmentFactory(establishment=grant.establishment).person
        CompletionFactory(person=person, trainable=training)
    return grant


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_coverage_to_the_zip(
    width: int,
    trainer: Any,
    page_factory: Any,
    login: Any,
    axe_check: Any,
) -> None:
    page = page_factory(width)
    login(page, trainer.user)
    page.goto(reverse("reporting:establishment", args=[trainer.establishment.uid]))
    page.get_by_role("link", name="Les attestations des agents").click()
    expect(page.get_by_role("heading", name="5 attestations, 5 agents")).to_be_visible()
    axe_check(page)
    assert fits(page, width)
    page.get_by_role("button", name="Préparer le fichier").click()
    axe_check(page)
    assert fits(page, width)
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger (ZIP)").click()
    assert download.value.suggested_filename.endswith(".zip")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_follows_the_work(
    width: int,
    trainer: Any,
    page_factory: Any,
    login: Any,
    axe_check: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(type(archiving.WORK), "enqueue", lambda work, archive_id: None)
    page = page_factory(width)
    login(page, trainer.user)
    page.goto(reverse("reporting:establishment_attestations", args=[trainer.establishment.uid]))
    page.get_by_role("button", name="Préparer le fichier").click()
    expect(page.get_by_role("heading", level=2, name="En attente")).to_be_visible()
    axe_check(page)
    archive = AttestationArchive.objects.get()
    AttestationArchive.objects.update(state=WorkState.WORKING, done=2, total=5)
    page.get_by_text("2 sur 5 attestations").wait_for()
    axe_check(page)
    assert fits(page, width)
    archiving.archive_run(archive_id=archive.pk)
    page.get_by_role("link", name="Télécharger (ZIP)").wait_for()
    expect(page.locator("[data-progress-said]")).to_have_text("Votre fichier est prêt")


def test_without_javascript_a_link_says_how_far_it_is(
    trainer: Any, page_factory: Any, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(archiving.WORK), "enqueue", lambda work, archive_id: None)
    page = page_factory(390, javascript=False)
    login(page, trainer.user)
    page.goto(reverse("reporting:establishment_attestations", args=[trainer.establishment.uid]))
    page.get_by_role("button", name="Préparer le fichier").click()
    expect(page.get_by_role("heading", level=2, name="En attente")).to_be_visible()
    archiving.archive_run(archive_id=AttestationArchive.objects.get().pk)
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_role("link", name="Télécharger (ZIP)")).to_be_visible()
