"""Local memory by default, Redis through CACHE_URL.

Django's 300 entries in memory would be fewer than there are readers.
"""

from config.env import env

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://?max_entries=10000")}
