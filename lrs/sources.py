"""Where statements come from: the platform itself, or an outside system with a credential."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lrs.enums import CredentialScope
from lrs.identifiers import account_agent
from lrs.models import Credential

_WRITING = frozenset({CredentialScope.STATEMENTS_WRITE, CredentialScope.ALL})
_READING_ALL = frozenset(
    {CredentialScope.STATEMENTS_READ, CredentialScope.ALL_READ, CredentialScope.ALL}
)
_WRITING_STATE = frozenset({CredentialScope.STATE, CredentialScope.ALL})
_WRITING_PROFILES = frozenset({CredentialScope.PROFILE, CredentialScope.ALL})
_DEFINING = frozenset({CredentialScope.DEFINE, CredentialScope.ALL})


@dataclass(frozen=True)
class StatementSource:
    """Who sends statements, and what that source may do.

    `account_name` names the source in the authority of its statements; `is_trusted` says whether
    they may make completions; `credential` is None for the platform itself.
    """

    account_name: str
    is_trusted: bool
    credential: Credential | None = None

    @property
    def authority(self) -> dict[str, Any]:
        """The Agent that vouches for the source's statements (Part Two 2.4.9)."""
        return account_agent(self.account_name)

    @property
    def is_platform(self) -> bool:
        return self.credential is None

    @property
    def may_write(self) -> bool:
        return self.credential is None or self.credential.scope in _WRITING

    @property
    def may_read_all(self) -> bool:
        return self.credential is None or self.credential.scope in _READING_ALL

    @property
    def may_read_own(self) -> bool:
        """Part Three 4.2: to write gives no right to read."""
        own = self.credential and self.credential.scope == CredentialScope.STATEMENTS_READ_MINE
        return bool(own) or self.may_read_all

    @property
    def may_write_state(self) -> bool:
        return self.credential is None or self.credential.scope in _WRITING_STATE

    @property
    def may_read_state(self) -> bool:
        return self.may_write_state or self._may_read_everything

    @property
    def may_write_profiles(self) -> bool:
        return self.credential is None or self.credential.scope in _WRITING_PROFILES

    @property
    def may_read_profiles(self) -> bool:
        return self.may_write_profiles or self._may_read_everything

    @property
    def may_define(self) -> bool:
        """Whether its statements may change the definition of an activity (Part Three 4.2)."""
        return self.credential is None or self.credential.scope in _DEFINING

    @property
    def _may_read_everything(self) -> bool:
        return self.credential is not None and self.credential.scope == CredentialScope.ALL_READ

    def may_void(self, *, credential_id: int | None) -> bool:
        """Whether this source may void a statement that came with `credential_id`.

        A source may void its own; a trusted one also another outside source's; the platform's own
        statements are voided by the platform only, or an outside system could undo completions.
        """
        if self.credential is None or self.credential.pk == credential_id:
            return True
        return self.is_trusted and credential_id is not None


PLATFORM = StatementSource(account_name="platform", is_trusted=True)


def source_of(credential: Credential) -> StatementSource:
    """The source that an outside system is, by its credential."""
    return StatementSource(
        account_name=str(credential.uid), is_trusted=credential.is_trusted, credential=credential
    )
