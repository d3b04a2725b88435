"""Making assets."""

from campaign_assets.services.files import image_create, video_create
from campaign_assets.services.kit_pages import kit_publish
from campaign_assets.services.posters import designed_publish, html_list, preview_make
from campaign_assets.services.texts import text_publish
from campaign_assets.services.videos import video_publish

__all__ = [
    "designed_publish",
    "html_list",
    "image_create",
    "kit_publish",
    "preview_make",
    "text_publish",
    "video_create",
    "video_publish",
]
