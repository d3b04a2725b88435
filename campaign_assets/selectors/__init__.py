"""Reading assets, by subject: what is offered, the files it gives, what it carries, kits."""

from campaign_assets.selectors.carried import asset_files
from campaign_assets.selectors.downloads import (
    Download,
    downloads_of,
    downloads_register,
    drawn_downloads,
    weight,
)
from campaign_assets.selectors.kits import Step, kit_steps, kits_offered, kits_with
from campaign_assets.selectors.offered import asset_public, newest_of

__all__ = [
    "Download",
    "Step",
    "asset_files",
    "asset_public",
    "downloads_of",
    "downloads_register",
    "drawn_downloads",
    "kit_steps",
    "kits_offered",
    "kits_with",
    "newest_of",
    "weight",
]
