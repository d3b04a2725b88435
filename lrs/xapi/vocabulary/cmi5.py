"""The cmi5 profile: its own verbs, categories and context extensions."""

from __future__ import annotations

ABANDONED = "https://w3id.org/xapi/adl/verbs/abandoned"
SATISFIED = "https://w3id.org/xapi/adl/verbs/satisfied"
WAIVED = "https://w3id.org/xapi/adl/verbs/waived"

CATEGORY_CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
CATEGORY_MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"

ACTIVITY_TYPE_BLOCK = "https://w3id.org/xapi/cmi5/activitytype/block"
ACTIVITY_TYPE_COURSE = "https://w3id.org/xapi/cmi5/activitytype/course"

EXTENSION_LAUNCH_MODE = "https://w3id.org/xapi/cmi5/context/extensions/launchmode"
EXTENSION_LAUNCH_URL = "https://w3id.org/xapi/cmi5/context/extensions/launchurl"
EXTENSION_MASTERY_SCORE = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore"
EXTENSION_MOVE_ON = "https://w3id.org/xapi/cmi5/context/extensions/moveon"
EXTENSION_SESSION_ID = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"

RESULT_PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress"
"""A whole number from 0 to 100, for the verb progressed."""
RESULT_REASON = "https://w3id.org/xapi/cmi5/result/extensions/reason"
