"""Modules, their lessons, and learning them.

A **module** page holds **lesson** pages in order; publishing the module publishes its lessons. Its
`Trainable` is its stable identity. A learner takes a module in a **learning session**, whose uid is
the registration of all its statements; **lesson progress** says which lessons were begun and done,
known by the lesson's uid and not by its page. An **exercise response** is what was answered in the
lesson itself, with the exercise as it was asked; a **video watch** what was played of a video. In a
**team session** somebody in charge runs a module with her team; the **attendance** is declared when
it is closed.
"""

from .exercises import ExerciseResponse
from .pages import PREVIEW_ANSWERED, LessonPage, ModuleIndexPage, ModulePage
from .sessions import OPEN, LearningSession, LessonProgress
from .team import Attendance, TeamSession
from .videos import VideoEvent, VideoWatch

__all__ = [
    "OPEN",
    "PREVIEW_ANSWERED",
    "Attendance",
    "ExerciseResponse",
    "LearningSession",
    "LessonPage",
    "LessonProgress",
    "ModuleIndexPage",
    "ModulePage",
    "TeamSession",
    "VideoEvent",
    "VideoWatch",
]
