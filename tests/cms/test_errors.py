"""Error pages help."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.views.defaults import bad_request, server_error

from cms.models import HomePage
from config.urls import urlpatterns as site_urlpatterns


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Il vous manque le droit de lire cette couverture.")


urlpatterns = [path("refus/", refuse), *site_urlpatterns]


def test_lost_reader_finds_search_and_menu(home: HomePage, client: Client) -> None:
    response = client.get("/nulle-part/")
    assert response.status_code == 404
    assert 'id="lost-q"' in response.text
    assert "La campagne" in response.text


@override_settings(ROOT_URLCONF="tests.cms.test_errors")
def test_refusal_says_which_right_is_missing(home: HomePage, client: Client, reader: Any) -> None:
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/refus/")
    assert response.status_code == 403
    assert "Il vous manque le droit de lire cette couverture." in response.text
    assert "Voir mes droits, en demander" in response.text


@pytest.mark.parametrize("view", [server_error, bad_request])
def test_broken_site_answers_without_the_database(rf: Any, view: Any) -> None:
    arguments = [rf.get("/")] if view is server_error else [rf.get("/"), Exception()]
    response = view(*arguments)
    assert response.status_code in {400, 500}
    assert b"css/site.css" in response.content
    assert b"<style" not in response.content
