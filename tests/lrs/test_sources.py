"""Every scope × every permission, from the table of Part Three 4.2."""

from __future__ import annotations

import pytest

from lrs.enums import CredentialScope
from lrs.models import Credential
from lrs.sources import PLATFORM, StatementSource, source_of

PERMISSIONS = {
    "may_write",
    "may_read_own",
    "may_read_all",
    "may_read_state",
    "may_write_state",
    "may_read_profiles",
    "may_write_profiles",
    "may_define",
}
READING = {"may_read_own", "may_read_all", "may_read_state", "may_read_profiles"}

TABLE = {
    "statements/write": {"may_write"},
    "statements/read/mine": {"may_read_own"},
    "statements/read": {"may_read_own", "may_read_all"},
    "state": {"may_read_state", "may_write_state"},
    "profile": {"may_read_profiles", "may_write_profiles"},
    "define": {"may_define"},
    "all/read": READING,
    "all": PERMISSIONS,
}


def permissions(source: StatementSource) -> set[str]:
    return {name for name in PERMISSIONS if getattr(source, name)}


def source(*scopes: str, pk: int = 1, is_trusted: bool = False) -> StatementSource:
    return source_of(Credential(pk=pk, scopes=list(scopes), is_trusted=is_trusted))


def test_the_table_has_every_scope() -> None:
    assert set(TABLE) == set(CredentialScope.values)


@pytest.mark.parametrize("scope", TABLE)
def test_one_scope(scope: str) -> None:
    assert permissions(source(scope)) == TABLE[scope]


@pytest.mark.parametrize("one", TABLE)
@pytest.mark.parametrize("other", TABLE)
def test_two_scopes_add_up(one: str, other: str) -> None:
    assert permissions(source(one, other)) == TABLE[one] | TABLE[other]


def test_without_scope_nothing() -> None:
    assert permissions(source()) == set()


def test_the_platform_may_everything() -> None:
    assert permissions(PLATFORM) == PERMISSIONS
    assert PLATFORM.may_void(credential_id=None)
    assert PLATFORM.may_void(credential_id=1)


@pytest.mark.parametrize(
    ("is_trusted", "target", "may"),
    [
        (False, 1, True),  # its own
        (False, 2, False),
        (False, None, False),  # the platform's
        (True, 1, True),
        (True, 2, True),
        (True, None, False),
    ],
)
def test_who_may_void_what(is_trusted: bool, target: int | None, may: bool) -> None:
    assert source("all", pk=1, is_trusted=is_trusted).may_void(credential_id=target) is may
