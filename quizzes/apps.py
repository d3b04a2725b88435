from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"
    verbose_name = "Quiz"

    def ready(self) -> None:
        from content.published import published_shows
        from quizzes import receivers
        from quizzes.models import Quiz, QuizItem

        receivers.connect()
        published_shows(Quiz, QuizItem)
