"""What every page pays before it says anything: header, menus, footer."""

from __future__ import annotations

from collections.abc import Iterator

from bench.harness import Ratio, Site, ratio, size
from bench.urls import FRAME


def ratios() -> Iterator[Ratio]:
    site = Site()
    yield ratio("page_frame", lambda: site.get(FRAME), limit=12, rounds=size(60, 300))
