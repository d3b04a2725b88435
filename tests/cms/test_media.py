"""Files of the media folder are served without a proxy, documents excepted."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("images/affiche.png", "documents/prive.pdf", "../secret.txt"):
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"contenu")


def test_a_picture_is_served(client: Client) -> None:
    response = client.get("/media/images/affiche.png")
    assert b"".join(response.streaming_content) == b"contenu"
    assert response["Content-Type"] == "image/png"
    response.close()


@pytest.mark.parametrize(
    "path",
    [
        "documents/prive.pdf",
        "images/../documents/prive.pdf",
        "/documents/prive.pdf",
        "../secret.txt",
        "%2e%2e/secret.txt",
        "images/",
        "rien.png",
    ],
)
def test_nothing_else_is(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code in {400, 404}
