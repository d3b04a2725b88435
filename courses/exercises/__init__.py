"""The exercises that a lesson may hold, by the type of their block."""

from courses.exercises.base import Content, Exercise, ExerciseInvalid, Outcome, Refusal
from courses.exercises.sorting import Sorting, SortingBlock

EXERCISES: dict[str, Exercise] = {exercise.kind: exercise for exercise in (Sorting(),)}

__all__ = [
    "EXERCISES",
    "Content",
    "Exercise",
    "ExerciseInvalid",
    "Outcome",
    "Refusal",
    "SortingBlock",
]
