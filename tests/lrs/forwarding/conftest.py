"""A destination that has begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from lrs.models import Forward
from lrs.services import forward_create
from lrs.services.forwarding import outbox

from .stores import ToldStore, running


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, registry: None) -> Iterator[None]:
    """What processes believe of the destinations holds for no time."""
    monkeypatch.setattr(outbox, "KNOWN_FOR", 0.0)
    outbox.destinations_changed()
    yield
    outbox.destinations_changed()


@pytest.fixture
def store() -> Iterator[ToldStore]:
    with running(ToldStore()) as made:
        yield made


MakeForward = Callable[..., Forward]


@pytest.fixture
def make_forward() -> MakeForward:
    """`make_forward(endpoint, **fields)`: a destination whose first replay has ended."""

    def make(endpoint: str, **fields: object) -> Forward:
        values = {"name": "Entrepôt", "key": "k", "secret": "s", "version": "2.0.0", **fields}
        forward = forward_create(endpoint=endpoint, **values)
        forward.replays.update(until=timezone.now(), finished_at=timezone.now())
        return forward

    return make


@pytest.fixture
def forward(store: ToldStore, make_forward: MakeForward) -> Forward:
    return make_forward(store.endpoint)
