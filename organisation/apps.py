from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"
    verbose_name = "Organisation"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in as account_logged_in
        from allauth.mfa.signals import authenticator_added
        from allauth.socialaccount.signals import social_account_added, social_account_removed
        from django.contrib.auth.signals import user_logged_in

        from organisation import accounts, mails
        from organisation.admin.policies import register_policies
        from organisation.second_factor import factor_added
        from organisation.sessions import account_signed_in
        from organisation.sign_in import (
            account_entered,
            identity_linked,
            identity_unlinked,
            proof_given,
        )
        from users.privacy.signals import erasure_asked

        erasure_asked.connect(mails.erasure_asked_tell, dispatch_uid="organisation.erasure")
        accounts.register()
        mails.register()
        register_policies()
        user_logged_in.connect(account_signed_in, dispatch_uid="organisation.sessions")
        account_logged_in.connect(proof_given, dispatch_uid="organisation.proof")
        account_logged_in.connect(account_entered, dispatch_uid="organisation.entered")
        social_account_added.connect(identity_linked, dispatch_uid="organisation.linked")
        social_account_removed.connect(identity_unlinked, dispatch_uid="organisation.unlinked")
        authenticator_added.connect(factor_added, dispatch_uid="organisation.factor")
