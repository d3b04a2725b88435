"""Questions, quizzes, attempts.

Editors keep **questions** in a bank and put them in **quizzes**. A learner's **attempt** keeps the
questions as they were asked, so that rewriting one never changes what somebody answered. Attempts
and answers are records: a rebuild of projections never touches them. The room knows neither lessons
nor modules; who uses a quiz passes an opaque context and a policy.
"""

from .attempts import Answer, Attempt
from .bank import Choice, Question, QuestionTag, Quiz, QuizItem, TaggedQuestion

__all__ = [
    "Answer",
    "Attempt",
    "Choice",
    "Question",
    "QuestionTag",
    "Quiz",
    "QuizItem",
    "TaggedQuestion",
]
