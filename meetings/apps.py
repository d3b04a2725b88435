from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Rencontres"

    def ready(self) -> None:
        from meetings import mails, receivers
        from meetings.attendance import document
        from meetings.registrations import receivers as registrations_receivers
        from meetings.registrations import reminding

        receivers.connect()
        registrations_receivers.connect()
        mails.register()
        reminding.register()
        document.register()
