"""Production refuses to start half-configured, and Django's own deploy check finds nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from .rooms import ROOT

REQUIRED = {
    "SECRET_KEY": "test-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUV",
    "ALLOWED_HOSTS": "site.example",
    "BASE_URL": "https://site.example",
    "XAPI_BASE_IRI": "https://site.example",
}
OF_THE_TESTS = {"DJANGO_ALLOW_ASYNC_UNSAFE"}  # set for Playwright


def production(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            **{key: value for key, value in os.environ.items() if key not in OF_THE_TESTS},
            **REQUIRED,
            **environment,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", sorted(REQUIRED))
def test_production_names_the_variable_that_is_missing(name: str) -> None:
    # Empty rather than absent, for a developer's own .env must not fill it.
    done = production("-c", "import config.settings.production", **{name: ""})
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


def test_production_starts_when_all_are_set() -> None:
    done = production("-c", "import config.settings.production")
    assert done.returncode == 0, done.stderr


def test_the_deploy_check_is_clean() -> None:
    done = production("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_production_never_takes_sample_data() -> None:
    code = "import config.settings.production as s; print(s.SAMPLE_DATA_ALLOWED, s.DEBUG)"
    assert production("-c", code).stdout.split() == ["False", "False"]
