"""Local memory by default, Redis through CACHE_URL."""

from config.env import env

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
