from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Couverture"

    def ready(self) -> None:
        from reporting import digests
        from reporting.ledger import editions, receivers
        from reporting.monthly import mails as monthly
        from reporting.reminding import composing as reminding

        digests.register()
        monthly.register()
        editions.connect()
        receivers.connect()
        reminding.register()
