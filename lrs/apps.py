from django.apps import AppConfig


class LrsConfig(AppConfig):
    name = "lrs"
    verbose_name = "Traces xAPI"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from lrs.admin.forwarding import ForwardPolicy
        from lrs.models import Forward

        register_permission_policy(Forward, ForwardPolicy(Forward))
