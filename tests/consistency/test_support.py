"""The test support does what it promises: a guard that guards nothing is worse than none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.template import Engine, Origin, Template

from tests.support.templates import ROOT, UndefinedVariableError

OURS = Origin(name=str(ROOT / "cms" / "templates" / "cms" / "imagined.html"))
THEIRS = Origin(name=str(Path("/usr/lib/package/templates/package/page.html")))


def rendered(source: str, origin: Origin, **context: Any) -> str:
    from django.template import Context

    engine = Engine(builtins=["django.templatetags.i18n"])
    return Template(source, origin=origin, engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ known.missing }}",
        "{{ missing|upper }}",
        "{% with x=missing %}{{ x }}{% endwith %}",
        "{% blocktranslate %}Bonjour {{ missing }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_variable_fails_in_our_templates(source: str) -> None:
    with pytest.raises(UndefinedVariableError, match="missing"):
        rendered(source, OURS, known={"a": 1})
    rendered(source, THEIRS, known={"a": 1})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{% if missing %}a{% else %}b{% endif %}", "b"),
        ("{% for x in missing %}a{% empty %}b{% endfor %}", "b"),
        ("{{ missing|default:'b' }}", "b"),
        ("{% firstof missing known %}", "1"),
        ("{% blocktranslate with a=known %}{{ a }} {{ known }}{% endblocktranslate %}", "1 1"),
        ("{{ none|default_if_none:'b' }}{{ known }}", "b1"),
    ],
)
def test_what_says_how_to_do_without_is_let_through(source: str, expected: str) -> None:
    assert rendered(source, OURS, known=1, none=None) == expected


def test_a_prepared_state_is_there_each_time(prepared_state: Callable[..., None]) -> None:
    users = get_user_model().objects
    prepared_state("consistency-empty")
    users.create_user(email="etat@demo.test", password="x")
    prepared_state("consistency-empty")
    assert not users.filter(email="etat@demo.test").exists()
    call_command("check", verbosity=0)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_opens_in_a_browser_of_that_width(
    page_factory: Callable[..., Any], width: int
) -> None:
    page = page_factory(width)
    response = page.goto("/accounts/login/")
    assert response.status == 200
    assert page.evaluate("window.innerWidth") == width


def test_a_session_may_be_given_to_a_page(
    page_factory: Callable[..., Any], login: Callable[[Any, Any], None]
) -> None:
    page = page_factory()
    login(page, get_user_model().objects.create_superuser(email="a@demo.test", password="x"))
    assert page.goto("/admin/").url.endswith("/admin/")


def test_a_script_error_fails_the_test(page_factory: Callable[..., Any]) -> None:
    page = page_factory()
    page.goto("/accounts/login/")
    pages = page_factory.__self__  # type: ignore[attr-defined]
    page.evaluate("console.error('une erreur voulue')")
    assert pages.complaints == ["console: une erreur voulue"]
    pages.complaints.clear()
