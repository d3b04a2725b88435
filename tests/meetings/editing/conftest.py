from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Site

from cms.models import HomePage
from cms.services import editorial_groups_ensure, regional_writers_ensure
from meetings.models import MeetingsIndexPage
from organisation.enums import GrantRight, ScopeKind
from organisation.models import Region
from tests.meetings.factories import MeetingsIndexPageFactory
from tests.organisation.factories import AccountFactory, GrantFactory
from users.models import User

MakeEditor = Callable[..., User]


@pytest.fixture
def site_calendar(home: HomePage) -> MeetingsIndexPage:
    """The calendar below a home page, with the editors' groups and their workflow."""
    index: MeetingsIndexPage = MeetingsIndexPageFactory(parent=home)
    editorial_groups_ensure(home=HomePage.objects.get(pk=home.pk))
    regional_writers_ensure(calendar=index)
    return MeetingsIndexPage.objects.get()


@pytest.fixture
def home(db: None) -> HomePage:
    from tests.cms.factories import home_make

    home_make()
    assert Site.objects.get(is_default_site=True)
    return HomePage.objects.get()


@pytest.fixture
def make_editor(site_calendar: MeetingsIndexPage) -> MakeEditor:
    """An account in «Rédaction régionale» that organises in the regions of these codes; «france»
    stands for the nation."""

    def make(*codes: str) -> User:
        user: User = AccountFactory()
        user.groups.add(regional_writers_ensure(calendar=site_calendar))
        for code in codes:
            place = (
                {"scope": ScopeKind.NATION}
                if code == "france"
                else {"scope": ScopeKind.REGION, "region": Region.objects.get(code=code)}
            )
            right = GrantRight.ORGANISE_MEETINGS
            GrantFactory(user=user, right=right, establishment=None, **place)
        return user

    return make


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make
