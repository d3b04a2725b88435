"""Signing in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from users.models import User


class AccountBackend(AuthenticationBackend):
    """allauth's own; an account is read together with its person, whom most pages ask for."""

    def get_user(self, user_id: int) -> User | None:
        try:
            user = User.objects.select_related("person").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
