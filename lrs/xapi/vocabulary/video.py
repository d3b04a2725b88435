"""The video profile: its verbs, its activity type and its extensions."""

from __future__ import annotations

PAUSED = "https://w3id.org/xapi/video/verbs/paused"
PLAYED = "https://w3id.org/xapi/video/verbs/played"
SEEKED = "https://w3id.org/xapi/video/verbs/seeked"

ACTIVITY_TYPE = "https://w3id.org/xapi/video/activity-type/video"
CATEGORY = "https://w3id.org/xapi/video"

CONTEXT_CC_ENABLED = "https://w3id.org/xapi/video/extensions/cc-enabled"
CONTEXT_COMPLETION_THRESHOLD = "https://w3id.org/xapi/video/extensions/completion-threshold"
CONTEXT_LENGTH = "https://w3id.org/xapi/video/extensions/length"
CONTEXT_SESSION_ID = "https://w3id.org/xapi/video/extensions/session-id"

RESULT_PLAYED_SEGMENTS = "https://w3id.org/xapi/video/extensions/played-segments"
RESULT_PROGRESS = "https://w3id.org/xapi/video/extensions/progress"
"""A decimal number from 0 to 1."""
RESULT_TIME = "https://w3id.org/xapi/video/extensions/time"
RESULT_TIME_FROM = "https://w3id.org/xapi/video/extensions/time-from"
RESULT_TIME_TO = "https://w3id.org/xapi/video/extensions/time-to"

DISPLAY: dict[str, dict[str, str]] = {
    PAUSED: {"en": "paused", "fr": "a mis en pause"},
    PLAYED: {"en": "played", "fr": "a lu"},
    SEEKED: {"en": "seeked", "fr": "s’est déplacé dans"},
}
