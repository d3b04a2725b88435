"""A real OpenID Connect provider, in a process of its own (oidc-provider-mock)."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from django.test import Client

from tests.support.servers import free_port, wait_for_port
from users.models import IdentityProvider, ProviderDomain, ProviderKind
from users.sealing import seal


class ProviderServer:
    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    def knows(self, sub: str, claims: dict[str, Any]) -> None:
        """Whoever signs in there as `sub` has these claims."""
        httpx.put(f"{self.url}/users/{quote(sub)}", json=claims).raise_for_status()

    def configured(
        self, kind: str = ProviderKind.OWN, *, slug: str = "chu", domain: str = "", **fields: Any
    ) -> IdentityProvider:
        """The provider as the admin's form stores it."""
        row = IdentityProvider.objects.create(
            name="CHU d’essai" if kind == ProviderKind.OWN else "Pro Santé Connect",
            slug=slug,
            kind=kind,
            discovery_url=self.url,
            client_id="tous-cyber-vigilant",
            sealed_secret=seal("s3cret"),
            issuer=self.url,
            form_origin=self.url,
            **fields,
        )
        if domain:
            ProviderDomain.objects.create(provider=row, domain=domain)
        return row

    def answer(self, client: Client, row: IdentityProvider, sub: str, **form: Any) -> Any:
        """Go there as `sub` and come back; the site's answer to the return."""
        start = client.post(row.login_path, form)
        assert start.status_code == 302, start.content.decode()
        return client.get(self.back(start["Location"], sub))

    def back(self, address: str, sub: str) -> str:
        """The return address, with the code, that the provider sends a browser to."""
        response = httpx.post(address, data={"sub": sub})
        assert response.status_code == 302, response.text
        return response.headers["location"]


@contextlib.contextmanager
def provider_server(folder: Path) -> Iterator[ProviderServer]:
    port, log = free_port(), folder / "provider.log"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
        )
        try:
            wait_for_port(port, process, log)
            yield ProviderServer(port)
        finally:
            process.terminate()
            process.wait(10)
