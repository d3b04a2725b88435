"""SQLite by default, PostgreSQL through DATABASE_URL."""

from typing import Any

from config.env import BASE_DIR, env

DATABASES: dict[str, dict[str, Any]] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")
}

# How PostgreSQL plans, unless the URL has `options` of its own. It compiles what it takes for long
# queries, and compiling ours takes longer than running them; and it takes the disk for one that
# turns, and rather reads a million people from end to end than ten thousand by their keys.
PLANNING = "-c jit=off -c random_page_cost=1.1"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A write transaction takes its lock at once, so that two writers queue and never deadlock.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", PLANNING)
