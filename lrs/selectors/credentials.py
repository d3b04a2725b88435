"""Reading what happened to credentials."""

from __future__ import annotations

from lrs.models import Credential
from users.models import AuditEntry

AUDIT_PREFIX = "lrs.credential."
"""How the acts on credentials begin in the audit log; their target is the credential's key."""


def credential_history(*, credential: Credential) -> list[AuditEntry]:
    """The acts on a credential in the audit log, newest first, each with its actor."""
    return list(
        AuditEntry.objects.filter(
            target=credential.key, action__startswith=AUDIT_PREFIX
        ).select_related("actor")
    )
