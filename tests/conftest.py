"""What every test stands on. The reasons are told in `tests/support/`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import TransactionTestCase

from tests.support import databases, templates

# The first example of a worker pays for imports; the same examples each time in CI.
hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

BROWSER_FIXTURES = {"browser", "page_factory"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        if "journey" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, worker_name: str
) -> Iterator[databases.WorkerDatabase]:
    """A database of this worker's own, a copy of the migrated template."""
    database = databases.worker_database(worker_name)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        database.create()
        # After a test that commits: the template again, rather than empty tables.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: database.restore())
        with django_db_blocker.block():
            yield database
        database.drop()


Prepare = Callable[..., None]


@pytest.fixture(scope="session")
def _states_kept() -> set[str]:
    return set()


@pytest.fixture
def prepared_state(
    transactional_db: None, django_db_setup: databases.WorkerDatabase, _states_kept: set[str]
) -> Prepare:
    """`prepared_state(name, *commands)`: the database as these management commands leave it.

    They run once in a worker; later tests take a copy. A command is a name or (name, *arguments).
    """

    def prepare(name: str, *commands: str | tuple[str, ...]) -> None:
        if name in _states_kept:
            django_db_setup.restore(name)
            return
        for command in commands:
            call_command(*([command] if isinstance(command, str) else command))
        django_db_setup.keep(name)
        _states_kept.add(name)

    return prepare


@pytest.fixture
def starter_site(prepared_state: Prepare) -> None:
    """The starter content, for tests that commit (browsers)."""
    prepared_state("starter", *databases.STARTER_COMMANDS)


@pytest.fixture
def sample_site(prepared_state: Prepare) -> None:
    """What `make run` shows: starter content, hospitals, sample people and history."""
    prepared_state("sample", *databases.SAMPLE_COMMANDS)


@pytest.fixture(scope="session", autouse=True)
def _undefined_template_variables_fail() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        templates.install(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def _media_of_this_worker(worker_name: str) -> Iterator[None]:
    folder = Path(django_settings.MEDIA_ROOT) / f"{os.getpid()}-{worker_name}"
    django_settings.MEDIA_ROOT = folder
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What one test cached is about rows that the next one does not have."""
    cache.clear()


# A real browser -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from tests.support.browsing import chromium

    # Playwright runs an event loop in this thread, which Django would take for an async caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium() as browser:
        yield browser


@pytest.fixture
def page_factory(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """`page_factory(width)` opens a page on the live server, each in a session of its own.

    The test fails if any of them logs a script error (a refusal by the content security policy is
    one), asks another host for anything, or sets a cookie that the site does not own up to.
    """
    from tests.support.browsing import Pages

    pages = Pages(browser, live_server.url)
    yield pages.open
    pages.close()
    assert not pages.complaints, "\n".join(pages.complaints)


@pytest.fixture
def axe_check() -> Callable[[Any], None]:
    """`axe_check(page)`: the page has no accessibility violation that axe can see."""
    from tests.support.browsing import axe_violations

    def check(page: Any) -> None:
        violations = axe_violations(page)
        assert not violations, f"{page.url}\n" + "\n".join(violations)

    return check


@pytest.fixture
def login(live_server: Any) -> Callable[[Any, Any], None]:
    """`login(page, user)`: the page's session is the user's from its next request on."""
    from tests.support.browsing import sign_in

    return lambda page, user: sign_in(page, user, live_server.url)
