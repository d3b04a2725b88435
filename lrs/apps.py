from django.apps import AppConfig


class LrsConfig(AppConfig):
    name = "lrs"
    verbose_name = "Traces xAPI"

    def ready(self) -> None:
        from lrs.admin import policies

        policies.register_policies()
