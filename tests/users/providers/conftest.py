from __future__ import annotations

from collections.abc import Iterator

import pytest

from .server import ProviderServer, provider_server


@pytest.fixture(scope="session")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProviderServer]:
    with provider_server(tmp_path_factory.mktemp("provider")) as server:
        yield server
