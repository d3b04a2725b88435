from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Rencontres"

    def ready(self) -> None:
        from meetings import mails, receivers

        receivers.connect()
        mails.register()
