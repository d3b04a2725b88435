from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.saml_provider import SamlProvider, saml_provider_server


@pytest.fixture(scope="session")
def running() -> Iterator[SamlProvider]:
    with saml_provider_server() as provider:
        yield provider


@pytest.fixture
def idp(running: SamlProvider) -> SamlProvider:
    running.reset()
    return running
