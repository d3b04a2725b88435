from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = "Rencontres"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from content.checks import page_check_register
        from meetings import mails, receivers
        from meetings.attendance import document
        from meetings.editing.checks import meeting_gaps
        from meetings.editing.pages import RegionalPagePolicy
        from meetings.models import MeetingPage
        from meetings.registrations import receivers as registrations_receivers
        from meetings.registrations import reminding

        receivers.connect()
        registrations_receivers.connect()
        mails.register()
        page_check_register(MeetingPage, meeting_gaps)
        register_permission_policy(Page, RegionalPagePolicy())
        reminding.register()
        document.register()
