"""The search finds words whatever their accents, and says what it found."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.forms import MAX_QUERY_LENGTH
from cms.models import HomePage
from tests.cms.factories import standard_make

pytestmark = pytest.mark.database


@pytest.mark.parametrize("query", ["hygiène", "hygiene", "HYGIÈNE", "hygiène numérique"])
def test_accents_and_case_do_not_matter(home: HomePage, client: Client, query: str) -> None:
    standard_make(home, "L’hygiène numérique", summary="Résumé montré")
    response = client.get("/recherche/", {"q": query})
    assert "L’hygiène numérique" in response.text
    assert "Résumé montré" in response.text
    assert "1 résultat pour" in response.text


def test_accented_words_are_found_in_the_body(home: HomePage, client: Client) -> None:
    standard_make(home, "Page", "<p>Gare au <b>hameçonnage</b></p>", slug="corps")
    assert "1 résultat" in client.get("/recherche/?q=hameconnage").text


def test_unpublished_pages_are_not_found(home: HomePage, client: Client) -> None:
    standard_make(home, "Brouillon secret", live=False)
    assert "0 résultat" in client.get("/recherche/?q=brouillon").text


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzz"])
def test_nothing_found_says_what_to_do(home: HomePage, client: Client, query: str) -> None:
    response = client.get("/recherche/", {"q": query})
    assert response.status_code == 200
    assert 'class="tcv-result"' not in response.text


def test_too_long_a_query_is_refused_kindly(home: HomePage, client: Client) -> None:
    response = client.get("/recherche/", {"q": "a" * (MAX_QUERY_LENGTH + 1)})
    assert "raccourcissez-la" in response.text


def test_queries_stay_when_results_double(
    home: HomePage, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        standard_make(home, f"Vigilance {number}")
    client.get("/recherche/?q=vigilance")
    with django_assert_max_num_queries(12) as few:
        client.get("/recherche/?q=vigilance")
    count = len(few)
    for number in range(4, 9):
        standard_make(home, f"Vigilance {number}")
    client.get("/recherche/?q=vigilance")
    with django_assert_num_queries(count):
        client.get("/recherche/?q=vigilance")


def test_results_are_paginated_with_the_query_kept(home: HomePage, client: Client) -> None:
    for number in range(12):
        standard_make(home, f"Vigilance {number}")
    assert "?q=vigilance&amp;page=2" in client.get("/recherche/?q=vigilance").text
    assert client.get("/recherche/?q=vigilance&page=2").text.count("tcv-result\"") == 2
