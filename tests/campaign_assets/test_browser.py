"""The gallery and its pages in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from starter.assets import resources_load

from .factories import resources_index

pytestmark = pytest.mark.browser
widths = pytest.mark.parametrize("width", [1280, 390])
PAGES = (
    "",
    "je-verrouille-je-pars/",
    "je-verrouille-je-pars-la-video/",
    "communique-de-presse/",
    "kit-de-lancement/",
    "?format=video&theme=usb",
)


@widths
def test_resources_are_accessible(
    transactional_db: None, page_factory: Callable[..., Any], axe_check: Any, width: int
) -> None:
    index = resources_index()
    resources_load(index)
    page = page_factory(width)
    for address in PAGES:
        page.goto(index.url + address)
        axe_check(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_video_plays_with_its_captions(
    transactional_db: None, page_factory: Callable[..., Any]
) -> None:
    index = resources_index()
    resources_load(index)
    page = page_factory(1280)
    page.goto(index.url + "je-verrouille-je-pars-la-video/")
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_timeout(1500)
    assert page.evaluate("document.querySelector('video').currentTime") > 0.3
    track = "document.querySelector('video').textTracks[0]"
    assert page.evaluate(f"{track}.mode") == "showing"
    assert page.evaluate(f"{track}.cues.length") == 11
