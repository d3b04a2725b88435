from django.apps import AppConfig


class CampaignAssetsConfig(AppConfig):
    name = "campaign_assets"
    verbose_name = "Ressources"

    def ready(self) -> None:
        from campaign_assets.kits import kit_downloads
        from campaign_assets.models import KitPage
        from campaign_assets.selectors import downloads_register

        downloads_register(KitPage, kit_downloads)
