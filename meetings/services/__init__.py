"""Writing meetings: `publishing` takes over what editors publish, `cancelling` calls one off."""

from meetings.services.cancelling import meeting_cancel
from meetings.services.publishing import meeting_publish, meeting_take_over, meeting_withdraw

__all__ = ["meeting_cancel", "meeting_publish", "meeting_take_over", "meeting_withdraw"]
