"""Settings of the benches: the test suite's, served as production serves."""

from config.settings.test import *

ROOT_URLCONF = "bench.urls"
WHITENOISE_AUTOREFRESH = False  # else each request looks for a file first
WHITENOISE_USE_FINDERS = False
STATIC_ROOT = BASE_DIR / "static"
LOGGING_CONFIG = None  # a refused request would fill the screen
