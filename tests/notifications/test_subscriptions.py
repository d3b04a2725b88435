"""Unsubscribing: by hand, by a mail program's button, and back."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from notifications.links import Subscription, subscription_read, subscription_url, token_of
from notifications.models import Delivery, Unsubscription
from notifications.services import deliveries_send

from .factories import COMPULSORY, OPTIONAL, queued

pytestmark = pytest.mark.django_db

READER = uuid.uuid4()


@pytest.fixture
def strict() -> Client:
    """A client that checks tokens against forgery, as a browser is checked."""
    return Client(enforce_csrf_checks=True)


def address(category: str = OPTIONAL) -> str:
    return urlsplit(subscription_url(Subscription(READER, category))).path


def is_unsubscribed() -> bool:
    return Unsubscription.objects.filter(recipient=READER, category=OPTIONAL).exists()


def test_reading_the_page_changes_nothing(strict: Client) -> None:
    for method in (strict.get, strict.head):
        response = method(address())
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex"
    assert not is_unsubscribed()


def test_a_reader_unsubscribes_and_comes_back(strict: Client) -> None:
    page = strict.post(address(), {"action": "unsubscribe"}, follow=True)
    assert is_unsubscribed()
    assert "Recevoir de nouveau ces courriels" in page.content.decode()
    page = strict.post(address(), {"action": "subscribe"}, follow=True)
    assert not is_unsubscribed()
    assert "Ne plus recevoir ces courriels" in page.content.decode()


def test_a_mail_program_unsubscribes_in_one_request(strict: Client) -> None:
    queued("a@hopital.test", category=OPTIONAL, recipient=READER)
    deliveries_send()
    headers = mail.outbox[0].extra_headers
    path = urlsplit(headers["List-Unsubscribe"].strip("<>")).path
    body = headers["List-Unsubscribe-Post"]
    for _turn in range(2):
        response = strict.post(path, body, content_type="application/x-www-form-urlencoded")
        assert (response.status_code, response.content) == (204, b"")
    assert is_unsubscribed()


def test_what_waits_is_not_sent_any_more(strict: Client) -> None:
    (waiting,) = queued("a@hopital.test", category=OPTIONAL, recipient=READER)
    (other,) = queued("a@hopital.test", category=COMPULSORY, recipient=READER)
    strict.post(address())
    deliveries_send()
    states = Delivery.objects.in_bulk([waiting.pk, other.pk])
    assert (states[waiting.pk].state, states[waiting.pk].skip_reason) == ("skipped", "unsubscribed")
    assert states[other.pk].state == "sent"


@pytest.mark.parametrize("method", ["get", "post"])
def test_compulsory_mails_have_no_such_page(strict: Client, method: str) -> None:
    assert getattr(strict, method)(address(COMPULSORY)).status_code == 404
    assert not Unsubscription.objects.exists()


def test_a_forged_or_cut_address_is_refused(strict: Client) -> None:
    token = token_of(Subscription(READER, OPTIONAL))
    other = token_of(Subscription(uuid.uuid4(), OPTIONAL))
    forged = f"{token.rpartition('.')[0]}.{other.rpartition('.')[2]}"
    for wrong in (token[:-1], forged, "x", token.upper()):
        assert subscription_read(wrong) is None
        assert strict.post(address().replace(token, wrong)).status_code == 404
    assert not Unsubscription.objects.exists()


def test_the_page_names_nobody(strict: Client) -> None:
    queued("camille@hopital.test", category=OPTIONAL, recipient=READER)
    content = strict.get(address()).content.decode()
    assert "camille" not in content
    assert str(READER) not in content


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.django_db(transaction=True)
def test_the_page_in_a_browser(page_factory: Any, axe_check: Any, width: int) -> None:
    page = page_factory(width)
    page.goto(address())
    for button in ("Ne plus recevoir ces courriels", "Recevoir de nouveau ces courriels"):
        axe_check(page)
        expect(page.locator("h1")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("button", name="Ne plus recevoir ces courriels")).to_be_visible()
    assert not is_unsubscribed()


@pytest.mark.django_db(transaction=True)
def test_the_page_works_without_javascript_by_keyboard(page_factory: Any) -> None:
    page = page_factory(javascript=False)
    page.goto(address())
    page.get_by_role("button", name="Ne plus recevoir ces courriels").press("Enter")
    page.get_by_text("Désabonnement enregistré").wait_for()
    assert is_unsubscribed()
