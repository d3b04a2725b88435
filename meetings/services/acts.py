"""What organisers do, in the audit log."""

from __future__ import annotations

from meetings.models import Meeting
from users.models import User
from users.services import audit_record


def meeting_act_record(*, meeting: Meeting, actor: User, action: str, **details: object) -> None:
    """Every act about a meeting names it and its region."""
    audit_record(
        actor=actor,
        action=action,
        target=f"meeting:{meeting.uid}",
        details={"region": meeting.region.code, **details},
    )
