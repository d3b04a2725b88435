"""Names for the accounts that stand in statements, for operators to read.

A uid may be a person's or an establishment's; the store cannot tell and need not know. A room that
can registers what answers with names. It names establishments, never people: the record holds no
names, and to browse it is no right to know whose it is.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping

NameAccounts = Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, str]]

_registered: list[NameAccounts] = []


def accounts_register(name_accounts: NameAccounts) -> None:
    """`name_accounts` answers those of some uids that it knows with names, in one query."""
    if name_accounts not in _registered:
        _registered.append(name_accounts)


def account_names(accounts: Iterable[str]) -> dict[str, str]:
    """Names of those of these account names that are uids which somebody knows."""
    uids = {account: uid for account in accounts if (uid := _uid(account))}
    names: dict[uuid.UUID, str] = {}
    for name_accounts in _registered if uids else ():
        names.update(name_accounts(set(uids.values())))
    return {account: names[uid] for account, uid in uids.items() if uid in names}


def _uid(account: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(account)
    except ValueError:
        return None
