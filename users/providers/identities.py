"""What allauth asks of every provider about somebody, answered from her `Identity`."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress

from users.providers.claims import Identity, email_domain


class IdentityMixin:
    """Only what `Identity` has is kept of what a provider says."""

    app: Any

    def identity(self, data: Any) -> Identity:
        raise NotImplementedError

    def is_answer(self, sociallogin: Any) -> bool:
        """The answer is to the very request that this browser made."""
        raise NotImplementedError

    def serialize(self) -> dict[str, Any]:
        """Two providers may know this site by the same client id."""
        data: dict[str, Any] = super().serialize()  # type: ignore[misc]
        return data | {"id": self.app.provider_id}

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return self.identity(data).as_json()

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        identity = self.identity(data)
        fields = {"first_name": identity.first_name, "last_name": identity.last_name}
        return fields | ({"email": identity.email} if self.is_trusted(identity) else {})

    def extract_email_addresses(self, data: Any) -> list[EmailAddress]:
        identity = self.identity(data)
        if not self.is_trusted(identity):
            return []
        return [EmailAddress(email=identity.email, verified=True, primary=True)]

    def is_trusted(self, identity: Identity) -> bool:
        """Its e-mail address is proved: verified, and of a domain that is the provider's."""
        domains = self.app.settings["domains"]
        return identity.is_email_verified and email_domain(identity.email) in domains
