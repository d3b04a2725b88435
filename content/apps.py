from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "content"
    verbose_name = "Contenus"

    def ready(self) -> None:
        from wagtail.documents import get_document_model

        from content import scheduling
        from content.models import Audience, SiteImage, Video
        from content.published import connect, published_shows

        connect()
        scheduling.connect()
        published_shows(Audience, SiteImage, Video, get_document_model())
