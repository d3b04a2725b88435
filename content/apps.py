from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Contenus"

    def ready(self) -> None:
        from content.published import connect

        connect()
