"""The starter posters, video and pictures: any site may load them."""

from starter.assets.loading import picture_ensure, resources_load, video_ensure

__all__ = ["picture_ensure", "resources_load", "video_ensure"]
