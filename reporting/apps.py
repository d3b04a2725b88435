from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Couverture"

    def ready(self) -> None:
        from reporting import digests
        from reporting.ledger import receivers

        digests.register()
        receivers.connect()
