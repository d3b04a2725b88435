"""Background tasks: rows in the database, taken by `manage.py db_worker`."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
