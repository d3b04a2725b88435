from django.apps import AppConfig


class CampaignAssetsConfig(AppConfig):
    name = "campaign_assets"
    verbose_name = "Ressources"

    def ready(self) -> None:
        from campaign_assets import receivers
        from campaign_assets.checks import asset_gaps
        from campaign_assets.kits.contents import kit_downloads
        from campaign_assets.models import AssetPage, KitPage
        from campaign_assets.selectors import downloads_register
        from content.checks import page_check_register

        receivers.connect()
        downloads_register(KitPage, kit_downloads)
        page_check_register(AssetPage, asset_gaps)
