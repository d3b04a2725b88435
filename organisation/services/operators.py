"""What the operators' group may do here: read the audit log, import staff lists, merge
people who turn out to be one, answer for personal data."""

from __future__ import annotations

from lrs.services import operators_may
from organisation.permissions import IMPORT_ROSTERS, MERGE_PEOPLE
from users.permissions import HANDLE_PRIVACY, READ_AUDIT


def operators_hold_their_rights() -> None:
    """Give the operators' group these rights; may be called again."""
    operators_may([READ_AUDIT, IMPORT_ROSTERS, MERGE_PEOPLE, HANDLE_PRIVACY])
