from django.apps import AppConfig


class CampaignAssetsConfig(AppConfig):
    name = "campaign_assets"
    verbose_name = "Ressources"

    def ready(self) -> None:
        from campaign_assets import receivers

        receivers.connect()
