from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Envois de courriels"

    def ready(self) -> None:
        from notifications.admin import policies

        policies.register_policies()
