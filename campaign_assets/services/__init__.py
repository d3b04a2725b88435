"""Making assets."""

from campaign_assets.services.files import image_create, video_create
from campaign_assets.services.kit_pages import kit_publish
from campaign_assets.services.posters import poster_pdf_render, poster_png_render, poster_publish
from campaign_assets.services.texts import text_publish
from campaign_assets.services.videos import video_publish

__all__ = [
    "image_create",
    "kit_publish",
    "poster_pdf_render",
    "poster_png_render",
    "poster_publish",
    "text_publish",
    "video_create",
    "video_publish",
]
