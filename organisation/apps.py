from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        from organisation import accounts
        from organisation.admin.policies import register_policies

        accounts.register()
        register_policies()
