"""A real Chromium for the tests: pages that fail on any script error or foreign request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from scripts.browser import chromium_path

PageFactory = Callable[..., Page]
HEIGHT = 900
PATIENCE = 30_000
"""Milliseconds, for a machine that does three things at once."""
expect.set_options(timeout=PATIENCE)
LOCAL_SCHEMES = {"data", "blob", "about"}
COOKIES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
"""All that the site may set: it says so where it speaks of personal data."""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # A container has neither the kernel features of the sandbox nor a large /dev/shm.
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Pages:
    """Opens pages and remembers what none of them may do."""

    browser: Browser
    base_url: str
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, width: int = 1280, *, javascript: bool = True, **options: Any) -> Page:
        """A page of `width` CSS pixels in a session of its own."""
        context = self.browser.new_context(
            base_url=self.base_url,
            viewport={"width": width, "height": HEIGHT},
            locale="fr-FR",
            **{"timezone_id": "Europe/Paris", **options},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._on_request)
        return page

    def close(self) -> None:
        for context in self.contexts:
            names = {cookie["name"] for cookie in context.cookies()}
            self.complaints += [f"cookie: {name}" for name in names - COOKIES]
            context.close()

    def _on_console(self, message: ConsoleMessage) -> None:
        # A 403 or 404 page that a test asks for is no error of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc != urlsplit(self.base_url).netloc:
            self.complaints.append(f"request to another host: {request.url}")


def sign_in(page: Page, user: Any, base_url: str) -> None:
    """Give the page's session to `user`, as if signed in, without filling the form."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands now, one readable line each."""
    # What passes is found too, but not told: telling it takes longer than finding it.
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']} — "
        + json.dumps([node["html"][:200] for node in violation["nodes"]], ensure_ascii=False)
        for violation in results.response["violations"]
    ]
