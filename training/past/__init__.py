"""Past training from a file: read it, match it, show it, and declare it once confirmed.

`reading` turns a hostile file into lines of text, `matching` turns lines into what would be
declared and what is wrong, `importing` declares. Nothing is stored before that.
"""

from .importing import past_trainings_import
from .matching import Plan, PlannedTraining, past_trainings_plan
from .reading import Problem, past_trainings_read

__all__ = [
    "Plan",
    "PlannedTraining",
    "Problem",
    "past_trainings_import",
    "past_trainings_plan",
    "past_trainings_read",
]
