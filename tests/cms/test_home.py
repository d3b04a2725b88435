"""The home page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.test import Client
from wagtail.models import Page

from cms.models import HomePage
from courses.models import ModuleIndexPage, ModulePage
from tests.organisation.factories import AccountFactory, AppointmentFactory, PersonFactory
from training.services import requirement_create


def modules_make(home: HomePage, count: int) -> None:
    index = ModuleIndexPage.objects.first() or Page.objects.get(pk=home.pk).add_child(
        instance=ModuleIndexPage(title="Modules", slug="modules", show_in_menus=True)
    )
    for number in range(count):
        Page.objects.get(pk=index.pk).add_child(
            instance=ModulePage(title=f"Module {count}-{number}", objectives="<p>Savoir</p>")
        )


def test_message_audiences_and_modules_are_there(home: HomePage, client: Client) -> None:
    modules_make(home, 1)
    text = client.get("/").text
    assert "continuité de la sécurité des soins</h1>" in text.replace("\n", "")
    assert 'href="/modules/?public=soignants"' in text
    assert "Module 1-0" in text


def test_queries_stay_when_modules_double(
    home: HomePage,
    client: Client,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    modules_make(home, 3)
    client.get("/")  # makes the row of the site's settings, which forgets what was kept
    client.get("/")
    with django_assert_max_num_queries(20) as few:
        client.get("/")
    count = len(few)
    modules_make(home, 6)
    client.get("/")  # the new pages are read once
    with django_assert_num_queries(count):
        client.get("/")


def test_tree_is_closed(home: HomePage) -> None:
    allowed = {model._meta.label for model in HomePage.allowed_subpage_models()}
    assert allowed == {
        "cms.StandardPage",
        "cms.IncidentPage",
        "courses.ModuleIndexPage",
        "campaign_assets.ResourcesIndexPage",
        "meetings.MeetingsIndexPage",
    }


def test_what_is_late_says_so(home: HomePage, client: Client) -> None:
    modules_make(home, 1)
    person = PersonFactory(user=AccountFactory())
    AppointmentFactory(person=person, starts_on=dt.date(2020, 1, 1))
    module = ModulePage.objects.get()
    requirement_create(trainable=module.trainable, starts_on=dt.date(2024, 1, 1), due_days=30)
    client.force_login(person.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    mine = client.get("/").text.partition("Vos formations")[2].partition("</section>")[0]
    assert "Module 1-0" in mine
    assert "En retard" in mine
