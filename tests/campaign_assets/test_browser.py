"""The gallery and its pages in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from users.models import User

from .factories import DrawnPosterFactory, resources_index

pytestmark = pytest.mark.browser
widths = pytest.mark.parametrize("width", [1280, 390])
# The site's policy forbids what `wait_for_function` does.
PLAYED = """() => new Promise((resolve, reject) => {
  const video = document.querySelector("video");
  video.addEventListener("timeupdate", () => video.currentTime > 0.3 && resolve());
  video.play().catch(reject);
  setTimeout(() => reject(new Error(`stands at ${video.currentTime} s`)), 15000);
})"""
RESOURCES = "/ressources/"
PAGES = (
    "",
    "je-verrouille-je-pars/",
    "visuel-je-verrouille-je-pars/",
    "carte-rancongiciel-les-premieres-minutes/",
    "je-verrouille-je-pars-la-video/",
    "communique-de-presse/",
    "kit-de-lancement/",
    "?format=video&theme=usb",
)


@widths
def test_resources_are_accessible(
    starter_site: None, page_factory: Callable[..., Any], axe_check: Any, width: int
) -> None:
    page = page_factory(width)
    for address in PAGES:
        response = page.goto(RESOURCES + address)
        assert response.status == 200, address
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_form_of_a_poster_shows_its_design_and_counts(
    transactional_db: None, page_factory: Callable[..., Any], login: Any
) -> None:
    index = resources_index()
    poster = DrawnPosterFactory(parent=index)
    page = page_factory(1280)
    login(page, User.objects.create_superuser("redaction@campagne.test"))
    page.goto(reverse("wagtailadmin_pages:edit", args=[poster.pk]))
    headline = page.get_by_label("Titre *", exact=True)
    counter = page.locator("output.tcv-count").first
    expect(counter).to_have_text("23 / 60")
    headline.fill("Je pars.")
    expect(counter).to_have_text("8 / 60")
    own_file = page.get_by_label("texte du document")
    expect(own_file).to_be_hidden()
    page.locator("#id_design").select_option("")
    expect(own_file).to_be_visible()
    expect(headline).to_be_hidden()
    page.goto("about:blank")  # Wagtail closes the editing session while the database is there
    page.wait_for_timeout(500)


def test_video_plays_with_its_captions(
    starter_site: None, page_factory: Callable[..., Any]
) -> None:
    page = page_factory(1280)
    page.goto(RESOURCES + "je-verrouille-je-pars-la-video/")
    page.evaluate(PLAYED)
    track = "document.querySelector('video').textTracks[0]"
    assert page.evaluate(f"{track}.mode") == "showing"
    assert page.evaluate(f"{track}.cues.length") == 11
