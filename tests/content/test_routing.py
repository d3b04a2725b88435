"""Addresses of pages, found at once: always the page as it is published, or Wagtail's own way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from content.published import Published, published_forget
from tests.courses.factories import lessons, make_module
from users.models import User

pytestmark = pytest.mark.django_db


def test_a_page_is_found_without_asking_for_the_way_to_it(client: Client) -> None:
    module = make_module(1)
    client.get(module.url)  # makes the row of the site's settings, which forgets what was kept
    client.get(module.url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(module.url).status_code == 200
    assert not [query for query in captured if "wagtailcore_site" in query["sql"]]
    assert not [query for query in captured if '"depth" = ' in query["sql"]]


def test_what_is_published_again_is_shown_at_once(client: Client) -> None:
    module = make_module(1)
    client.get(module.url)
    module.title = "Un titre revu"
    module.save_revision().publish()
    assert "Un titre revu" in client.get(module.url).text


def test_a_draft_is_not_shown(client: Client) -> None:
    module = make_module(1)
    client.get(module.url)
    module.title = "Un brouillon"
    module.save_revision()
    assert "Un brouillon" not in client.get(module.url).text


def test_a_page_that_goes_is_gone_at_once(client: Client) -> None:
    module = make_module(1)
    (lesson,) = lessons(module)
    assert client.get(lesson.url).status_code == 200
    lesson.unpublish()
    assert client.get(lesson.url).status_code == 404
    address = module.url
    Page.objects.get(pk=module.pk).delete()
    assert client.get(address).status_code == 404


def test_a_page_that_moves_is_found_where_it_is(client: Client) -> None:
    module, other = make_module(1), make_module(0)
    old = module.url
    assert client.get(old).status_code == 200
    module.slug = "ailleurs"
    module.save_revision().publish()
    assert client.get("/modules/ailleurs/").status_code == 200
    assert client.get(old).status_code != 200
    (lesson,) = lessons(module)
    lesson.move(other, pos="last-child")
    moved = Page.objects.get(pk=lesson.pk)
    assert client.get(moved.url).status_code == 200


def test_a_restricted_page_asks_whoever_comes(client: Client) -> None:
    module = make_module(1)
    (lesson,) = lessons(module)
    assert client.get(lesson.url).status_code == 200
    PageViewRestriction.objects.create(page=module.page_ptr, restriction_type="login")
    assert "/accounts/login/" in client.get(lesson.url)["Location"]
    client.force_login(User.objects.create_user("agent@hopital.test"))
    assert client.get(lesson.url).status_code == 200


def test_with_two_sites_wagtail_finds_the_page_itself(client: Client) -> None:
    module = make_module(1)
    site = Site.objects.get()
    Site.objects.create(hostname="autre.example", root_page=site.root_page)
    assert client.get(module.url).status_code == 200


def test_requests_do_not_share_a_page(client: Client) -> None:
    module = make_module(1)
    first = client.get(module.url).context["page"]
    first.title = "Changé par une requête"
    assert client.get(module.url).context["page"].title != first.title


def test_what_is_kept_is_computed_once_until_a_page_changes() -> None:
    calls: list[int] = []
    kept: Published[Any] = Published(lambda: calls.append(1))
    kept.get()
    kept.get()
    assert len(calls) == 1
    published_forget()
    kept.get()
    make_module(0)
    kept.get()
    assert len(calls) == 3
