from django.apps import AppConfig


class CampaignAssetsConfig(AppConfig):
    name = "campaign_assets"
    verbose_name = "Ressources"
