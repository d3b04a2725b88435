"""The mails in Wagtail's admin, for operators: runs and their health, the log, trying again."""
