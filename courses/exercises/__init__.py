"""The exercises that a lesson may hold, by the type of their block."""

from courses.exercises.base import Content, Exercise, ExerciseInvalid, Outcome, Refusal
from courses.exercises.commitment import Commitment, CommitmentBlock
from courses.exercises.hotspot import Hotspot, HotspotBlock
from courses.exercises.mail import Mail, MailBlock
from courses.exercises.scenario import Scenario, ScenarioBlock
from courses.exercises.sorting import Sorting, SortingBlock
from courses.exercises.timeline import Timeline, TimelineBlock

EXERCISES: dict[str, Exercise] = {
    exercise.kind: exercise
    for exercise in (Mail(), Scenario(), Sorting(), Hotspot(), Timeline(), Commitment())
}

__all__ = [
    "EXERCISES",
    "Commitment",
    "CommitmentBlock",
    "Content",
    "Exercise",
    "ExerciseInvalid",
    "HotspotBlock",
    "MailBlock",
    "Outcome",
    "Refusal",
    "ScenarioBlock",
    "SortingBlock",
    "TimelineBlock",
]
