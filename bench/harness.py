"""Paired measurements: how many empty views does this cost?

The unit is a Django view that returns nothing, asked through the whole middleware. Both sides are
timed in turn, many times, in one process, and the median of the pairs' ratios is the figure: so it
hardly depends on the machine. Time is the processor's, so that neighbours on a busy machine do not
count; nor do waits for the disk, of which a test database has none.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory

from bench.urls import UNIT

FULL = os.environ.get("SIZE") == "full"
UNITS_A_ROUND = 5  # an empty view is short: five of them steady the clock
WARM_UP = 3  # rounds that are not counted: caches, compiled templates


@dataclass(frozen=True, slots=True)
class Ratio:
    """`value`, mostly in empty views, which must not exceed `limit` if there is one."""

    name: str
    value: float
    limit: float | None

    def __str__(self) -> str:
        value = f"{self.value:.2f}" if self.value < 10 else f"{self.value:.1f}"
        return f"RATIO {self.name} {value} limit {'-' if self.limit is None else f'{self.limit:g}'}"

    @property
    def is_exceeded(self) -> bool:
        return self.limit is not None and self.value > self.limit


def size(small: int, full: int) -> int:
    """`small` by default, `full` for figures to report."""
    return full if FULL else small


class Site:
    """Asks the site as its server does, without a socket."""

    def __init__(self, cookies: dict[str, str] | None = None) -> None:
        self.handler = WSGIHandler()
        self.factory = RequestFactory()
        self.factory.cookies.load(cookies or {})

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self._answer(self.factory.get(path, headers=headers))

    def post(self, path: str, body: str, **headers: str) -> HttpResponse:
        request = self.factory.post(path, body, content_type="application/json", headers=headers)
        return self._answer(request)

    def post_later(self, path: str, body: str, **headers: str) -> Callable[[], HttpResponse]:
        """A request that is ready; it is sent when the answer is called."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = self.factory.post(path, body, content_type="application/json", headers=names)
        return lambda: self._answer(request)

    def _answer(self, request: Any) -> HttpResponse:
        response = self.handler.get_response(request)
        response.getvalue() if response.streaming else response.content
        if response.status_code >= 400:
            raise RuntimeError(f"{request.path} answered {response.status_code}")
        return response


def settle() -> None:
    """What is there by now is looked at no more by the collector, as config.wsgi does it."""
    gc.collect()
    gc.freeze()


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def ratio(name: str, work: Callable[[], object], *, limit: float | None, rounds: int = 30) -> Ratio:
    """The median over `rounds` of the time of `work` divided by that of an empty view."""
    site = Site()

    units = []

    def pair() -> float:
        unit = seconds(lambda: [site.get(UNIT) for _turn in range(UNITS_A_ROUND)]) / UNITS_A_ROUND
        units.append(unit)
        return seconds(work) / unit

    for _turn in range(WARM_UP):
        pair()
    settle()
    value = statistics.median(pair() for _turn in range(rounds))
    unit = statistics.median(units) * 1000
    print(f"  {name}: {value * unit:.1f} ms here, an empty view {unit:.2f} ms", flush=True)
    return Ratio(name, value, limit)


def paired(
    name: str,
    work: Sequence[Callable[[], object]],
    unit: Sequence[Callable[[], object]],
    *,
    limit: float | None,
    divisor: int = 1,
) -> Ratio:
    """The median time of `work` by that of `unit`, one of each in turn."""
    settle()
    times = [(seconds(one), seconds(empty)) for one, empty in zip(work, unit, strict=True)]
    works, units = zip(*times[WARM_UP:], strict=True)
    work_time, unit_time = statistics.median(works) / divisor, statistics.median(units)
    print(
        f"  {name}: {work_time * 1e6:.0f} µs here, an empty view {unit_time * 1e6:.0f} µs",
        flush=True,
    )
    return Ratio(name, work_time / unit_time, limit)
