"""The starter posters and video: any site may load them."""

from starter.assets.loading import resources_load

__all__ = ["resources_load"]
