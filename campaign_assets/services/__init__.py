"""Making assets."""

from campaign_assets.services.files import image_create, video_create
from campaign_assets.services.posters import designed_publish, html_list, preview_make
from campaign_assets.services.videos import video_publish

__all__ = [
    "designed_publish",
    "html_list",
    "image_create",
    "preview_make",
    "video_create",
    "video_publish",
]
