"""Where statements come from: the platform itself, or an outside system with a credential."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lrs.enums import WRITING_SCOPES, CredentialScope
from lrs.identifiers import account_agent
from lrs.models import Credential

_ALL = CredentialScope.ALL
_READING = frozenset({CredentialScope.ALL_READ, _ALL})
_READING_STATEMENTS = _READING | {CredentialScope.STATEMENTS_READ}
_READING_OWN = _READING_STATEMENTS | {CredentialScope.STATEMENTS_READ_MINE}
_WRITING_STATE = frozenset({CredentialScope.STATE, _ALL})
_WRITING_PROFILES = frozenset({CredentialScope.PROFILE, _ALL})
_DEFINING = frozenset({CredentialScope.DEFINE, _ALL})


@dataclass(frozen=True)
class StatementSource:
    """Who sends statements, and what that source may do (Part Three 4.2, table of scopes).

    `account_name` names the source in the authority of its statements; `is_trusted` says whether
    they may make completions; `credential` is None for the platform itself, which may do all.
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
        return self._has(WRITING_SCOPES)

    @property
    def may_read_all(self) -> bool:
        return self._has(_READING_STATEMENTS)

    @property
    def may_read_own(self) -> bool:
        """To write gives no right to read; to read any statement includes one's own."""
        return self._has(_READING_OWN)

    @property
    def may_read_state(self) -> bool:
        """«state» reads and writes; «all/read» reads everything."""
        return self._has(_WRITING_STATE | _READING)

    @property
    def may_write_state(self) -> bool:
        return self._has(_WRITING_STATE)

    @property
    def may_read_profiles(self) -> bool:
        """«profile» reads and writes the profiles of activities and of agents."""
        return self._has(_WRITING_PROFILES | _READING)

    @property
    def may_write_profiles(self) -> bool:
        return self._has(_WRITING_PROFILES)

    @property
    def may_define(self) -> bool:
        """Whether statements of this source may change what an activity or an agent is called.

        The statements of the others are stored as they came, but the store's own picture of the
        activities and agents in them stays as it is.
        """
        return self._has(_DEFINING)

    def may_void(self, *, credential_id: int | None) -> bool:
        """Whether this source may void a statement that came with `credential_id`.

        A source may void its own; a trusted one also another outside source's; the platform's own
        statements are voided by the platform only, or an outside system could undo completions.
        """
        if self.credential is None or self.credential.pk == credential_id:
            return True
        return self.is_trusted and credential_id is not None

    def _has(self, scopes: frozenset[CredentialScope]) -> bool:
        return self.credential is None or not scopes.isdisjoint(self.credential.scopes)


PLATFORM = StatementSource(account_name="platform", is_trusted=True)


def source_of(credential: Credential) -> StatementSource:
    """The source that an outside system is, by its credential."""
    return StatementSource(
        account_name=str(credential.uid), is_trusted=credential.is_trusted, credential=credential
    )
