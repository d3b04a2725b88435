from django.apps import AppConfig


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = "Formations"

    def ready(self) -> None:
        from content.checks import page_check_register
        from courses import receivers
        from courses.checks import lesson_gaps, module_gaps
        from courses.models import LessonPage, ModulePage

        receivers.connect()
        page_check_register(ModulePage, module_gaps)
        page_check_register(LessonPage, lesson_gaps)
