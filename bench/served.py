"""Settings of a server and a worker under measurement: production's, without collected files."""

from config.settings.production import *

STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
