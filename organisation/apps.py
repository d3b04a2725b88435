from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from organisation import accounts, mails
        from organisation.admin.policies import register_policies
        from organisation.sessions import account_signed_in

        accounts.register()
        mails.register()
        register_policies()
        user_logged_in.connect(account_signed_in, dispatch_uid="organisation.sessions")
