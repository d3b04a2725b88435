"""The starter posters, video and pictures: any site may load them."""

from starter.assets.loading import picture_ensure, resources_load

__all__ = ["picture_ensure", "resources_load"]
