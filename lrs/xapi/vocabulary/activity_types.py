"""Activity types of ADL's vocabulary."""

from __future__ import annotations

_ADL = "http://adlnet.gov/expapi/activities/"

ASSESSMENT = _ADL + "assessment"
ATTEMPT = _ADL + "attempt"
COURSE = _ADL + "course"
FILE = _ADL + "file"
INTERACTION = _ADL + "cmi.interaction"
"""Part Two 2.4.4.1.s13.b2: the type that interaction activities should have."""
LESSON = _ADL + "lesson"
LINK = _ADL + "link"
MEDIA = _ADL + "media"
MEETING = _ADL + "meeting"
MODULE = _ADL + "module"
OBJECTIVE = _ADL + "objective"
PERFORMANCE = _ADL + "performance"
PROFILE = _ADL + "profile"
QUESTION = _ADL + "question"
SIMULATION = _ADL + "simulation"
