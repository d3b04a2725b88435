from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "users"
    verbose_name = "Comptes"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.utils.module_loading import autodiscover_modules

        from users.privacy.retention import somebody_signed_in
        from users.shared import shared_on_sign_in

        user_logged_in.connect(shared_on_sign_in, dispatch_uid="users.shared")
        user_logged_in.connect(somebody_signed_in, dispatch_uid="users.retention")
        autodiscover_modules("kept_data")
