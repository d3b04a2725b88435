"""Who may do what with the record store in the admin."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from users.models import User


def forwarding_manage(user: User | AnonymousUser) -> bool:
    """Whoever may change a destination decides what leaves this store: all actions are theirs."""
    return user.has_perm("lrs.change_forward")
