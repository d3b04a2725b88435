from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Obligations de formation"

    def ready(self) -> None:
        from training import projectors, receivers, viewsets
        from training.reminders import composing

        projectors.register()
        receivers.connect()
        viewsets.register_policies()
        composing.register()
