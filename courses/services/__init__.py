"""Learning a module.

Every step is idempotent and runs in one transaction with the statements that it is. The server
decides what is complete; a request only says what the learner did.
"""

from courses.services.claims import SessionNotFree, session_claim
from courses.services.exercises import ExerciseInvalid, exercise_answer
from courses.services.progress import lesson_complete, lesson_open, session_open
from courses.services.quizzes import quiz_answer, quiz_open
from courses.services.videos import PlaybackInvalid, video_played, video_transcript_read

__all__ = [
    "ExerciseInvalid",
    "PlaybackInvalid",
    "SessionNotFree",
    "exercise_answer",
    "lesson_complete",
    "lesson_open",
    "quiz_answer",
    "quiz_open",
    "session_claim",
    "session_open",
    "video_played",
    "video_transcript_read",
]
