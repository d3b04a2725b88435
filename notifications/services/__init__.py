"""Writing mails: `queueing` decides which are sent at all, `sending` sends them, `runs` composes
the mails of a day or a week, `subscriptions` and `retrying` are what readers and operators ask for.
"""

from notifications.services.forgetting import recipient_forget
from notifications.services.merging import recipient_merge
from notifications.services.operators import operators_may_follow_mails
from notifications.services.queueing import deliveries_foresee, deliveries_queue
from notifications.services.retrying import deliveries_retry, run_resume_request
from notifications.services.runs import run_begin, run_compose, run_start
from notifications.services.sending import deliveries_send
from notifications.services.subscriptions import subscribe, unsubscribe
from notifications.services.waking import deliveries_wake

__all__ = [
    "deliveries_foresee",
    "deliveries_queue",
    "deliveries_retry",
    "deliveries_send",
    "deliveries_wake",
    "operators_may_follow_mails",
    "recipient_forget",
    "recipient_merge",
    "run_begin",
    "run_compose",
    "run_resume_request",
    "run_start",
    "subscribe",
    "unsubscribe",
]
