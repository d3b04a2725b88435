"""Mails to people: how often, how long, and when a run counts as stalled."""

from config.env import env

# No more than this many reminders and digests to one person within so many days.
NOTIFICATIONS_CAP = env.int("NOTIFICATIONS_CAP", default=3)
NOTIFICATIONS_CAP_DAYS = env.int("NOTIFICATIONS_CAP_DAYS", default=7)
# A mail that could not be sent within so many days is given up: what it says is no longer true.
NOTIFICATIONS_EXPIRE_DAYS = env.int("NOTIFICATIONS_EXPIRE_DAYS", default=4)
# A run without a sign of life for so many minutes is shown to operators as stalled.
NOTIFICATIONS_STALL_MINUTES = env.int("NOTIFICATIONS_STALL_MINUTES", default=60)
# The log of mails, with the addresses, is kept for so many days.
NOTIFICATIONS_KEEP_DAYS = env.int("NOTIFICATIONS_KEEP_DAYS", default=400)
# Seconds that the mail server has for each answer.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
