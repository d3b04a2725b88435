"""What a poster of a hospital's own costs: drawn for the first time, and given again.

The work is that of `starter`'s first poster, A4, with a logo, a hotline and a code; every hospital
has another name, so nothing of a cold one is remembered. Also: the picture of it that the workshop
shows, and the memory that hundreds of them leave behind.
"""

from __future__ import annotations

import itertools
import resource
import shutil
import sys
from collections.abc import Callable, Iterator
from typing import Any

from bench.harness import Ratio, ratio, seconds, size

PDF_LIMIT, PICTURE_LIMIT, CACHED_LIMIT = 120, 500, 12  # empty views
GROWTH_LIMIT = 60  # megabytes over all the posters
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">'
    b'<rect width="60" height="40" rx="6" fill="#0a5"/></svg>'
)


def ratios() -> Iterator[Ratio]:
    numbers = itertools.count()
    try:
        yield from _ratios(numbers)
    finally:
        _forget()


def _ratios(numbers: Iterator[int]) -> Iterator[Ratio]:
    from campaign_assets.designs import rendered

    rounds = size(30, 150)
    known = _work(-1)
    yield ratio(
        "poster_cold_pdf",
        lambda: rendered(_work(next(numbers)), "pdf"),
        limit=PDF_LIMIT,
        rounds=rounds,
    )
    yield ratio(
        "poster_cached_pdf", lambda: rendered(known, "pdf"), limit=CACHED_LIMIT, rounds=rounds
    )
    yield ratio(
        "poster_cold_webp",
        lambda: rendered(_work(next(numbers)), "webp"),
        limit=PICTURE_LIMIT,
        rounds=size(10, 50),
    )
    before = _megabytes()
    count = size(200, 2000)
    _timed(f"{count} cold posters", count, lambda: rendered(_work(next(numbers)), "pdf"))
    _timed(f"{count} cached posters", count, lambda: rendered(known, "pdf"))
    yield Ratio("poster_memory_growth_mb", _megabytes() - before, GROWTH_LIMIT)


def _work(number: int) -> Any:
    from campaign_assets.designs import Brand, QrTarget, Work
    from starter.assets.posters import SERIES

    poster = SERIES[0]
    return Work(
        design=poster.design,
        texts=poster.texts,
        alt=poster.alt,
        format="a4",
        figure=poster.figure,
        world=poster.world,
        brand=Brand(f"CH n° {number}", LOGO, "svg", hotline="01 00 00 00 00"),
        qr=QrTarget(f"https://formation.example/a/{number}", "Le module en 7 minutes"),
    )


def _timed(name: str, count: int, work: Callable[[], object]) -> None:
    took = seconds(lambda: [work() for _turn in range(count)])
    print(f"  {name}: {count / took:.0f} per second of a core, {_megabytes():.0f} MB", flush=True)


def _megabytes() -> float:
    """The most that this process has held."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def _forget() -> None:
    from django.core.files.storage import storages

    from campaign_assets.designs.cache import FOLDER

    shutil.rmtree(storages["private"].path(FOLDER), ignore_errors=True)
