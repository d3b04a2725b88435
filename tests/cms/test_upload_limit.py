"""What is announced as too heavy is refused before it is read."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client


class Unread(io.RawIOBase):
    """A body that must not be read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")


@pytest.mark.parametrize("address", ["/admin/media/video/add/", "/", "/xapi/statements"])
def test_two_gigabytes_are_refused_unread(address: str, db: Any) -> None:
    environment = {"CONTENT_LENGTH": str(2 * 1024**3), "wsgi.input": Unread()}
    response = Client().generic("POST", address, content_type="multipart/form-data", **environment)
    assert response.status_code == 413
    assert "trop lourd" in response.content.decode()
    assert "Rien n’a été enregistré" in response.content.decode()


def test_what_announces_nonsense_is_none_of_its_business(db: Any) -> None:
    response = Client().generic("GET", "/nulle-part/", CONTENT_LENGTH="²")
    assert response.status_code == 404
