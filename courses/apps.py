from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Formations"

    def ready(self) -> None:
        from courses import receivers

        receivers.connect()
