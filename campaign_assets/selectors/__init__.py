"""Reading assets, by subject: what is offered, the files it gives, what it carries, kits."""

from campaign_assets.selectors.carried import asset_files
from campaign_assets.selectors.downloads import (
    Download,
    downloads_of,
    downloads_register,
    weight,
)
from campaign_assets.selectors.kits import Step, kit_steps, kits_with
from campaign_assets.selectors.offered import asset_public, newest_of

__all__ = [
    "Download",
    "Step",
    "asset_files",
    "asset_public",
    "downloads_of",
    "downloads_register",
    "kit_steps",
    "kits_with",
    "newest_of",
    "weight",
]
