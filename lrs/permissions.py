"""Who may operate the record store. Model permissions decide; nobody deletes anything."""

from __future__ import annotations

from typing import Any

READ, CREATE, CHANGE = "lrs.view_credential", "lrs.add_credential", "lrs.change_credential"
BROWSE = "lrs.view_statement"
FORWARD = "lrs.change_forward"
OPERATOR_PERMISSIONS = (
    READ,
    CREATE,
    CHANGE,
    BROWSE,
    FORWARD,
    "lrs.add_forward",
    "lrs.view_forward",
)
"""What the group of operators holds."""


def may_see_credentials(user: Any) -> bool:
    """Whoever makes or changes credentials has to see them; none of them sees a secret."""
    return any(user.has_perm(name) for name in (READ, CREATE, CHANGE))


def may_create_credentials(user: Any) -> bool:
    """To create one is to hand out rights over the record, up to making completions."""
    return bool(user.has_perm(CREATE))


def may_change_credentials(user: Any) -> bool:
    """To change, give a new secret and revoke go together: each can lock a system out."""
    return bool(user.has_perm(CHANGE))


def may_browse_statements(user: Any) -> bool:
    """Statements tell what each agent learned and answered: a right of its own, not every editor's.

    Also when a credential's page offers the way to its statements.
    """
    return bool(user.has_perm(BROWSE))


def forwarding_manage(user: Any) -> bool:
    """Whoever may change a destination decides what leaves this store: all actions are theirs."""
    return bool(user.has_perm(FORWARD))


def may_delete(user: Any) -> bool:
    """Statements are evidence, and point to the credential that brought them."""
    return False
